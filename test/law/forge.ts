/**
 * Forgeries of a valid set: what an attacker with a station's credential and a knowledge of the protocol would try. Each leaves the
 * set well formed and makes it something that the law does not make of its input.
 */
import { kinds } from '../../shared/collections.ts';
import { commands } from '../../shared/commands.ts';
import { canonicalJson, sameJson } from '../../shared/kernel/canonical-json.ts';
import type { ChangeSet, Patch, UnitValue } from '../../shared/kernel/change-set.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { unitOf } from '../../shared/kernel/kind.ts';
import { permissionsOf } from '../../shared/access/permissions.ts';
import { replay } from '../../shared/desk/replay.ts';
import { law } from '../../shared/law.ts';
import { addMinutes } from '../../shared/kernel/time.ts';
import type { LawClinic } from './law-clinic.ts';

export type Forgery = { how: string; set: ChangeSet };
type Forge = (set: ChangeSet, clinic: LawClinic) => Promise<ChangeSet | undefined>;

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Every place of a JSON value that holds no object or list, as a path. */
function leavesOf(value: unknown, path: string[] = []): string[][] {
  if (value === null || typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

function setAt(root: unknown, path: readonly string[], change: (old: unknown) => unknown): void {
  const [last, ...before] = path.toReversed();
  let at = root as Record<string, unknown>;
  for (const key of before.toReversed()) at = at[key] as Record<string, unknown>;
  if (last !== undefined) at[last] = change(at[last]);
}

/** Another value of the same look: another person's id, another time, a larger sum, the opposite. */
function otherThan(old: unknown, clinic: LawClinic): unknown {
  const { dice, newId } = clinic.world;
  if (typeof old === 'number') return old + dice.pick([1, 100, 10_000_000]);
  if (typeof old === 'boolean') return !old;
  if (typeof old !== 'string') return 'forged';
  if (/^[0-9a-f-]{36}$/.test(old)) return dice.pick([newId(), clinic.world.reference.users.otherDoctor.id]);
  if (/^\d{4}-\d\d-\d\dT/.test(old)) return addMinutes(old, dice.pick([-1_000_000, -60, 90]));
  if (/^[A-Z]\d+-\d{6}$/.test(old)) return dice.pick(['S1-000999', 'K9-000001', 'K1-900000']);
  return `${old}x`;
}

const patched = (set: ChangeSet, clinic: LawClinic, side: 'before' | 'after'): ChangeSet | undefined => {
  const forged = copy(set);
  const places = forged.patches.flatMap((patch, at) =>
    Object.entries(patch.units).flatMap(([unit, change]) =>
      change[side] === null
        ? []
        : leavesOf(change[side]).map((path) => ['patches', String(at), 'units', unit, side, ...path]),
    ),
  );
  if (places.length === 0) return undefined;
  setAt(forged, clinic.world.dice.pick(places), (old) => otherThan(old, clinic));
  return forged;
};

/** A patch that takes a document away, as its kind's units stand. */
function removalOf(kind: string, doc: Doc): Patch {
  const spec = kinds[kind];
  if (!spec) throw new Error(kind);
  const units = Object.keys(spec.units).map((unit): [string, { before: UnitValue; after: UnitValue }] => [
    unit,
    { before: unitOf(spec, unit, doc), after: null },
  ]);
  return { kind, id: doc.id, op: 'remove', units: Object.fromEntries(units) };
}

const victims = ['patient', 'appointment', 'encounter', 'task', 'station', 'user', 'study', 'invoice'] as const;
const lookups: Record<string, string> = {
  patient: 'byNumber',
  appointment: 'byStart',
  encounter: 'byOpened',
  task: 'open',
  station: 'all',
  user: 'all',
  study: 'byUid',
  invoice: 'byIssued',
};
async function victim(clinic: LawClinic, kind: string): Promise<Doc | undefined> {
  const found = await clinic.here.reader.find(kind, lookups[kind] ?? '', { prefix: '' });
  return found.length > 0 ? clinic.world.dice.pick(found) : undefined;
}

async function makesTheSame(set: ChangeSet, { here, world }: LawClinic): Promise<boolean> {
  const spec = commands[set.command];
  const input = spec?.input.safeParse(set.input);
  if (!spec || spec.serverOnly || !input?.success) return false;
  const name = (
    await here.reader.get(set.authorId === world.reference.devices.ct.id ? 'device' : 'user', set.authorId)
  )?.['name'];
  const author = {
    id: set.authorId,
    name: typeof name === 'string' ? name : '',
    permissions: permissionsOf(['manager']),
    automatic: false,
  };
  const station = { id: here.id, code: here.code, locationId: here.locationId };
  const context = { nowUtc: set.atUtc, author, station, reason: set.reason, lawVersion: set.lawVersion };
  return (await replay({ law, spec, input: input.data, set, context }, here.reader)).same;
}

const forges: Record<string, Forge> = {
  'a value given': async (set, clinic) => patched(set, clinic, 'after'),
  'a value seen': async (set, clinic) => patched(set, clinic, 'before'),
  'an input': async (set, clinic) => {
    const forged = copy(set);
    const places = leavesOf(forged.input);
    setAt(forged.input, clinic.world.dice.pick(places), (old) => otherThan(old, clinic));
    // Where the law makes the very same of it (a question without a scan), it is another honest input and no forgery.
    return (await makesTheSame(forged, clinic)) ? undefined : forged;
  },
  'an operation': async (set, clinic) => {
    const forged = copy(set);
    const patch = forged.patches.length > 0 ? clinic.world.dice.pick(forged.patches) : undefined;
    if (!patch) return undefined;
    const others = (['create', 'update', 'remove'] as const).filter((op) => op !== patch.op);
    patch.op = clinic.world.dice.pick(others);
    return forged;
  },
  'a document less': async (set, clinic) => {
    if (set.patches.length < 2) return undefined;
    const gone = clinic.world.dice.int(0, set.patches.length - 1);
    return { ...copy(set), patches: set.patches.filter((_, at) => at !== gone) };
  },
  'a document of others removed': async (set, clinic) => {
    const kind = clinic.world.dice.pick(victims);
    const doc = await victim(clinic, kind);
    if (!doc || set.patches.some((patch) => patch.id === doc.id)) return undefined;
    return { ...copy(set), patches: [...copy(set.patches), removalOf(kind, doc)] };
  },
  'a document of others changed': async (set, clinic) => {
    const kind = clinic.world.dice.pick(victims);
    const doc = await victim(clinic, kind);
    const spec = kinds[kind];
    if (!doc || !spec || set.patches.some((patch) => patch.id === doc.id)) return undefined;
    const unit = clinic.world.dice.pick(Object.keys(spec.units));
    const before = unitOf(spec, unit, doc);
    const after = copy(before);
    const places = leavesOf(after).filter((path) => path.length > 0);
    if (after === null || places.length === 0) return undefined;
    setAt(after, clinic.world.dice.pick(places), (old) => otherThan(old, clinic));
    const patch: Patch = { kind, id: doc.id, op: 'update', units: { [unit]: { before, after } } };
    return { ...copy(set), patches: [...copy(set.patches), patch] };
  },
  'another document': async (set, clinic) => {
    const forged = copy(set);
    const patch = forged.patches.length > 0 ? clinic.world.dice.pick(forged.patches) : undefined;
    if (!patch) return undefined;
    const other = patch.kind in lookups ? await victim(clinic, patch.kind) : undefined;
    patch.id = other && other.id !== patch.id ? other.id : clinic.world.newId();
    return forged;
  },
  'another patient': async (set, clinic) => {
    const text = canonicalJson(set.patches);
    const named = set.patches.flatMap((patch) =>
      Object.values(patch.units).flatMap((unit) => {
        const patientId = unit.after?.['patientId'];
        return typeof patientId === 'string' ? [patientId] : [];
      }),
    );
    const other = await victim(clinic, 'patient');
    if (!named[0] || !other || other.id === named[0]) return undefined;
    return { ...copy(set), patches: JSON.parse(text.replaceAll(named[0], other.id)) as Patch[] };
  },
  'an author without the right': async (set, clinic) => {
    const spec = commands[set.command];
    if (
      spec?.permission === 'patients.view' ||
      spec?.permission === 'encounters.move' ||
      spec?.permission === 'sync.view'
    )
      return { ...copy(set), authorId: clinic.world.newId() };
    return { ...copy(set), authorId: clinic.world.dice.pick([clinic.world.newId(), clinic.world.ids.organizationId]) };
  },
  'another time': async (set, clinic) => ({
    ...copy(set),
    atUtc: addMinutes(set.atUtc, clinic.world.dice.pick([-4_000_000, -60 * 48, 60 * 72])),
  }),
  'another reason': async (set) => {
    const text = canonicalJson(set.patches);
    if (commands[set.command]?.needsReason) return { ...copy(set), reason: null };
    return set.reason && text.includes(set.reason) ? { ...copy(set), reason: 'another' } : undefined;
  },
  'an id that is taken': async (set, clinic) => {
    const other = await victim(clinic, 'patient');
    const [first] = set.minted?.ids ?? [];
    const text = canonicalJson(set);
    return first && other ? (JSON.parse(text.replaceAll(first, other.id)) as ChangeSet) : undefined;
  },
  'a number of another series': async (set, clinic) => {
    const [first] = set.minted?.numbers ?? [];
    if (!first) return undefined;
    return JSON.parse(
      canonicalJson(set).replaceAll(first, clinic.world.dice.pick(['S1-000001', 'K2-000001', 'X'])),
    ) as ChangeSet;
  },
  'what was given out': async (set, clinic) => {
    const forged = copy(set);
    const minted = forged.minted ?? { ids: [], numbers: [] };
    if (minted.ids.length === 0) return { ...forged, minted: { ...minted, ids: [clinic.world.newId()] } };
    return { ...forged, minted: { ...minted, ids: clinic.world.dice.shuffled([...minted.ids, clinic.world.newId()]) } };
  },
  'another command': async (set, clinic) => {
    const others = Object.keys(commands).filter((name) => name !== set.command);
    return { ...copy(set), command: clinic.world.dice.pick(others) };
  },
  'an undo that is none': async (set, clinic) => {
    const [one] = await clinic.world.within((tx) =>
      tx.query<{ id: string }>('select id from change_sets order by number desc limit 1'),
    );
    return one ? { ...copy(set), undoes: one.id } : undefined;
  },
};

/** Up to `count` forgeries of a set, kind by kind in turn; one that came out the same as the set is none. */
export async function forgeriesOf(set: ChangeSet, count: number, clinic: LawClinic): Promise<Forgery[]> {
  const made: Forgery[] = [];
  const names = Object.keys(forges);
  for (let tries = 0; made.length < count && tries < count * 4; tries++) {
    const how = names[tries % names.length] ?? '';
    const forged = await forges[how]?.(set, clinic);
    // The id stays: it carries the time, and nothing of a set that is tried out stays.
    if (forged && !sameJson(forged, set)) made.push({ how, set: forged });
  }
  return made;
}
