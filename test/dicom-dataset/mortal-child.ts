/** A parser child that does what its object's name says: for what the pool promises when a child hangs, dies or lies. */
import { connectParent } from '../../main/shell/parent-port.ts';
import { parserJobSchema } from '../../main/parser/parser-messages.ts';

const parent = connectParent();
const held: number[][] = [];
parent?.onMessage((message) => {
  const { jobId, objectPath } = parserJobSchema.parse(message);
  if (objectPath === 'hang') for (;;);
  if (objectPath === 'exit') process.exit(3);
  if (objectPath === 'grow') for (;;) held.push(Array.from({ length: 100_000 }, (_, index) => index + 0.5));
  if (objectPath === 'lie') parent.post({ jobId, ok: true, header: { patientName: 'x' } });
  else if (objectPath === 'twice') {
    parent.post({ jobId: jobId + 1, ok: false });
    parent.post({ jobId, ok: false });
  } else parent.post({ jobId, ok: false });
});
