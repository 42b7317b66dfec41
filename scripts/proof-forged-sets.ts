/**
 * `npm run proof:forged-sets -- --seed N --n N --minutes N [--sabotage]`: at least `n` forged variants of a valid set of every
 * command, none with any effect; as many honest sets, none taken for forged. Sabotage: a server that believes what it is sent.
 */
import { proveForgedSets } from '../test/law/forged-sets.ts';
import { gullibleLaw } from '../test/law/gullible-law.ts';
import { endProof, proofArguments } from './proof-arguments.ts';

const { seed, n, minutes, sabotage } = proofArguments({ seed: 7, n: 200, minutes: 60 });
const { faults, ...counts } = await proveForgedSets({
  seed,
  perCommand: n,
  deadlineMs: performance.now() + minutes * 60_000,
  ...(sabotage ? { gullible: gullibleLaw() } : {}),
});
for (const fault of faults.slice(0, 50)) console.log(fault);
endProof({ proof: 'forged-sets', seed, sabotage, ...counts });
