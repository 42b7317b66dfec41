import type Database from 'better-sqlite3-multiple-ciphers';
import type { NumberSeries } from '../../../shared/kernel/command.ts';

/**
 * The station's own number series (`K2-000123`): final when given, also offline, never the same twice. A number is taken in
 * the turn that uses it; a turn that fails gives it back.
 */
export function createNumbers(db: Database.Database, stationCode: string) {
  const last = db.prepare('select last from numbers where series = ?').pluck();
  const put = db.prepare(
    'insert into numbers(series, last) values(?, ?) on conflict do update set last = max(last, excluded.last)',
  );
  return {
    /** Numbers for one proposal; `take` writes the marks inside the turn. */
    begin: () => {
      const taken = new Map<NumberSeries, number>();
      return {
        next: (series: NumberSeries): string => {
          const number = (taken.get(series) ?? Number(last.get(series) ?? 0)) + 1;
          taken.set(series, number);
          return `${stationCode}-${String(number).padStart(6, '0')}`;
        },
        take: (): void => {
          for (const [series, number] of taken) put.run(series, number);
        },
      };
    },
    marks: (): Record<string, number> =>
      Object.fromEntries(
        (db.prepare('select series, last from numbers').all() as Array<{ series: string; last: number }>).map((row) => [
          row.series,
          row.last,
        ]),
      ),
    raise: (series: string, number: number): void => {
      put.run(series, number);
    },
  };
}
export type Numbers = ReturnType<typeof createNumbers>;
