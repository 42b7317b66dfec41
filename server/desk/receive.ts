/**
 * A set from a station, judged alone and answered once for ever (`change-sets.md` §4): all in one transaction, stored with its
 * answer before the answer is given.
 */
import { judge } from '../../shared/desk/judge.ts';
import type { PrintedNumber } from '../../shared/desk/replay.ts';
import type { Written } from '../../shared/desk/ports.ts';
import type { ChangeSet, SetAnswer } from '../../shared/kernel/change-set.ts';
import { LAW_VERSION } from '../../shared/kernel/change-set.ts';
import type { Reader } from '../../shared/kernel/reader.ts';
import { upgradeSet } from '../../shared/kernel/upgrade.ts';
import type { Violation } from '../../shared/kernel/violation.ts';
import { violation } from '../../shared/kernel/violation.ts';
import { readHead, writeSet } from '../db/cabinet.ts';
import { createCabinetReader } from '../db/cabinet-reader.ts';
import type { Queryable } from '../db/db.ts';
import { formsOf, isIdTaken, lastForm, notePrinted, printedBefore } from '../db/document-forms.ts';
import { lockKeysOf, takeLocks } from '../db/locks.ts';
import { authorOf } from './author.ts';
import type { DeskDeps } from './desk-deps.ts';
import { forgedTime } from './claimed-time.ts';
import { createSeenReader, type SeenMemory } from './seen-reader.ts';
import { readTakenSet } from './taken-sets.ts';
import type { InboxContext } from './inbox-documents.ts';
import { conflictDocuments, flagDocument, stationTask, refusalDocument } from './inbox-documents.ts';
import { writeOwnSet } from './run.ts';
import type { StationRow } from './set-door.ts';
import { advanceStation, answer, findEarlier, foundationOf, holdSet, lockStation, malformedSet } from './set-door.ts';

/** `forced` decides without the law, after judging it failed: held, or refused because the database knew better. */
export type Forced = { result: 'held'; why: string } | { result: 'refused'; violations: Violation[] };

/** `memory` serves all sets of one push. */
export type Receiving = { forced?: Forced | undefined; memory?: SeenMemory | undefined };

export async function receiveIn(
  tx: Queryable,
  deps: DeskDeps,
  organizationId: string,
  set: ChangeSet,
  { forced, memory }: Receiving = {},
): Promise<SetAnswer> {
  const station = await lockStation(tx, set.stationId);
  const earlier = await findEarlier(tx, set);
  if (earlier.state === 'answered') return earlier.answer;
  if (earlier.state === 'forged') {
    deps.alarm('same-id-other-bytes', { setId: set.id, stationId: set.stationId });
    return { ...answer(set, 'refused', [violation('KERNEL-10', 'same-id-other-bytes')]), changeNumber: null };
  }
  if (earlier.state === 'new') {
    const gap = gapOf(station, set);
    if (gap) return { ...answer(set, 'held', [gap]), changeNumber: null };
  }
  const hold = async (why: string): Promise<SetAnswer> => {
    await holdSet(tx, organizationId, set, why);
    return { ...answer(set, 'held', [violation('SYNC-1', why)]), changeNumber: null };
  };
  if (station.revoked_at) {
    await tellOfQuarantine(tx, deps, organizationId, station);
    return hold('quarantined');
  }
  if (forced?.result === 'held') return hold(forced.why);
  // Judged in today's shapes; stored, hashed and answered as it came.
  const judged = upgradeSet(deps.law.kinds, set);
  const decided = await decide(tx, deps, organizationId, { set: judged, station, forced, memory });
  if (decided.result === 'held') return hold(decided.why);
  await tx.query('delete from held_sets where id = $1', [set.id]);
  const stored = await writeSet(tx, deps.law, { organizationId, set, ...decided });
  await notePrinted(tx, organizationId, decided.printed);
  await advanceStation(tx, set);
  return stored;
}

/** Whoever watches the server hears of every set that the law does not make; a manager finds one task per station. */
async function tellOfForgery(
  tx: Queryable,
  deps: DeskDeps,
  organizationId: string,
  { set, station }: { set: ChangeSet; station: StationRow },
  why: string,
): Promise<void> {
  const rows = await tx.query<{ why: string; id: string }>(
    `select why, id from held_sets where station_id = $1 and why = 'not-what-the-law-makes'`,
    [station.id],
  );
  if (rows.some((row) => row.id === set.id)) return;
  deps.alarm('set-not-what-the-law-makes', { setId: set.id, stationId: set.stationId, command: set.command, why });
  if (rows.length > 0) return;
  const written = [await stationTask('set-on-hold', station.id, inboxContext(createCabinetReader(tx), deps, station))];
  await writeOwnSet(tx, deps, organizationId, { command: 'server/set-on-hold', written });
}

/** One task per revoked station, with its first set. */
async function tellOfQuarantine(
  tx: Queryable,
  deps: DeskDeps,
  organizationId: string,
  station: StationRow,
): Promise<void> {
  const rows = await tx.query(`select 1 from held_sets where station_id = $1 and why = 'quarantined' limit 1`, [
    station.id,
  ]);
  if (rows.length > 0) return;
  const context = inboxContext(createCabinetReader(tx), deps, station);
  const written = [await stationTask('quarantined-station', station.id, context)];
  await writeOwnSet(tx, deps, organizationId, { command: 'server/quarantine', written });
}

const inboxContext = (reader: Reader, deps: DeskDeps, station: StationRow): InboxContext => ({
  law: deps.law,
  reader,
  stationLocationId: station.location_id,
  newId: deps.newId,
  nowUtc: deps.nowUtc(),
});

