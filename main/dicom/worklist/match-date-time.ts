import { fail, ok, type Result } from '../../../shared/kernel/result.ts';
import { isUniversal } from './wildcard.ts';

/** From and to as sortable text, both inclusive; empty means open. */
export type Span = { from: string; to: string; isRange: boolean };

const dateForm = /^(\d{4})[.]?(\d{2})[.]?(\d{2})$/;
const timeForm = /^(\d{2})(?::?(\d{2})(?::?(\d{2})(?:\.(\d{1,6}))?)?)?$/;

/**
 * Reads a DA key: one day `YYYYMMDD` (the old `YYYY.MM.DD` too) or a range `a-b`, `-b`, `a-` (PS3.4 C.2.2.2.5).
 * A key that asks for everything (empty, `*`) gives undefined.
 */
export function readDateKey(key: string): Result<Span | undefined, 'bad_date_key'> {
  return readSpan(key, 'bad_date_key', (text) => {
    const match = dateForm.exec(text);
    return match === null ? undefined : { from: match.slice(1).join(''), to: match.slice(1).join('') };
  });
}

/** Reads a TM key; a time of less precision stands for the whole hour or minute. Bounds are `HHMMSSFFFFFF`. */
export function readTimeKey(key: string): Result<Span | undefined, 'bad_time_key'> {
  return readSpan(key, 'bad_time_key', (text) => {
    const match = timeForm.exec(text);
    if (match === null) return undefined;
    const digits = match
      .slice(1)
      .map((part) => part ?? '')
      .join('');
    return { from: digits.padEnd(12, '0'), to: digits + '995959999999'.slice(digits.length) };
  });
}

function readSpan<Code>(
  key: string,
  code: Code,
  readPoint: (text: string) => { from: string; to: string } | undefined,
): Result<Span | undefined, Code> {
  const text = key.replaceAll(/\s/g, '');
  if (isUniversal(text)) return ok(undefined);
  const dash = text.indexOf('-');
  if (dash < 0) {
    const point = readPoint(text);
    return point === undefined ? fail(code) : ok({ ...point, isRange: false });
  }
  const [first, second] = [text.slice(0, dash), text.slice(dash + 1)];
  const from = first === '' ? '' : readPoint(first)?.from;
  const to = second === '' ? '' : readPoint(second)?.to;
  if (from === undefined || to === undefined || text === '-') return fail(code);
  return ok({ from, to, isRange: true });
}

/**
 * Matches a step's start. Where both keys are ranges they are one combined range (PS3.4 C.2.2.2.5.2): from the first day's first
 * time to the last day's last time. Otherwise each key counts alone.
 */
export function matchesStart(
  date: Span | undefined,
  time: Span | undefined,
  startDate: string,
  startTime: string,
): boolean {
  const clock = startTime.replace('.', '').padEnd(12, '0');
  if (date?.isRange === true && time?.isRange === true) {
    const at = startDate + clock;
    const from = date.from === '' ? '' : date.from + (time.from === '' ? '000000000000' : time.from);
    const to = date.to === '' ? '' : date.to + (time.to === '' ? '235959999999' : time.to);
    return isWithin(at, from, to);
  }
  return (
    (date === undefined || isWithin(startDate, date.from, date.to)) &&
    (time === undefined || isWithin(clock, time.from, time.to))
  );
}

function isWithin(value: string, from: string, to: string): boolean {
  return (from === '' || value >= from) && (to === '' || value <= to);
}
