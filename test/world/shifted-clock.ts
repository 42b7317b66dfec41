/** `--import` this with `?ms=…` behind it: the process then runs on a machine whose clock is off by so much. */
let shiftMs = Number(new URL(import.meta.url).searchParams.get('ms') ?? 0);
// A signal lets an hour and a minute go by.
process.on('SIGUSR2', () => {
  shiftMs += 61 * 60_000;
});
const RealDate = Date;
const realNow = Date.now.bind(Date);

class ShiftedDate extends RealDate {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(realNow() + shiftMs);
    else super(...(given as [number]));
  }
  static override now(): number {
    return realNow() + shiftMs;
  }
}
globalThis.Date = ShiftedDate as DateConstructor;
