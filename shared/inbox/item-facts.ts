import { kinds } from '../collections.ts';
import { unitOf } from '../kernel/kind.ts';
import type { Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { sameJson } from '../kernel/canonical-json.ts';
import { instantFromMs, minutesBetween } from '../kernel/time.ts';
import { displayName } from '../people/names.ts';
import type { Patient } from '../people/schema.ts';
import type { Service } from '../catalog/schema.ts';
import type { Location } from '../organizations/schema.ts';
import type { Appointment } from '../scheduling/schema.ts';
import type { Station } from '../stations/schema.ts';
import type { User } from '../users/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import { currentStep } from '../waiting-room/schema.ts';
import type {
  FieldPair,
  InboxPatient,
  LostSlotItem,
  RefusalItem,
  TaskItem,
  UnitsItem,
  Version,
} from './item-schema.ts';
import type { Conflict, Refusal, Task } from './schema.ts';
import { nameOf, valueParts } from './value-facts.ts';

/** Commands that only make documents: giving them again needs nothing that the person saw. */
const REPEATABLE: ReadonlySet<string> = new Set([
  'scheduling/book',
  'people/register',
  'waiting-room/walk-in',
  'billing/issue-invoice',
  'billing/take-payment',
  'billing/refund-payment',
  'billing/void-invoice',
]);

export async function patientOf(reader: Reader, patientId: string | null): Promise<InboxPatient | null> {
  const patient = patientId ? await reader.get<Patient>('patient', patientId) : undefined;
  if (!patient) return null;
  return {
    id: patient.id,
    name: displayName(patient),
    recordNumber: patient.recordNumber,
    phones: patient.phones,
  };
}

/** A set's own time: the milliseconds in its id (UUIDv7, RFC 9562 5.7), which its station gave it. */
const typedAt = (setId: string): string => instantFromMs(Number.parseInt(setId.replace('-', '').slice(0, 12), 16));

async function versionOf(
  reader: Reader,
  { authorId, stationId, setId }: { authorId: string; stationId: string; setId: string },
): Promise<Version> {
  return {
    authorName: (await reader.get<User>('user', authorId))?.name ?? '',
    stationName: (await reader.get<Station>('station', stationId))?.name ?? '',
    atUtc: typedAt(setId),
  };
}

const common = async (reader: Reader, kind: string, doc: { id: string; atUtc: string; patientId: string | null }) => ({
  key: `${kind}/${doc.id}`,
  atUtc: doc.atUtc,
  patient: await patientOf(reader, doc.patientId),
});

export async function conflictItem(reader: Reader, conflict: Conflict): Promise<UnitsItem | LostSlotItem> {
  return conflict.problem === 'units' ? unitsItem(reader, conflict) : lostSlotItem(reader, conflict);
}

async function unitsItem(reader: Reader, conflict: Conflict): Promise<UnitsItem> {
  const kind = kinds[conflict.docKind];
  const doc = await reader.get(conflict.docKind, conflict.docId);
  const shown: UnitsItem['shown'] = {};
  const fields: FieldPair[] = [];
  for (const { unit, theirs: first, mine } of conflict.units) {
    const theirs = kind && doc ? unitOf(kind, unit, doc) : first;
    shown[unit] = theirs;
    for (const field of new Set([...Object.keys(theirs ?? {}), ...Object.keys(mine ?? {})]))
      fields.push({
        unit,
        field,
        theirs: await valueParts(reader, field, theirs?.[field]),
        mine: await valueParts(reader, field, mine?.[field]),
        differs: !sameJson(theirs?.[field] ?? null, mine?.[field] ?? null),
      });
  }
  return {
    ...(await common(reader, 'conflict', conflict)),
    type: 'units',
    conflict,
    mine: await versionOf(reader, conflict),
    shown,
    fields,
    docTitle: (await titleOf(reader, conflict.docKind, conflict.docId)) ?? '',
  };
}

async function lostSlotItem(reader: Reader, conflict: Conflict): Promise<LostSlotItem> {
  const appointment = await reader.get<Appointment>('appointment', conflict.docId);
  const resource = (kind: string): string | null =>
    appointment?.resources.find((one) => one.resourceKind === kind)?.resourceId ?? null;
  const practitionerId = resource('practitioner');
  const [visit] = await reader.find<Encounter>('encounter', 'byAppointment', exactly(conflict.docId));
  const location = await reader.get<Location>('location', appointment?.locationId ?? conflict.locationId);
  return {
    ...(await common(reader, 'conflict', conflict)),
    type: 'lostClaim',
    conflict,
    by: await versionOf(reader, conflict),
    appointment: appointment ?? null,
    service: (appointment && (await reader.get<Service>('service', appointment.serviceId))?.name) ?? '',
    practitioner: (practitionerId && (await reader.get<User>('user', practitionerId))?.name) || '',
    zone: location?.zone ?? 'UTC',
    takenBy: await takenBy(reader, conflict),
    stage: visit ? currentStep(visit).stage : null,
    freeTimes:
      appointment && practitionerId
        ? {
            serviceId: appointment.serviceId,
            practitionerId,
            roomId: resource('room'),
            deviceId: resource('device'),
            patientId: appointment.patientId,
            locationId: appointment.locationId,
            durationMin: minutesBetween(appointment.startsAtUtc, appointment.endsAtUtc),
            ownId: appointment.id,
          }
        : null,
  };
}

async function takenBy(reader: Reader, conflict: Conflict): Promise<string> {
  const other = conflict.violations.map((one) => one.params?.['byAppointmentId']).find((id) => typeof id === 'string');
  const appointment = other ? await reader.get<Appointment>('appointment', other) : undefined;
  const patient = await patientOf(reader, appointment?.patientId ?? null);
  return patient?.name.written ?? '';
}

export async function refusalItem(reader: Reader, refusal: Refusal): Promise<RefusalItem> {
  const wanted: RefusalItem['wanted'] = [];
  for (const [field, value] of Object.entries(refusal.input)) {
    if (field === 'patientId' || value === null || value === '' || typeof value === 'boolean') continue;
    const parts = await valueParts(reader, field, value);
    const text = parts.filter((part) => !/^[0-9a-f-]{36}$/.test(part)).join(', ');
    if (text !== '')
      wanted.push({
        field,
        text,
        amountMinor: field.endsWith('Minor') && typeof value === 'number' ? value : null,
        instantUtc: field.endsWith('AtUtc') && typeof value === 'string' ? value : null,
      });
  }
  return {
    ...(await common(reader, 'refusal', refusal)),
    type: 'refusal',
    refusal,
    by: await versionOf(reader, refusal),
    wanted,
    repeatable: REPEATABLE.has(refusal.command),
  };
}

export async function taskItem(reader: Reader, task: Task): Promise<TaskItem> {
  const doc = await reader.get(task.aboutKind, task.aboutId);
  const idIn = (field: string): string | null => (typeof doc?.[field] === 'string' ? doc[field] : null);
  return {
    ...(await common(reader, 'task', task)),
    type: 'task',
    task,
    about: (await titleOf(reader, task.aboutKind, task.aboutId)) ?? '',
    encounterId: task.aboutKind === 'encounter' ? task.aboutId : idIn('encounterId'),
    invoiceId: task.aboutKind === 'invoice' ? task.aboutId : idIn('invoiceId'),
  };
}

/** What a document is called: its name, or the number that is printed on it. */
async function titleOf(reader: Reader, kind: string, id: string): Promise<string | undefined> {
  const doc = await reader.get(kind, id);
  const numbered = ['number', 'receiptNumber', 'documentNumber', 'accessionNumber', 'recordNumber'];
  const found = numbered.map((field) => doc?.[field]).find((value) => typeof value === 'string');
  return typeof found === 'string' ? found : nameOf(reader, kind, id);
}
