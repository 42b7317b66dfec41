/** What else happens at the server while an honest set is on its way: prices, hours, rights and documents change under it. */
import type { Written } from '../../shared/desk/ports.ts';
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { LawClinic } from './law-clinic.ts';

type Disturbance = (set: ChangeSet, clinic: LawClinic) => Promise<Written | undefined>;

const changed =
  (kind: string, idOf: (set: ChangeSet, clinic: LawClinic) => string, fields: Record<string, unknown>): Disturbance =>
  async (set, clinic) => {
    const before = await clinic.here.reader.get(kind, idOf(set, clinic));
    return before && { kind, id: before.id, before, after: { ...before, ...fields } };
  };

const patientOf = (set: ChangeSet): string => {
  const { patientId } = set.input;
  return typeof patientId === 'string' ? patientId : '';
};

const firstPatched = (set: ChangeSet, kind: string): string =>
  set.patches.find((patch) => patch.kind === kind && patch.op === 'update')?.id ?? '';

export const disturbances: Record<string, Disturbance> = {
  price: changed('service', (_, { world }) => world.reference.services.consult.id, { priceMinor: 77_000 }),
  'service renamed': changed('service', (_, { world }) => world.reference.services.ct.id, {
    name: 'Renamed',
    durationMin: 45,
  }),
  hours: changed('location', (_, { world }) => world.ids.locationId, { hours: [] }),
  rights: changed('user', (set) => set.authorId, { roles: [] }),
  'sign-in elsewhere': changed('user', (set, { world }) => (set.authorId === world.ids.userId ? '' : set.authorId), {
    locationIds: ['01900000-0000-7000-8000-00000000ffff'],
  }),
  rounding: changed('organization', (_, { world }) => world.ids.organizationId, { cashRoundingMinor: 500 }),
  'scanner gone': changed('device', (_, { world }) => world.reference.devices.ct.id, { active: false }),
  'patient corrected': changed('patient', patientOf, { phones: ['0800000000'], sex: 'M' }),
  'booking moved': changed('appointment', (set) => firstPatched(set, 'appointment'), {
    note: 'moved',
    status: 'no_show',
  }),
  'visit gone on': async (set, clinic) => {
    const before = await clinic.here.reader.get<Doc & { steps: unknown[] }>(
      'encounter',
      firstPatched(set, 'encounter'),
    );
    if (!before) return undefined;
    const step = { stage: 'in_room', atUtc: clinic.world.nowUtc(), byId: set.authorId, inferred: false };
    return { kind: 'encounter', id: before.id, before, after: { ...before, steps: [...before.steps, step] } };
  },
  'study linked': changed('study', (set) => firstPatched(set, 'study'), { state: 'held', differs: ['sex'] }),
};

/** One to three of them, drawn anew each time. */
export async function drawDisturbances(set: ChangeSet, clinic: LawClinic): Promise<Written[]> {
  const { dice } = clinic.world;
  const names = dice.shuffled(Object.keys(disturbances)).slice(0, dice.int(0, 3));
  const found = await Promise.all(names.map(async (name) => disturbances[name]?.(set, clinic)));
  const written = found.filter((one) => one !== undefined);
  return [...new Map(written.map((doc) => [`${doc.kind}/${doc.id}`, doc])).values()];
}
