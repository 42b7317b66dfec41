/**
 * `--import` this with `?ms=…` behind it: the process then runs on a machine whose clock is off by so much; with `?at=…`, on one that
 * shows this instant when the process begins.
 */
const asked = new URL(import.meta.url).searchParams;
const at = asked.get('at');
let shiftMs = at === null ? Number(asked.get('ms') ?? 0) : Date.parse(at) - Date.now();
// A signal lets an hour and a minute go by.
process.on('SIGUSR2', () => {
  shiftMs += 61 * 60_000;
});
const RealDate = Date;
const nowMs = (): number => RealDate.now() + shiftMs;

// What it makes are dates as ever, so that they can be cloned and compared.
const ShiftedDate = new Proxy(RealDate, {
  construct: (target, given: unknown[]) =>
    given.length === 0 ? new target(nowMs()) : Reflect.construct<unknown[], Date>(target, given),
  apply: () => new RealDate(nowMs()).toString(),
  get: (target, name): unknown => (name === 'now' ? nowMs : Reflect.get(target, name)),
});
RealDate.prototype.constructor = ShiftedDate;
globalThis.Date = ShiftedDate;
