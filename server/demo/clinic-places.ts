/** What stands in the demo clinic: organization, two locations, rooms, scanners. */
import type { Device } from '../../shared/devices/schema.ts';
import type { Location, Organization, Room, WeeklyHours } from '../../shared/organizations/schema.ts';

/** The demo organizations have fixed ids: that is how a later start knows them again. */
export const DEMO_ORGANIZATION_ID = '01900000-0000-7000-8000-00000000de30';
export const EMPTY_ORGANIZATION_ID = '01900000-0000-7000-8000-00000000de31';

export type Places = {
  organization: Organization;
  kemang: Location;
  amsterdam: Location;
  rooms: Record<'gp' | 'specialist' | 'ultrasound' | 'xray' | 'ct' | 'amsterdam1' | 'amsterdam2', Room>;
  devices: Record<'US' | 'CR' | 'CT', Device>;
};

/** The same hours on several ISO weekdays. */
export const on = (weekdays: readonly number[], ...spans: ReadonlyArray<readonly [string, string]>): WeeklyHours =>
  weekdays.flatMap((weekday) => spans.map(([from, to]) => ({ weekday, from, to })));

export const everyDay = [1, 2, 3, 4, 5, 6, 7] as const;

/** Kemang and its scanners are open every day from morning to night, so that there is work on whatever day the demo starts. */
const kemangHours = on(everyDay, ['07:00', '21:00']);
const FIRST_DEVICE_PORT = 11_201;

/** Makes the places; ids come from `newId`. */
export function makePlaces(newId: () => string): Places {
  const organization: Organization = {
    id: DEMO_ORGANIZATION_ID,
    name: 'Klinik Sehat Praxis',
    currency: 'IDR',
    rounding: 'half-up',
    cashRoundingMinor: 100,
    taxInclusive: true,
  };
  const kemang: Location = {
    id: newId(),
    name: 'Kemang',
    address: ['Jl. Kemang Raya 24', 'Bangka, Mampang Prapatan', 'Jakarta Selatan 12730'],
    phone: '+62 21 5550 0124',
    zone: 'Asia/Jakarta',
    locale: 'id',
    hours: kemangHours,
    closures: [],
  };
  const amsterdam: Location = {
    id: newId(),
    name: 'Amsterdam',
    address: ['Prinsengracht 455', '1016 HM Amsterdam', 'Nederland'],
    phone: '+31 20 555 0145',
    zone: 'Europe/Amsterdam',
    locale: 'nl',
    hours: on([1, 2, 3, 4, 5, 6], ['08:30', '17:30']),
    closures: [],
  };
  const room = (at: Location, name: string): Room => ({ id: newId(), locationId: at.id, name, active: true });
  const device = (aeTitle: string, name: string, modality: string, position: number): Device => ({
    id: newId(),
    locationId: kemang.id,
    name,
    aeTitle,
    modality,
    host: '127.0.0.1',
    port: FIRST_DEVICE_PORT + position,
    specificCharacterSet: 'ISO_IR 192',
    hours: kemangHours,
    active: true,
  });
  return {
    organization,
    kemang,
    amsterdam,
    rooms: {
      gp: room(kemang, 'Consultation 1'),
      specialist: room(kemang, 'Consultation 2'),
      ultrasound: room(kemang, 'Ultrasound'),
      xray: room(kemang, 'X-ray'),
      ct: room(kemang, 'CT'),
      amsterdam1: room(amsterdam, 'Spreekkamer 1'),
      amsterdam2: room(amsterdam, 'Spreekkamer 2'),
    },
    devices: {
      US: device('US1', 'Ultrasound 1', 'US', 0),
      CR: device('CR1', 'X-ray 1', 'CR', 1),
      CT: device('CT1', 'CT 1', 'CT', 2),
    },
  };
}
