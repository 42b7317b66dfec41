/** The booking laws (README.md): pure functions of one wanted slot and the facts. */
import { violation } from '../kernel/violation.ts';
import type { Violation } from '../kernel/violation.ts';
import { addMinutes, instantAt, localTime, weekday } from '../kernel/time.ts';
import type { Closure, WeeklyHours } from '../organizations/schema.ts';
import type { BookingFacts, ResourceRefs } from './facts.ts';
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

/** SCHED-2: location, practitioner and device are open for the whole slot. */
export function checkOpen(slot: Slot, facts: BookingFacts): Violation[] {
  const { location, practitioner, device } = facts;
  if (!location) return [violation('SCHED-5', 'no-location')];
  const closed = (code: string, extra: Record<string, string>): Violation =>
    violation('SCHED-2', code, { params: extra, overridableBy: OVERRIDE });
  const result: Violation[] = [];
  if (!isOpen(slot, location.zone, location.hours, location.closures))
    result.push(closed('location-closed', { locationId: location.id }));
  if (practitioner) {
    const here = practitioner.practices.find((one) => one.locationId === location.id);
    if (!here || !isOpen(slot, location.zone, here.hours, practitioner.absences)) {
      const elsewhere = whereElse(slot, facts);
      result.push(closed('practitioner-away', { practitionerId: practitioner.id, ...elsewhere }));
    }
  }
  if (device && !isOpen(slot, location.zone, device.hours, []))
    result.push(closed('device-closed', { deviceId: device.id }));
  return result;
}

/** At which other location the practitioner works then, and until when. */
function whereElse(slot: Slot, facts: BookingFacts): Record<string, string> {
  for (const practice of facts.practitioner?.practices ?? []) {
    const location = facts.locations.find((one) => one.id === practice.locationId);
    if (!location || location.id === facts.location?.id) continue;
    const local = localTime(slot.startsAtUtc, location.zone);
    const now = practice.hours.find(
      (h) => h.weekday === weekday(local.day) && h.from <= local.clock && h.to > local.clock,
    );
    if (now) return { atLocationId: location.id, untilUtc: instantAt(local.day, now.to, location.zone) };
  }
  return {};
}

/** Whether a slot lies inside one open interval of a weekly plan, on the day it begins, and outside the closures. */
export function isOpen(slot: Slot, zone: string, hours: WeeklyHours, closures: readonly Closure[]): boolean {
  const from = localTime(slot.startsAtUtc, zone);
  const to = localTime(slot.endsAtUtc, zone);
  const toClock = to.day > from.day && to.clock === '00:00' ? '24:00' : to.clock;
  if (to.day > from.day && toClock !== '24:00') return false;
  const open = hours.some((h) => h.weekday === weekday(from.day) && h.from <= from.clock && h.to >= toClock);
  return open && !closures.some((c) => c.day === from.day && c.from < toClock && c.to > from.clock);
}

/** SCHED-3: the patient is in one place at a time. */
export function checkPatientFree(slot: Slot, ownId: string | null, facts: BookingFacts): Violation[] {
  const other = facts.patientClaims.find(
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

/** All laws of one slot. */
export function checkSlot(slot: Slot, refs: ResourceRefs, ownId: string | null, facts: BookingFacts): Violation[] {
  const fits = checkFits(refs, facts);
  if (fits.length > 0 || !facts.service) return fits;
  const rows = bookedResources(slot, refs, facts.service);
  return [...checkTaken(slot, rows, ownId, facts), ...checkOpen(slot, facts), ...checkPatientFree(slot, ownId, facts)];
}
