import { getHeapStatistics } from 'node:v8';
import { connectParent } from '../../main/shell/parent-port.ts';

const parent = connectParent();
if (!parent) throw new Error('started by hand');
const args = process.argv.slice(2);
parent.onMessage((value) => {
  const order = /^exit (\d+)$/.exec(String(value));
  if (order !== null) process.exit(Number(order[1]));
  parent.post({ args, value });
});
if (args[0] === 'heap') parent.post({ limitMb: getHeapStatistics().heap_size_limit / 1024 / 1024 });
