import { z } from 'zod';
import type { Service } from '../catalog/schema.ts';
import { idSchema } from '../kernel/id.ts';
import type { Holding, Reader } from '../kernel/reader.ts';
import { patientScope } from '../kernel/scopes.ts';
import { defineView } from '../kernel/view.ts';
import type { User } from '../users/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import type { Note, Prescription, Vitals } from './schema.ts';

export type LastTime = {
  held: Holding;
  /** The latest earlier visit of which anything was charted; null when there is none. */
  visit: {
    encounterId: string;
    openedAtUtc: string;
    practitionerName: string | null;
    serviceName: string | null;
    note: Note | null;
    vitals: Vitals | null;
    prescriptions: Prescription[];
    services: Encounter['services'];
  } | null;
};

const LOOK_BACK = 20;

/** What was charted last time, for "as last time": the source of every copied line. */
export const lastTimeView = defineView<{ patientId: string; encounterId: string }, LastTime>({
  name: 'charting/last-time',
  params: z.strictObject({ patientId: idSchema, encounterId: idSchema }),
  permission: 'charts.view',
  kinds: ['encounter', 'note', 'vitals', 'prescription', 'service', 'user'],
  patientOf: ({ patientId }) => patientId,
  read: async (reader, { patientId, encounterId }) => {
    const held = await reader.holds(patientScope(patientId));
    const present = await reader.get<Encounter>('encounter', encounterId);
    if (present && present.patientId !== patientId) return { held, visit: null };
    const before = present?.openedAtUtc ?? '9999';
    const earlier = await reader.find<Encounter>(
      'encounter',
      'byPatient',
      { from: `${patientId}/`, to: `${patientId}/${before}` },
      { reverse: true, limit: LOOK_BACK },
    );
    for (const encounter of earlier) {
      const visit = await chartedOf(reader, encounter);
      if (visit) return { held, visit };
    }
    return { held, visit: null };
  },
});

async function chartedOf(reader: Reader, encounter: Encounter): Promise<LastTime['visit']> {
  const range = { prefix: `${encounter.id}/` };
  const notes = await reader.find<Note>('note', 'byEncounter', range);
  const vitals = await reader.find<Vitals>('vitals', 'byEncounter', range);
  const prescriptions = await reader.find<Prescription>('prescription', 'byEncounter', range);
  const replaced = new Set(notes.map((note) => note.replaces));
  const note = notes.findLast((one) => !replaced.has(one.id)) ?? null;
  if (!note && vitals.length === 0 && prescriptions.length === 0) return null;
  const { practitionerId } = encounter;
  const serviceId = encounter.services[0]?.serviceId;
  return {
    encounterId: encounter.id,
    openedAtUtc: encounter.openedAtUtc,
    practitionerName: practitionerId ? ((await reader.get<User>('user', practitionerId))?.name ?? null) : null,
    serviceName: serviceId ? ((await reader.get<Service>('service', serviceId))?.name ?? null) : null,
    note,
    vitals: vitals.at(-1) ?? null,
    prescriptions,
    services: encounter.services,
  };
}
