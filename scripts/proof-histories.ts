/**
 * `npm run proof:histories -- --seed N --n N --minutes N [--sabotage]`: `n` random steps of stations that are apart for a while, then
 * the laws across documents on the whole store. Sabotage: a server that has forgotten a rule. With processes that are killed:
 * `test/sync/histories.test.ts`.
 */
import { forgetfulLaw } from '../test/law/forgetful-law.ts';
import { proveHistories } from '../test/law/histories.ts';
import { endProof, proofArguments } from './proof-arguments.ts';

const { seed, n: steps, minutes, sabotage } = proofArguments({ seed: 1, n: 1000, minutes: 30 });
const { faults, ...counts } = await proveHistories({
  seed,
  steps,
  deadlineMs: performance.now() + minutes * 60_000,
  ...(sabotage ? { serverLaw: forgetfulLaw() } : {}),
});
for (const fault of faults.slice(0, 50)) console.log(fault);
endProof({ proof: 'histories', seed, sabotage, ...counts });
