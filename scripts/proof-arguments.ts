import { parseArgs } from 'node:util';

export type ProofArguments = { seed: number; n: number; minutes: number; sabotage: boolean };

/** `--seed N --n N --minutes N --sabotage`, as every proof takes them; what `n` counts is the proof's own. */
export function proofArguments(defaults: Omit<ProofArguments, 'sabotage'>): ProofArguments {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: String(defaults.seed) },
      n: { type: 'string', default: String(defaults.n) },
      minutes: { type: 'string', default: String(defaults.minutes) },
      sabotage: { type: 'boolean', default: false },
    },
  });
  const [seed, n, minutes] = [values.seed, values.n, values.minutes].map(Number);
  if (seed === undefined || n === undefined || minutes === undefined || ![seed, n, minutes].every((one) => one >= 0))
    throw new Error('--seed, --n and --minutes take numbers');
  return { seed, n, minutes, sabotage: values.sabotage };
}

/** A proof's last line, and its exit code: 1 where something broke. */
export function endProof(
  result: { proof: string; seed: number; n: number; lost: number } & Record<string, unknown>,
): void {
  console.log(JSON.stringify(result));
  process.exitCode = result.lost > 0 ? 1 : 0;
}
