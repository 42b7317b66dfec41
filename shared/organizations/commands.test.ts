import { expect, it } from 'vitest';
import { authorOf, createDeskWorld } from '../../test/world/desk-world.ts';
import { AT_UTC, ids } from '../../test/world/linked-documents.ts';
import { kinds } from '../collections.ts';

const server = { ...authorOf(ids.station), permissions: new Set(['system.load' as const]) };
const names = { organizationId: ids.organization, locationId: ids.location, userId: ids.user };
const input = {
  ...names,
  organizationName: 'Klinik',
  locationName: 'Kemang',
  zone: 'Asia/Jakarta',
  currency: 'IDR',
  managerName: 'Sari',
  username: 'sari',
};
const setUp = (more: object, side?: 'server') =>
  createDeskWorld({}, AT_UTC, ids.location).give(
    server,
    'organizations/set-up',
    { ...input, ...more },
    side ? { side } : {},
  );

it('ORG-1: organization, location and manager are made by the server alone', async () => {
  expect(await setUp({})).toMatchObject({ ok: false, error: [{ code: 'servers-own' }] });
  const made = await setUp({}, 'server');
  expect(made.ok && made.value.written.map(({ kind, id }) => [kind, id])).toEqual([
    ['organization', ids.organization],
    ['location', ids.location],
    ['user', ids.user],
  ]);
});

it('ORG-2: a location has a zone of the world', async () => {
  expect(await setUp({ zone: 'Mars/Olympus' }, 'server')).toMatchObject({ ok: false, error: [{ field: 'zone' }] });
});

it('ORG-3: hours and closures end after they begin; a day ends at 24:00', () => {
  const place = {
    id: ids.location,
    name: 'Kemang',
    address: [],
    phone: '',
    zone: 'Asia/Jakarta',
    locale: 'en',
    closures: [],
  };
  const isKnown = (from: string, to: string): boolean =>
    kinds['location']?.schema.safeParse({ ...place, hours: [{ weekday: 1, from, to }] }).success ?? false;
  expect([isKnown('08:00', '17:00'), isKnown('00:00', '24:00')]).toEqual([true, true]);
  expect([isKnown('17:00', '08:00'), isKnown('08:00', '08:00')]).toEqual([false, false]);
});
