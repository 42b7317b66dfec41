/** The booking laws (README.md): pure functions of one wanted slot and the facts. */
import { violation } from '../kernel/violation.ts';
import type { Violation } from '../kernel/violation.ts';
import { addMinutes } from '../kernel/time.ts';
import type { Closure, WeeklyHours } from '../organizations/schema.ts';
import type { BookingFacts, ResourceRefs } from './facts.ts';
import type { Span } from './open-hours-rules.ts';
import { isWithin, openSpans, spanAt } from './open-hours-rules.ts';
import type { Appointment, BookedResource } from './schema.ts';
import type { Service } from '../catalog/schema.ts';

export type Slot = { startsAtUtc: string; endsAtUtc: string };
export const OVERRIDE = 'appointments.override';

/** The rows that a booking takes: each resource for the slot and the service's buffers; the practitioner without buffers. */
export function bookedResources(slot: Slot, refs: ResourceRefs, service: Service): BookedResource[] {
  const buffered = {
    startsAtUtc: addMinutes(slot.startsAtUtc, -service.bufferBeforeMin),
    endsAtUtc: addMinutes(slot.endsAtUtc, service.bufferAfterMin),
  };
  const rows: BookedResource[] = [{ resourceKind: 'practitioner', resourceId: refs.practitionerId, ...pick(slot) }];
  if (refs.roomId) rows.push({ resourceKind: 'room', resourceId: refs.roomId, ...buffered });
  if (refs.deviceId) rows.push({ resourceKind: 'device', resourceId: refs.deviceId, ...buffered });
  return rows;
}

const pick = (slot: Slot): Slot => ({ startsAtUtc: slot.startsAtUtc, endsAtUtc: slot.endsAtUtc });

/** SCHED-1: no resource is taken twice. Unknown claims are left to the server: allowed here, checked there. */
export function checkTaken(
  slot: Slot,
  rows: readonly BookedResource[],
  ownId: string | null,
  facts: BookingFacts,
): Violation[] {
  if (!facts.claims.known) return [];
  const claims = facts.claims.value;
  return rows.flatMap((row) => {
    const other = (claims.get(row.resourceId) ?? []).find((one) => one.id !== ownId && overlapsRow(one, row));
    if (!other) return [];
    const until = other.resources.find((r) => r.resourceId === row.resourceId)?.endsAtUtc ?? other.endsAtUtc;
    return [
      violation('SCHED-1', 'resource-taken', {
        params: {
          resourceKind: row.resourceKind,
          resourceId: row.resourceId,
          untilUtc: until,
          byAppointmentId: other.id,
        },
        overridableBy: OVERRIDE,
      }),
    ];
  });
}

function overlapsRow(other: Appointment, row: BookedResource): boolean {
  return other.resources.some(
    (r) => r.resourceId === row.resourceId && r.startsAtUtc < row.endsAtUtc && r.endsAtUtc > row.startsAtUtc,
  );
}

/** When the location, the practitioner there and the device are open, and when the practitioner works elsewhere. */
export type Openings = {
  location: Span[];
  practitioner: Span[];
  device: Span[];
  elsewhere: Array<Span & { locationId: string }>;
};

/** The openings of what a booking needs, over a window. */
export function openingsOf({ location, practitioner, device, locations }: BookingFacts, window: Span): Openings {
  const spans = (hours: WeeklyHours, closures: readonly Closure[], place = location): Span[] =>
    place ? openSpans(hours, closures, place.zone, window) : [];
  const practices = practitioner?.practices ?? [];
  const here = practices.find((one) => one.locationId === location?.id)?.hours ?? [];
  return {
    location: spans(location?.hours ?? [], location?.closures ?? []),
    practitioner: spans(here, practitioner?.absences ?? []),
    device: spans(device?.hours ?? [], []),
    elsewhere: practices.flatMap(({ locationId, hours }) => {
      const place = locations.find((one) => one.id === locationId && one.id !== location?.id);
      return place ? spans(hours, [], place).map((one) => ({ ...one, locationId })) : [];
    }),
  };
}

