/** What the server puts into the inbox beside a set, in the set's own transaction (`change-sets.md` §4). */
import type { DocConflict } from '../../shared/desk/judge.ts';
import type { Law, Written } from '../../shared/desk/ports.ts';
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Reader } from '../../shared/kernel/reader.ts';
import type { Violation } from '../../shared/kernel/violation.ts';

export type InboxContext = {
  law: Law;
  reader: Reader;
  /** Where the station stands; null for the server's own. */
  stationLocationId: string | null;
  newId: () => string;
  nowUtc: string;
};

const open = { status: 'open', solvedBy: null, solvedAtUtc: null };

const textOf = (doc: Doc | null | undefined, field: string): string | null => {
  const value = doc?.[field];
  return typeof value === 'string' ? value : null;
};

/** The documents as the set's author meant them, as far as the patches say. */
const meant = (set: ChangeSet): { kind: string; id: string; fields: Doc }[] =>
  set.patches.map((patch) => ({
    kind: patch.kind,
    id: patch.id,
    fields: Object.assign(
      { id: patch.id },
      ...Object.values(patch.units).map((unit) => unit.after ?? unit.before ?? {}),
    ) as Doc,
  }));

function patientOf(kind: string, doc: Doc | null | undefined): string | null {
  return kind === 'patient' ? (doc?.id ?? null) : textOf(doc, 'patientId');
}

/** The inbox that a problem belongs in: the document's own location, else the station's, else the organization's first. */
async function locationFor(context: InboxContext, docs: readonly (Doc | null | undefined)[]): Promise<string> {
  const own = docs.map((doc) => textOf(doc, 'locationId')).find((id) => id !== null);
  if (own) return own;
  if (context.stationLocationId) return context.stationLocationId;
  const first = await context.reader.find('location', 'all', { prefix: '' }, { limit: 1 });
  if (!first[0]) throw new Error('an organization without a location has no inbox');
  return first[0].id;
}

const made = (kind: string, doc: Doc): Written => ({
  kind,
  id: doc.id,
  before: null,
  after: JSON.parse(JSON.stringify(doc)) as Doc,
});

/** One conflict per document whose units two people changed, or whose claim was lost. */
export function conflictDocuments(
  set: ChangeSet,
  conflicts: readonly DocConflict[],
  context: InboxContext,
): Promise<Written[]> {
  return Promise.all(
    conflicts.map(async (conflict) =>
      made('conflict', {
        id: context.newId(),
        problem: conflict.units.length > 0 ? 'units' : 'lostClaim',
        setId: set.id,
        command: set.command,
        docKind: conflict.kind,
        docId: conflict.docId,
        units: conflict.units,
        violations: conflict.violations,
        locationId: await locationFor(context, [conflict.doc]),
        patientId: patientOf(conflict.kind, conflict.doc),
        authorId: set.authorId,
        stationId: set.stationId,
        atUtc: context.nowUtc,
        ...open,
      }),
    ),
  );
}

/** What a refused set wanted and why it could not be: visible and repairable on every station that may see it. */
export async function refusalDocument(
  set: ChangeSet,
  violations: readonly Violation[],
  because: string | null,
  context: InboxContext,
): Promise<Written> {
  const docs = meant(set);
  const stored = await Promise.all(docs.map(async (doc) => context.reader.get(doc.kind, doc.id)));
  const shapes = docs.map((doc, i) => ({ kind: doc.kind, doc: { ...stored[i], ...doc.fields } }));
  return made('refusal', {
    id: context.newId(),
    setId: set.id,
    command: set.command,
    input: set.input,
    violations,
    because,
    locationId: await locationFor(
      context,
      shapes.map((shape) => shape.doc),
    ),
    patientId: shapes.map((shape) => patientOf(shape.kind, shape.doc)).find((id) => id !== null) ?? null,
    authorId: set.authorId,
    stationId: set.stationId,
    atUtc: context.nowUtc,
    ...open,
  });
}

/** A record that stands although a rule speaks against it. */
export async function flagDocument(
  set: ChangeSet,
  written: readonly Written[],
  flags: readonly Violation[],
  context: InboxContext,
): Promise<Written | undefined> {
  const about = written.find((doc) => doc.after !== null) ?? written[0];
  if (!about || flags.length === 0) return undefined;
  const shapes = written.map((doc) => doc.after ?? doc.before);
  return made('task', {
    id: context.newId(),
    reason: 'flagged-record',
    locationId: await locationFor(context, shapes),
    patientId: written.map((doc) => patientOf(doc.kind, doc.after ?? doc.before)).find((id) => id !== null) ?? null,
    aboutKind: about.kind,
    aboutId: about.id,
    violations: flags,
    atUtc: context.nowUtc,
    ...open,
  });
}

/** A station's sets wait for a manager: those of a revoked one before it is wiped, or one that the law does not make. */
export async function stationTask(
  reason: 'quarantined-station' | 'set-on-hold',
  stationId: string,
  context: InboxContext,
): Promise<Written> {
  return made('task', {
    id: context.newId(),
    reason,
    locationId: await locationFor(context, []),
    patientId: null,
    aboutKind: 'station',
    aboutId: stationId,
    violations: [],
    atUtc: context.nowUtc,
    ...open,
  });
}
