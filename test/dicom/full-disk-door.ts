/** A door whose idea of free space is wrong: it meets the end of the disk while it writes. Started by full-disk.test.ts. */
import { join } from 'node:path';
import { createDoor } from '../../main/dicom/door.ts';
import { device } from './door-fixture.ts';

const folder = process.argv[2] ?? '';
const door = createDoor({
  host: '127.0.0.1',
  port: 0,
  aeTitle: 'PRAXIS',
  devices: [device('CT1')],
  objectFolder: join(folder, 'objects'),
  journalFile: join(folder, 'journal'),
  key: Buffer.alloc(32, 1),
  findWorklist: () => ({ status: 'ok', answers: [], leftOut: [], keys: {} }),
  onEvent: () => {},
  log: (entry) => process.send?.({ why: entry.why }),
  clock: Date.now,
  freeDiskBytes: () => 1e15,
});
const listening = await door.listen();
process.send?.({ port: listening.ok ? listening.port : -1 });

process.on('message', () => {
  const { readdirSync } = process.getBuiltinModule('node:fs');
  const files = readdirSync(join(folder, 'objects'), { recursive: true, encoding: 'utf8' });
  process.send?.({
    journalled: door.readJournal(1).map(({ datasetSha256 }) => datasetSha256),
    parts: files.filter((name) => name.endsWith('.part')).length,
    objects: files.filter((name) => name.endsWith('.obj')).length,
  });
});
