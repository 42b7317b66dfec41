import { loadavg } from 'node:os';

/** Prints one figure as one JSON line: minimum, median, maximum in ms and the machine's load while it was taken. No peer exists yet. */
export function report(figure: string, valuesMs: readonly number[]): void {
  const sorted = valuesMs.toSorted((a, b) => a - b).map((value) => Math.round(value));
  const line = {
    figure,
    unit: 'ms',
    n: sorted.length,
    min: sorted[0] ?? null,
    median: sorted[Math.floor(sorted.length / 2)] ?? null,
    max: sorted.at(-1) ?? null,
    load: loadavg().map((one) => Number(one.toFixed(2))),
    peer: null,
  };
  console.log(JSON.stringify(line));
}
