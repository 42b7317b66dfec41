/** What is checked of a set before it is judged: its form, and whether it is what the station's series and history allow. */
import { canonicalJson } from '../../shared/kernel/canonical-json.ts';
import type { ChangeSet, SetAnswer } from '../../shared/kernel/change-set.ts';
import type { Violation } from '../../shared/kernel/violation.ts';
import { violation } from '../../shared/kernel/violation.ts';
import { sha256Hex } from '../db/chain.ts';
import { onlyRow, type Queryable } from '../db/db.ts';

export type StationRow = {
  id: string;
  code: string;
  location_id: string | null;
  last_seq: number;
  seen_through: number;
  revoked_at: Date | null;
};

export type BareAnswer = Omit<SetAnswer, 'changeNumber'>;

export const answer = (
  set: Pick<ChangeSet, 'id'>,
  result: SetAnswer['result'],
  violations: readonly Violation[] = [],
  because: string | null = null,
): BareAnswer => ({ setId: set.id, result, violations: JSON.parse(JSON.stringify(violations)), because });

/** The station's row, locked: its sets are taken one after another, however many connections bring them. */
export async function lockStation(tx: Queryable, stationId: string): Promise<StationRow> {
  return onlyRow(
    await tx.query<StationRow>(
      'select id, code, location_id, last_seq, seen_through, revoked_at from stations where id = $1 for update',
      [stationId],
    ),
  );
}

export type Earlier =
  | { state: 'new' }
  | { state: 'held' }
  | { state: 'answered'; answer: SetAnswer }
  | { state: 'forged' };

/** Whether this id came before: with the same bytes it gets the same answer for ever; other bytes are a forgery or a defect. */
export async function findEarlier(tx: Queryable, set: ChangeSet): Promise<Earlier> {
  const bodySha256 = sha256Hex(canonicalJson(set));
  const taken = await tx.query<{ body_sha256: string; answer: SetAnswer }>(
    'select body_sha256, answer from change_sets where id = $1',
    [set.id],
  );
  if (taken[0])
    return taken[0].body_sha256 === bodySha256 ? { state: 'answered', answer: taken[0].answer } : { state: 'forged' };
  const held = await tx.query<{ body_sha256: string }>('select body_sha256 from held_sets where id = $1', [set.id]);
  if (held[0]) return held[0].body_sha256 === bodySha256 ? { state: 'held' } : { state: 'forged' };
  return { state: 'new' };
}

/** Why a set cannot be stored as it is, whatever its command; undefined when it can. */
export function malformedSet(set: ChangeSet): Violation | undefined {
  const documents = new Set(set.patches.map((patch) => `${patch.kind}/${patch.id}`));
  if (documents.size !== set.patches.length) return violation('KERNEL-4', 'patched-twice');
  // PostgreSQL's JSON knows neither NUL nor half a surrogate pair; JSON.stringify writes both as escapes.
  if (/\\u0000|\\ud[89a-f][0-9a-f]{2}/.test(canonicalJson(set).replaceAll('\\\\', '')))
    return violation('KERNEL-4', 'malformed-text');
  return undefined;
}

/** Keeps a set that could not be judged; its place in the station's series is used, so that the next one is not kept waiting. */
export async function holdSet(tx: Queryable, organizationId: string, set: ChangeSet, why: string): Promise<void> {
  const body = canonicalJson(set);
  await tx.query(
    `insert into held_sets (organization_id, id, station_id, station_seq, body_sha256, body, why) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (organization_id, id) do update set why = excluded.why`,
    [organizationId, set.id, set.stationId, set.stationSeq, sha256Hex(body), body, why],
  );
  await advanceStation(tx, set);
}

/** The station's counter and what it has seen; both only grow. */
export async function advanceStation(
  tx: Queryable,
  set: Pick<ChangeSet, 'stationId' | 'stationSeq' | 'seenThrough'>,
): Promise<void> {
  await tx.query(
    'update stations set last_seq = greatest(last_seq, $2), seen_through = greatest(seen_through, $3) where id = $1',
    [set.stationId, set.stationSeq, set.seenThrough],
  );
}

/** How the sets that a set rests on fared: those that were refused, first things first, and whether one is still missing. */
export async function foundationOf(tx: Queryable, set: ChangeSet): Promise<{ refused: string[]; missing: boolean }> {
  if (set.buildsOn.length === 0) return { refused: [], missing: false };
  const rows = await tx.query<{ id: string; result: string }>(
    'select id, result from change_sets where id = any($1::uuid[]) order by number',
    [set.buildsOn],
  );
  const refused = rows.filter((row) => row.result === 'refused').map((row) => row.id);
  return { refused, missing: new Set(set.buildsOn).size !== rows.length };
}
