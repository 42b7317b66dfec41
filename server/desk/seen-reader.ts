/** What a station saw when it decided a set: the server's documents as of a change number, its own later sets over them. */
import { overlayPatch } from '../../shared/desk/apply.ts';
import { createOverlayReader } from '../../shared/desk/overlay-reader.ts';
import type { Law } from '../../shared/desk/ports.ts';
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import { changeSetSchema } from '../../shared/kernel/change-set.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Reader } from '../../shared/kernel/reader.ts';
import { upgradeSet } from '../../shared/kernel/upgrade.ts';
import type { Queryable } from '../db/db.ts';
import { formsAt } from '../db/document-forms.ts';

type Seen = { set: ChangeSet; through: number };

/** Reads as the station read: `through` is the highest number that it had brought; what it lacked it did not hold. */
export async function createSeenReader(
  tx: Queryable,
  law: Law,
  current: Reader,
  { set, through }: Seen,
): Promise<Reader> {
  const lacked = new Set(set.lacked ?? []);
  const holds: Reader['holds'] = (scope) => (lacked.has(scope) ? 'no' : 'held');
  const base: Reader = { ...current, holds };
  if (!(await hasOthersSince(tx, set, through))) return base;
  const own = await ownSetsSince(tx, set, through);
  const known = new Map<string, Promise<Map<string, Doc | null>>>();
  const othersOf = (kind: string): Promise<Map<string, Doc | null>> => {
    const found = known.get(kind) ?? othersOfKind(kind);
    known.set(kind, found);
    return found;
  };
  const othersOfKind = async (kind: string): Promise<Map<string, Doc | null>> => {
    const forms = await formsAt(tx, kind, through);
    const spec = law.kinds[kind];
    if (!spec) return forms;
    for (const patch of own.flatMap((one) => upgradeSet(law.kinds, one).patches).filter((one) => one.kind === kind)) {
      const before = forms.has(patch.id) ? forms.get(patch.id) : await current.get(kind, patch.id);
      forms.set(patch.id, overlayPatch(spec, before ?? null, patch));
    }
    return forms;
  };
  return createOverlayReader(law, base, othersOf);
}

/** Whether what stands now can differ from what the station saw: it does not, where all since is its own and was taken whole. */
async function hasOthersSince(tx: Queryable, set: ChangeSet, through: number): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from change_sets where number > $1 and (station_id <> $2 or result <> 'accepted' or station_seq > $4)
     union all select 1 from held_sets where station_id = $2 and id <> $3 limit 1`,
    [through, set.stationId, set.id, set.stationSeq],
  );
  return rows.length > 0;
}

/** The station's own earlier sets whose outcome it had not brought yet: it still showed them as it had made them. */
async function ownSetsSince(tx: Queryable, set: ChangeSet, through: number): Promise<ChangeSet[]> {
  const rows = await tx.query<{ body: string | null }>(
    `select body from (
       select station_seq, body from change_sets where station_id = $1 and number > $2 and station_seq < $3
       union all select station_seq, body from held_sets where station_id = $1 and station_seq < $3) own order by station_seq`,
    [set.stationId, through, set.stationSeq],
  );
  return rows.flatMap(({ body }) => {
    // One on hold may be of a form that this server does not know.
    const parsed = body ? changeSetSchema.safeParse(JSON.parse(body)) : undefined;
    return parsed?.success ? [parsed.data] : [];
  });
}
