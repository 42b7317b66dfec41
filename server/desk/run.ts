/** What the server does by itself (enrolment, set-up, seeding, API calls): it is a station too, `S1`, with series of its own. */
import { propose } from '../../shared/desk/propose.ts';
import type { CommandCall, Written } from '../../shared/desk/ports.ts';
import { type ChangeSet, LAW_VERSION, type SetAnswer } from '../../shared/kernel/change-set.ts';
import type { NumberSeries } from '../../shared/kernel/command.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { fail, ok } from '../../shared/kernel/result.ts';
import type { Violation } from '../../shared/kernel/violation.ts';
import { readHead, writeSet } from '../db/cabinet.ts';
import { createCabinetReader } from '../db/cabinet-reader.ts';
import { onlyRow, type Queryable } from '../db/db.ts';
import { lockKeysOf, takeLocks } from '../db/locks.ts';
import type { DeskDeps } from './desk-deps.ts';
import { advanceStation, answer, lockStation, malformedSet } from './set-door.ts';

export const SERVER_STATION_CODE = 'S1';

export type Ran = { set: ChangeSet; answer: SetAnswer };

/** Carries out one call in `tx`; violations are the caller's answer, and then nothing was written. */
export async function runIn(
  tx: Queryable,
  deps: DeskDeps,
  organizationId: string,
  call: CommandCall,
): Promise<Result<Ran, Violation[]>> {
  const reader = createCabinetReader(tx);
  const server = await lockStation(tx, await serverStationId(tx));
  const place = { id: server.id, code: server.code, locationId: server.location_id };
  const ports = { law: deps.law, reader, side: 'server' as const, nowUtc: deps.nowUtc, newId: deps.newId };
  const held = new Set<string>();
  for (;;) {
    const series = await openSeries(tx, server);
    const proposed = await propose(call, ports, { station: place, nextNumber: series.next });
    if (!proposed.ok) return proposed;
    const { set: half, written } = proposed.value;
    // A document that is being made has an id that nobody else can know, save one derived from another (version 8).
    const isNew = (key: string): boolean =>
      written.some((doc) => doc.before === null && doc.id[14] === '7' && key === `${doc.kind}/${doc.id}`);
    // On PGlite transactions run one after another: there is nobody to keep out.
    const keys = deps.db.engine === 'postgres' ? await lockKeysOf(deps.law, half, reader) : [];
    const missing = keys.filter((key) => !held.has(key) && !isNew(key));
    if (missing.length > 0) {
      // Only the decision tells what it touches: lock that, and decide again over what stands then.
      await takeLocks(tx, deps.db.engine, organizationId, missing);
      for (const key of missing) held.add(key);
      continue;
    }
    const set: ChangeSet = {
      ...half,
      stationId: server.id,
      stationSeq: server.last_seq + 1,
      clockOffsetMs: 0,
      seenThrough: (await readHead(tx)).number,
      buildsOn: [],
    };
    const malformed = malformedSet(set);
    if (malformed) return fail([malformed]);
    await series.save(organizationId);
    await advanceStation(tx, set);
    return ok({
      set,
      answer: await writeSet(tx, deps.law, { organizationId, set, answer: answer(set, 'accepted'), written }),
    });
  }
}

/** Writes documents that are the server's own and no command's (a quarantine's task), as a set of its series. */
export async function writeOwnSet(
  tx: Queryable,
  deps: DeskDeps,
  organizationId: string,
  own: { command: string; written: readonly Written[] },
): Promise<void> {
  const server = await lockStation(tx, await serverStationId(tx));
  const set: ChangeSet = {
    id: deps.newId(),
    command: own.command,
    input: {},
    lawVersion: LAW_VERSION,
    authorId: server.id,
    stationId: server.id,
    stationSeq: server.last_seq + 1,
    atUtc: deps.nowUtc(),
    clockOffsetMs: 0,
    seenThrough: (await readHead(tx)).number,
    reason: null,
    undoes: null,
    buildsOn: [],
    patches: [],
  };
  await advanceStation(tx, set);
  await writeSet(tx, deps.law, { organizationId, set, answer: answer(set, 'accepted'), written: own.written });
}

/** The server's own station in the chosen organization. */
export async function serverStationId(tx: Queryable): Promise<string> {
  const rows = await tx.query<{ id: string }>('select id from stations where code = $1', [SERVER_STATION_CODE]);
  return onlyRow(rows).id;
}

/** Numbers `S1-000001` …; taken for good only when they are saved with the set. */
async function openSeries(tx: Queryable, server: { id: string; code: string }) {
  const rows = await tx.query<{ name: string; last_number: number }>(
    'select name, last_number from series where station_id = $1',
    [server.id],
  );
  const last = new Map(rows.map((row) => [row.name, row.last_number]));
  const used = new Set<string>();
  return {
    next: (series: NumberSeries): string => {
      const number = (last.get(series) ?? 0) + 1;
      last.set(series, number);
      used.add(series);
      return `${server.code}-${String(number).padStart(6, '0')}`;
    },
    save: async (organizationId: string): Promise<void> => {
      for (const name of used) {
        await tx.query(
          `insert into series (organization_id, station_id, name, last_number) values ($1, $2, $3, $4)
           on conflict (organization_id, station_id, name) do update set last_number = excluded.last_number`,
          [organizationId, server.id, name, last.get(name)],
        );
      }
    },
  };
}
