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
type KindThen = { docs: Map<string, Doc | null>; upTo: number; ownApplied: number };
type View = { stationId: string; through: number; seq: number; own: ChangeSet[]; kinds: Map<string, KindThen> };

/**
 * What was worked out for one set of a push and serves the next: a station that comes back after days sends hundreds of sets that
 * all saw the same. It holds committed facts only, so a turn that fails takes nothing from it.
 */
export type SeenMemory = { view?: View };

/** Reads as the station read: `through` is the highest number that it had brought; what it lacked it did not hold. */
export async function createSeenReader(
  tx: Queryable,
  law: Law,
  current: Reader,
  { set, through }: Seen,
  memory: SeenMemory = {},
): Promise<Reader> {
  const lacked = new Set(set.lacked ?? []);
  const holds: Reader['holds'] = (scope) => (lacked.has(scope) ? 'no' : 'held');
  const base: Reader = { ...current, holds };
  if (!(await hasOthersSince(tx, set, through))) return base;
  const view = viewFor(memory, set, through);
  for (const one of await ownSetsSince(tx, set, through, view.seq)) view.own.push(upgradeSet(law.kinds, one));
  view.seq = set.stationSeq - 1;
  const known = new Map<string, Promise<Map<string, Doc | null>>>();
  const othersOf = (kind: string): Promise<Map<string, Doc | null>> => {
    const found = known.get(kind) ?? othersOfKind(tx, { law, current, view, kind });
    known.set(kind, found);
    return found;
  };
  return createOverlayReader(law, base, othersOf);
}

/** The view that the memory holds, if it is what this set saw: the same number, and none of its own later sets. */
function viewFor(memory: SeenMemory, { stationId, stationSeq }: ChangeSet, through: number): View {
  const { view } = memory;
  if (view?.stationId === stationId && view.through === through && view.seq < stationSeq) return view;
  memory.view = { stationId, through, seq: 0, own: [], kinds: new Map() };
  return memory.view;
}

type KindAsked = { law: Law; current: Reader; view: View; kind: string };

/** What of a kind stood otherwise at the view's number, with the station's own sets over it; only what is new is asked for. */
async function othersOfKind(tx: Queryable, { law, current, view, kind }: KindAsked): Promise<Map<string, Doc | null>> {
  const then = view.kinds.get(kind) ?? { docs: new Map<string, Doc | null>(), upTo: view.through, ownApplied: 0 };
  for (const { id, body, number } of await formsAt(tx, kind, { at: view.through, after: then.upTo })) {
    if (!then.docs.has(id)) then.docs.set(id, body);
    then.upTo = Math.max(then.upTo, number);
  }
  view.kinds.set(kind, then);
  const spec = law.kinds[kind];
  if (!spec) return then.docs;
  const patches = view.own.slice(then.ownApplied).flatMap((one) => one.patches);
  for (const patch of patches.filter((one) => one.kind === kind)) {
    const before = then.docs.has(patch.id) ? then.docs.get(patch.id) : await current.get(kind, patch.id);
    then.docs.set(patch.id, overlayPatch(spec, before ?? null, patch));
  }
  then.ownApplied = view.own.length;
  return then.docs;
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

/** The station's own sets after `afterSeq` whose outcome it had not brought yet: it still showed them as it had made them. */
async function ownSetsSince(tx: Queryable, set: ChangeSet, through: number, afterSeq: number): Promise<ChangeSet[]> {
  const rows = await tx.query<{ body: string | null }>(
    `select body from (
       select station_seq, body from change_sets where station_id = $1 and number > $2 and station_seq < $3 and station_seq > $4
       union all select station_seq, body from held_sets where station_id = $1 and station_seq < $3 and station_seq > $4) own order by station_seq`,
    [set.stationId, through, set.stationSeq, afterSeq],
  );
  return rows.flatMap(({ body }) => {
    // One on hold may be of a form that this server does not know.
    const parsed = body ? changeSetSchema.safeParse(JSON.parse(body)) : undefined;
    return parsed?.success ? [parsed.data] : [];
  });
}
