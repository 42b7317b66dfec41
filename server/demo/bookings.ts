/** Fills the working hours of every practitioner with bookings that keep the law: nothing taken twice, nothing outside the hours. */
import type { Service } from '../../shared/catalog/schema.ts';
import { addDays, addMinutes, localTime, weekday } from '../../shared/kernel/time.ts';
import type { Location } from '../../shared/organizations/schema.ts';
import type { Patient } from '../../shared/people/schema.ts';
import type { ResourceRefs } from '../../shared/scheduling/facts.ts';
import { spanOf } from '../../shared/scheduling/open-hours-rules.ts';
import { bookedResources } from '../../shared/scheduling/rules.ts';
import type { Appointment, BookedResource } from '../../shared/scheduling/schema.ts';
import type { User } from '../../shared/users/schema.ts';
import { type Calendar, createCalendar } from './calendar.ts';
import type { Dice } from './dice.ts';

/** Days before and after today that have bookings: two weeks each. */
export const DAYS_BEFORE = 14;
export const DAYS_AFTER = 14;

const GRID_MIN = 5;

/** What one practitioner does at one place: the codes come round in turn, so that every day has something of each. */
export type Practice = {
  practitioner: User;
  location: Location;
  codes: readonly string[];
  /** The room and device that a service takes. */
  refsOf: (service: Service) => Omit<ResourceRefs, 'practitionerId'>;
  patients: readonly Patient[];
  /** Booked today before anybody else. */
  firstToday: readonly Patient[];
};

export type BookingMaker = {
  dice: Dice;
  newId: () => string;
  nowUtc: string;
  services: readonly Service[];
  bookedBy: string;
  referring: readonly string[];
  notes: readonly string[];
};

/** Bookings of all practices over the four weeks, by place and time; all of them `booked`. */
export function makeBookings(maker: BookingMaker, practices: readonly Practice[]): Appointment[] {
  const calendar = createCalendar();
  return practices.flatMap((practice) => {
    const today = localTime(maker.nowUtc, practice.location.zone).day;
    return Array.from({ length: DAYS_BEFORE + 1 + DAYS_AFTER }, (_, i) => addDays(today, i - DAYS_BEFORE)).flatMap(
      (day) => bookDay(maker, practice, calendar, day, day === today),
    );
  });
}

function bookDay(
  maker: BookingMaker,
  practice: Practice,
  calendar: Calendar,
  day: string,
  isToday: boolean,
): Appointment[] {
  const here = practice.practitioner.practices.find((one) => one.locationId === practice.location.id);
  const spans = (here?.hours ?? []).filter((one) => one.weekday === weekday(day));
  const booked: Appointment[] = [];
  const wanted = isToday ? [...practice.firstToday] : [];
  let turn = maker.dice.int(0, practice.codes.length - 1);
  for (const { from, to } of spans) {
    const { fromUtc, toUtc } = spanOf({ day, from, to }, practice.location.zone);
    let startsAtUtc = fromUtc;
    while (startsAtUtc < toUtc) {
      const service = serviceOf(maker, practice, turn);
      const endsAtUtc = addMinutes(startsAtUtc, service.durationMin);
      const made = endsAtUtc <= toUtc ? bookAt(maker, practice, calendar, startsAtUtc, service, wanted[0]) : undefined;
      turn++;
      if (!made) {
        startsAtUtc = addMinutes(startsAtUtc, GRID_MIN);
        continue;
      }
      booked.push(made);
      wanted.shift();
      startsAtUtc = addMinutes(endsAtUtc, gapMin(maker.dice));
    }
  }
  return booked;
}

function serviceOf(maker: BookingMaker, practice: Practice, turn: number): Service {
  const code = practice.codes[turn % practice.codes.length];
  const service = maker.services.find((one) => one.code === code);
  if (!service) throw new Error(`no service ${code}`);
  return service;
}

/** Free time after a booking: short between most, long enough for another one now and then. */
function gapMin(dice: Dice): number {
  if (dice.chance(0.45)) return dice.pick([20, 30, 40]);
  return dice.pick([0, 5, 10, 15]);
}

/** A booking at that time; undefined where a resource is taken or nobody is free to come. */
function bookAt(
  maker: BookingMaker,
  practice: Practice,
  calendar: Calendar,
  startsAtUtc: string,
  service: Service,
  wanted: Patient | undefined,
): Appointment | undefined {
  const slot = { startsAtUtc, endsAtUtc: addMinutes(startsAtUtc, service.durationMin) };
  const refs = { practitionerId: practice.practitioner.id, ...practice.refsOf(service) };
  const resources = bookedResources(slot, refs, service);
  const patient = wanted ?? maker.dice.pick(practice.patients);
  const rows: BookedResource[] = [...resources, { resourceKind: 'practitioner', resourceId: patient.id, ...slot }];
  if (!rows.every((row) => calendar.isFree(row))) return undefined;
  for (const row of rows) calendar.take(row);
  const bookedAtUtc = addMinutes(startsAtUtc, -maker.dice.int(1, 20) * 24 * 60 - maker.dice.int(0, 300));
  return {
    id: maker.newId(),
    patientId: patient.id,
    locationId: practice.location.id,
    serviceId: service.id,
    ...slot,
    resources,
    overrideReason: null,
    overrideBy: null,
    placement: 'placed',
    status: 'booked',
    statusReason: null,
    note: maker.dice.pick(maker.notes),
    referringPhysician: service.modality ? maker.dice.pick(maker.referring) : '',
    seriesId: null,
    bookedBy: maker.bookedBy,
    bookedAtUtc: bookedAtUtc < maker.nowUtc ? bookedAtUtc : addMinutes(maker.nowUtc, -maker.dice.int(60, 6000)),
  };
}