/** A station counts without gaps: what comes before this set must be here, and its own number must be free. */
function gapOf(station: StationRow, set: ChangeSet): Violation | undefined {
  if (set.stationSeq === station.last_seq + 1) return undefined;
  const code = set.stationSeq <= station.last_seq ? 'number-used' : 'number-gap';
  return violation('SYNC-2', code, { params: { expected: station.last_seq + 1 } });
}

/**
 * A change to a document that was never here, though the station has seen more than there is: this server was put back from a
 * copy, and whoever made the document has not sent it again yet.
 */
async function concernsUnknown(tx: Queryable, set: ChangeSet): Promise<boolean> {
  if (set.seenThrough <= (await readHead(tx)).number) return false;
  const made = new Set(
    set.patches.filter((patch) => patch.op === 'create').map((patch) => `${patch.kind}/${patch.id}`),
  );
  for (const { kind, id } of set.patches) {
    if (made.has(`${kind}/${id}`)) continue;
    const rows = await tx.query('select 1 from documents where kind = $1 and id = $2', [kind, id]);
    if (rows.length === 0) return true;
  }
  return false;
}

/** A station that has come to a law does not go back to an older one, which may have asked for less. */
async function wentBackInLaw(tx: Queryable, set: ChangeSet): Promise<boolean> {
  if (set.lawVersion === LAW_VERSION) return false;
  const [row] = await tx.query<{ body: string }>(
    `select body from change_sets where station_id = $1 and station_seq < $2 and body is not null
     order by station_seq desc limit 1`,
    [set.stationId, set.stationSeq],
  );
  return row !== undefined && (JSON.parse(row.body) as ChangeSet).lawVersion > set.lawVersion;
}

type Decided =
  | { result: 'held'; why: string }
  | { result: 'judged'; answer: ReturnType<typeof answer>; written: Written[]; printed: readonly PrintedNumber[] };
type Case = Receiving & { set: ChangeSet; station: StationRow };

async function decide(
  tx: Queryable,
  deps: DeskDeps,
  organizationId: string,
  { set, station, forced, memory }: Case,
): Promise<Decided> {
  const reader = createCabinetReader(tx);
  const inbox = inboxContext(reader, deps, station);
  const refuse = async (violations: readonly Violation[], because: string | null = null): Promise<Decided> => {
    const shown = violations.some((one) => one.code === 'malformed-text') ? { ...set, input: {} } : set;
    return {
      result: 'judged',
      answer: answer(set, 'refused', violations, because),
      written: [await refusalDocument(shown, violations, because, inbox)],
      printed: [],
    };
  };
  const malformed = malformedSet(set);
  if (malformed) return refuse([malformed]);
  await takeLocks(tx, deps.db.engine, organizationId, await lockKeysOf(deps.law, set, reader));
  if (forced?.result === 'refused') return refuse(forced.violations);
  if (await concernsUnknown(tx, set)) return { result: 'held', why: 'document-unknown' };
  const foundation = await foundationOf(tx, set);
  const [refused] = foundation.refused;
  const isClaim = deps.law.commands[set.command]?.nature === 'claim';
  // What takes back a refused set is closed silently (`change-sets.md` §6).
  const closes = set.undoes !== null && foundation.refused.includes(set.undoes);
  if (refused && isClaim && !closes) return refuse([violation('SYNC-3', 'built-on-refused')], refused);
  if (foundation.missing) return { result: 'held', why: 'builds-on-unknown' };
  if (await wentBackInLaw(tx, set)) {
    await tellOfForgery(tx, deps, organizationId, { set, station }, 'older-law');
    return { result: 'held', why: 'not-what-the-law-makes' };
  }
  const through = Math.max(set.seenThrough, station.seen_through);
  const wrongTime = await forgedTime(tx, set, { through, nowUtc: deps.nowUtc() });
  if (wrongTime) {
    await tellOfForgery(tx, deps, organizationId, { set, station }, wrongTime);
    return { result: 'held', why: 'not-what-the-law-makes' };
  }
  const seen = await createSeenReader(tx, deps.law, reader, { set, through }, memory);
  const { author, rightsNow } = await authorOf(tx, { now: reader, seen }, set, station);
  const place = { id: station.id, code: station.code, locationId: station.location_id };
  const verdict = await judge(set, author, rightsNow, place, {
    law: deps.law,
    reader,
    seen,
    side: 'server',
    nowUtc: deps.nowUtc,
    newId: deps.newId,
    readSet: (id) => readTakenSet(tx, id),
    formsOf: (kind, id) => formsOf(tx, kind, id),
    lastForm: (kind, id) => lastForm(tx, kind, id),
    wasPrinted: (numbers) => printedBefore(tx, numbers),
    isIdTaken: (ids) => isIdTaken(tx, ids),
  });
  if (verdict.result === 'held') {
    if (verdict.forged) await tellOfForgery(tx, deps, organizationId, { set, station }, verdict.forged);
    return verdict;
  }
  if (verdict.result === 'refused') return refuse(verdict.violations);
  const conflicts = await conflictDocuments(set, verdict.conflicts, inbox);
  const flag = await flagDocument(set, verdict.written, verdict.flags, inbox);
  const lost = verdict.conflicts.flatMap((conflict) => conflict.violations);
  return {
    result: 'judged',
    answer: answer(set, verdict.result, [...verdict.flags, ...lost]),
    written: [...verdict.written, ...conflicts, ...(flag ? [flag] : [])],
    printed: verdict.printed,
  };
}
