import type { Service } from '../../../shared/catalog/schema.ts';
import type { ListedAppointment } from '../../../shared/documents/appointment-table.ts';
import type { DayListData } from '../../../shared/documents/day-list.ts';
import type { DowntimePackData } from '../../../shared/documents/downtime-pack.ts';
import type { Reader } from '../../../shared/kernel/reader.ts';
import { addDays, dayBounds, daySchema, localTime } from '../../../shared/kernel/time.ts';
import type { Location, Room } from '../../../shared/organizations/schema.ts';
import type { Patient } from '../../../shared/people/schema.ts';
import type { Appointment } from '../../../shared/scheduling/schema.ts';
import type { User } from '../../../shared/users/schema.ts';
import type { Paper, PaperContext } from './paper.ts';
import { documentPatient, siteOf } from './site-data.ts';

type Asked = { locationId: string; day: string; practitionerId: string | null };

/**
 * What a list is asked for by: `<locationId>/<day>/<practitionerId>` in any order, each part optional where the station knows
 * better (its own location, today).
 */
async function readAsked(id: string, { reader, station, nowUtc }: PaperContext): Promise<Asked> {
  const parts = id.split('/').filter((part) => part !== '');
  let locationId = station.locationId;
  let practitionerId: string | null = null;
  for (const part of parts) {
    if (await reader.get<Location>('location', part)) locationId = part;
    else if (await reader.get<User>('user', part)) practitionerId = part;
  }
  const zone = (await reader.get<Location>('location', locationId))?.zone ?? 'UTC';
  const day = parts.find((part) => daySchema.safeParse(part).success) ?? localTime(nowUtc, zone).day;
  return { locationId, day, practitionerId };
}

/** One practitioner's day; without a practitioner the whole location's, each row naming whose it is. */
export async function dayListPaper(id: string, context: PaperContext): Promise<Paper | undefined> {
  const { reader, nowUtc, station } = context;
  const { locationId, day, practitionerId } = await readAsked(id, context);
  const site = await siteOf(reader, locationId);
  const practitioner = practitionerId ? await reader.get<User>('user', practitionerId) : undefined;
  if (!site) return undefined;
  const booked = await bookedOn(reader, locationId, day, site.timeZone);
  const rows = practitioner ? (booked.get(practitioner.id) ?? []) : [...booked.values()].flat();
  const data: DayListData = {
    site,
    head: { number: `${station.code}-${day}`, status: 'final', createdAtUtc: nowUtc },
    day,
    practitionerName: practitioner?.name ?? site.locationName,
    appointments: await listed(reader, rows, practitioner === undefined),
    knownAtUtc: nowUtc,
  };
  return { data, filed: null };
}

/** Today and tomorrow of a location on paper, for when no screen works. */
export async function downtimePaper(id: string, context: PaperContext): Promise<Paper | undefined> {
  const { reader, nowUtc, station } = context;
  const { locationId, day } = await readAsked(id, context);
  const site = await siteOf(reader, locationId);
  if (!site) return undefined;
  const section = async (of: string): Promise<DowntimePackData['today']> => {
    const practitioners: DowntimePackData['today']['practitioners'] = [];
    for (const [userId, booked] of await bookedOn(reader, locationId, of, site.timeZone))
      practitioners.push({
        name: (await reader.get<User>('user', userId))?.name ?? '–',
        appointments: await listed(reader, booked),
      });
    return { day: of, practitioners: practitioners.toSorted((a, b) => a.name.localeCompare(b.name)) };
  };
  const data: DowntimePackData = {
    site,
    head: { number: `${station.code}-${day}`, status: 'final', createdAtUtc: nowUtc },
    stationName: station.name.slice(0, 60),
    knownAtUtc: nowUtc,
    today: await section(day),
    tomorrow: await section(addDays(day, 1)),
  };
  return { data, filed: null };
}

async function bookedOn(
  reader: Reader,
  locationId: string,
  day: string,
  zone: string,
): Promise<Map<string, Appointment[]>> {
  const { fromUtc, toUtc } = dayBounds(day, zone);
  const range = { from: `${locationId}/${fromUtc}`, to: `${locationId}/${toUtc}` };
  const all = await reader.find<Appointment>('appointment', 'byStart', range);
  const booked = all.filter((one) => one.status === 'booked');
  return Map.groupBy(booked, (one) => resourceOf(one, 'practitioner') ?? '');
}

const resourceOf = (appointment: Appointment, kind: string): string | undefined =>
  appointment.resources.find((one) => one.resourceKind === kind)?.resourceId;

async function listed(
  reader: Reader,
  appointments: readonly Appointment[],
  namesPractitioner = false,
): Promise<ListedAppointment[]> {
  const rows: ListedAppointment[] = [];
  for (const one of appointments) {
    const patient = await reader.get<Patient>('patient', one.patientId);
    if (!patient) continue;
    const roomId = resourceOf(one, 'room');
    const room = roomId ? await reader.get<Room>('room', roomId) : undefined;
    const userId = namesPractitioner ? resourceOf(one, 'practitioner') : undefined;
    const user = userId ? await reader.get<User>('user', userId) : undefined;
    const where = [user?.name, room?.name].filter((name) => name !== undefined).join(' · ');
    rows.push({
      startsAtUtc: one.startsAtUtc,
      endsAtUtc: one.endsAtUtc,
      patient: documentPatient(patient),
      phone: patient.phones.join(', ').slice(0, 100),
      service: (await reader.get<Service>('service', one.serviceId))?.name ?? '–',
      ...(where !== '' && { roomName: where.slice(0, 60) }),
      ...(one.note.trim() !== '' && { note: one.note.slice(0, 500) }),
      allergies: allergiesOf(patient),
    });
  }
  return rows;
}

function allergiesOf(patient: Patient): ListedAppointment['allergies'] {
  const items = patient.allergies.map((one) => one.substance);
  if (patient.allergyState === 'listed' && items.length > 0) return { state: 'listed', items };
  return { state: patient.allergyState === 'none_known' ? 'noneKnown' : 'notAsked' };
}