const spanOfSlot = (slot: Slot): Span => ({ fromUtc: slot.startsAtUtc, toUtc: slot.endsAtUtc });

/** SCHED-2: location, practitioner and device are open for the whole slot. */
export function checkOpen(
  slot: Slot,
  facts: BookingFacts,
  openings: Openings = openingsOf(facts, spanOfSlot(slot)),
): Violation[] {
  const { location, practitioner, device } = facts;
  if (!location) return [violation('SCHED-5', 'no-location')];
  const isOpen = (spans: Span[]): boolean => isWithin(spanOfSlot(slot), spans);
  const closed = (code: string, extra: Record<string, string>): Violation =>
    violation('SCHED-2', code, { params: extra, overridableBy: OVERRIDE });
  const result: Violation[] = [];
  if (!isOpen(openings.location)) result.push(closed('location-closed', { locationId: location.id }));
  if (practitioner && !isOpen(openings.practitioner)) {
    const there = spanAt(slot.startsAtUtc, openings.elsewhere);
    const where: Record<string, string> = there ? { atLocationId: there.locationId, untilUtc: there.toUtc } : {};
    result.push(closed('practitioner-away', { practitionerId: practitioner.id, ...where }));
  }
  if (device && !isOpen(openings.device)) result.push(closed('device-closed', { deviceId: device.id }));
  return result;
}

/** SCHED-3: the patient is in one place at a time. Unknown claims are left to the server. */
export function checkPatientFree(slot: Slot, ownId: string | null, facts: BookingFacts): Violation[] {
  if (!facts.patientClaims.known) return [];
  const other = facts.patientClaims.value.find(
    (one) => one.id !== ownId && one.startsAtUtc < slot.endsAtUtc && one.endsAtUtc > slot.startsAtUtc,
  );
  if (!other) return [];
  return [
    violation('SCHED-3', 'patient-elsewhere', {
      params: { locationId: other.locationId, fromUtc: other.startsAtUtc, untilUtc: other.endsAtUtc },
      overridableBy: OVERRIDE,
    }),
  ];
}

/** SCHED-4 … 6: what is booked exists, is active, and fits together. */
export function checkFits(refs: ResourceRefs, facts: BookingFacts): Violation[] {
  const { service, device, practitioner, patient, room, location } = facts;
  if (!patient || patient.mergedInto) return [violation('SCHED-5', 'no-patient', { field: 'patientId' })];
  if (!location) return [violation('SCHED-5', 'no-location', { field: 'locationId' })];
  if (!service?.active) return [violation('SCHED-5', 'no-service', { field: 'serviceId' })];
  if (!practitioner?.active || practitioner.practices.length === 0)
    return [violation('SCHED-5', 'no-practitioner', { field: 'practitionerId' })];
  if (refs.roomId && (!room?.active || room.locationId !== location.id))
    return [violation('SCHED-5', 'no-room', { field: 'roomId' })];
  if (refs.deviceId && (!device?.active || device.locationId !== location.id))
    return [violation('SCHED-5', 'no-device', { field: 'deviceId' })];
  if (service.modality && device?.modality !== service.modality)
    return [violation('SCHED-4', 'wrong-device', { params: { modality: service.modality }, field: 'deviceId' })];
  return [];
}

/** All laws of one slot; whoever asks for many gives the openings over all of them. */
export function checkSlot(
  slot: Slot,
  refs: ResourceRefs,
  ownId: string | null,
  facts: BookingFacts,
  openings?: Openings,
): Violation[] {
  const fits = checkFits(refs, facts);
  if (fits.length > 0 || !facts.service) return fits;
  const rows = bookedResources(slot, refs, facts.service);
  return [
    ...checkTaken(slot, rows, ownId, facts),
    ...checkOpen(slot, facts, openings),
    ...checkPatientFree(slot, ownId, facts),
  ];
}
