import type { CatalogueView } from '../../shared/scheduling/booking-views.ts';
import { addMinutes, instantsAt } from '../../shared/kernel/time.ts';
import type { DayBlock } from '../../shared/scheduling/day-views.ts';
import { claimsSlot } from '../../shared/scheduling/schema.ts';
import type { Appointment, ResourceKind } from '../../shared/scheduling/schema.ts';
import type { WallTime } from './day-axis.ts';
import { wallTimeOf } from './day-axis.ts';

/** A booking while it is written down; empty texts are what is not chosen yet. Day and clock are the location's. */
export type BookingDraft = {
  /** The booking that is moved; null for a new one. */
  ownId: string | null;
  patientId: string | null;
  serviceId: string;
  practitionerId: string;
  roomId: string;
  deviceId: string;
  day: string;
  clock: string;
  /** Where that clock is shown twice that day: the second time. */
  later: boolean;
  durationMin: number;
  note: string;
};

const idOf = (appointment: Appointment, kind: ResourceKind): string =>
  appointment.resources.find((one) => one.resourceKind === kind)?.resourceId ?? '';

/** When a draft begins; null where day or time are not written yet, or one that the day does not have (C-12). */
export function startOf({ day, clock, later }: BookingDraft, zone: string): string | null {
  const instants = day && clock ? instantsAt(day, clock, zone) : [];
  return instants[later ? instants.length - 1 : 0] ?? null;
}

/** Nothing chosen yet but the day, a time, and whoever is given. */
export function blankBooking(
  day: string,
  { clock, later }: WallTime,
  practitionerId: string,
  patientId: string | null,
): BookingDraft {
  const nothing = { ownId: null, serviceId: '', roomId: '', deviceId: '', durationMin: 30, note: '' };
  return { ...nothing, patientId, practitionerId, day, clock, later };
}

/** A draft that moves an existing booking. */
export function draftOf(appointment: Appointment, zone: string): BookingDraft {
  return {
    ownId: appointment.id,
    patientId: appointment.patientId,
    serviceId: appointment.serviceId,
    practitionerId: idOf(appointment, 'practitioner'),
    roomId: idOf(appointment, 'room'),
    deviceId: idOf(appointment, 'device'),
    ...wallTimeOf(appointment.startsAtUtc, zone),
    durationMin: (Date.parse(appointment.endsAtUtc) - Date.parse(appointment.startsAtUtc)) / 60_000,
    note: appointment.note,
  };
}

/** The draft in another column: that person, room or device takes the place of its like. */
export function withResource(draft: BookingDraft, kind: ResourceKind, resourceId: string): BookingDraft {
  if (kind === 'practitioner') return { ...draft, practitionerId: resourceId };
  return kind === 'room' ? { ...draft, roomId: resourceId } : { ...draft, deviceId: resourceId };
}

/** Rooms that no booking of the draft's time holds; all of them while it has no time. */
export function freeRooms(
  draft: BookingDraft,
  zone: string,
  catalogue: CatalogueView,
  blocks: readonly DayBlock[],
): string[] {
  const rooms = catalogue.rooms.map((one) => one.id);
  const fromUtc = startOf(draft, zone);
  if (!fromUtc) return rooms;
  const toUtc = addMinutes(fromUtc, draft.durationMin);
  const taken = new Set(
    blocks
      .filter((one) => claimsSlot(one.appointment) && one.appointment.id !== draft.ownId)
      .flatMap((one) => one.appointment.resources)
      .filter((row) => row.startsAtUtc < toUtc && row.endsAtUtc > fromUtc)
      .map((row) => row.resourceId),
  );
  return rooms.filter((id) => !taken.has(id));
}

/** The draft with a service chosen: its length, a device that fits it, a free room where it needs one. */
export function withService(
  draft: BookingDraft,
  serviceId: string,
  zone: string,
  catalogue: CatalogueView,
  blocks: readonly DayBlock[],
): BookingDraft {
  const service = catalogue.services.find((one) => one.id === serviceId);
  if (!service) return { ...draft, serviceId: '' };
  const fitting = catalogue.devices.filter((one) => one.modality === service.modality);
  const deviceId = fitting.some((one) => one.id === draft.deviceId) ? draft.deviceId : (fitting[0]?.id ?? '');
  const next = { ...draft, serviceId, durationMin: service.durationMin, deviceId };
  const free = freeRooms(next, zone, catalogue, blocks);
  const roomId = !service.needsRoom ? '' : free.includes(draft.roomId) ? draft.roomId : (free[0] ?? '');
  return { ...next, roomId };
}

/** What `scheduling/free-times` is asked; null until enough is chosen. */
export function freeTimesParams(draft: BookingDraft, locationId: string, zone: string) {
  const fromUtc = startOf(draft, zone);
  if (!draft.serviceId || !draft.practitionerId || !fromUtc) return null;
  return {
    serviceId: draft.serviceId,
    practitionerId: draft.practitionerId,
    roomId: draft.roomId || null,
    deviceId: draft.deviceId || null,
    patientId: draft.patientId,
    locationId,
    fromUtc,
    durationMin: draft.durationMin,
    ownId: draft.ownId,
  };
}

/** The command that saves the draft at an instant: a new booking, or the move of one. */
export function saveCall(draft: BookingDraft, locationId: string, startsAtUtc: string) {
  const slot = {
    locationId,
    startsAtUtc,
    durationMin: draft.durationMin,
    practitionerId: draft.practitionerId,
    roomId: draft.roomId || null,
    deviceId: draft.deviceId || null,
  };
  if (draft.ownId) return { name: 'scheduling/move', input: { ...slot, appointmentId: draft.ownId } };
  const { patientId, serviceId, note } = draft;
  const rest = { patientId, serviceId, note, referringPhysician: '', question: '', urgent: false };
  return { name: 'scheduling/book', input: { ...slot, ...rest } };
}
