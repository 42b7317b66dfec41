import { expect, it } from 'vitest';
import { authorOf, createDeskWorld } from '../../test/world/desk-world.ts';
import { AT_UTC, ids, linkedDocuments } from '../../test/world/linked-documents.ts';
import type { Doc } from '../kernel/kind.ts';

/** The desk world's own station. */
const OWN = '01999998-0000-7000-8000-000000000001';
const manager = authorOf(ids.user, 'manager');
const station = (id: string, revokedAtUtc: string | null = null): Doc => ({
  id,
  code: 'K2',
  name: 'Desk',
  locationId: ids.location,
  profile: 'all',
  enrolledAtUtc: AT_UTC,
  revokedAtUtc,
});
const docs = { ...linkedDocuments, station: [station(OWN), station(ids.station)] };

const give = async (
  name: string,
  input: Record<string, unknown>,
  options: { reason?: string; side?: 'server' } = {},
  world: Record<string, readonly Doc[]> = docs,
) => {
  const answer = await createDeskWorld(world, AT_UTC, ids.location).give(manager, name, input, options);
  return answer.ok
    ? answer.value.written.map(({ after }) => after)
    : answer.error.map((one) => `${one.law} ${one.code}`);
};

it('STATION-1, STATION-2: a station writes no station', async () => {
  const reason = 'Stolen';
  expect(await give('stations/revoke', { stationId: ids.station }, { reason })).toEqual(['KERNEL-11 servers-own']);
  expect(await give('stations/issue-code', { locationId: ids.location, expiresAtUtc: AT_UTC })).toEqual([
    'KERNEL-11 servers-own',
  ]);
});

it('STATION-2: it is revoked with a reason, once', async () => {
  const input = { stationId: ids.station };
  expect(await give('stations/revoke', input, { side: 'server' })).toEqual(['KERNEL-7 reason-needed']);
  const stolen = { side: 'server', reason: 'Stolen' } as const;
  expect(await give('stations/revoke', input, stolen)).toMatchObject([{ id: ids.station, revokedAtUtc: AT_UTC }]);
  const again = { ...docs, station: [station(ids.station, '2026-11-19T03:00:00.000Z')] };
  expect(await give('stations/revoke', input, stolen, again)).toEqual(['STATION-2 already-revoked']);
});

it('STATION-4: a station’s glass is broken at the station itself, with a reason, and a manager finds it', async () => {
  const reason = 'The line is cut';
  expect(await give('stations/break-glass', { stationId: OWN })).toEqual(['KERNEL-7 reason-needed']);
  expect(await give('stations/break-glass', { stationId: ids.station }, { reason })).toEqual([
    'STATION-4 another-station',
  ]);
  expect(await give('stations/break-glass', { stationId: OWN }, { reason })).toMatchObject([
    { reason: 'break-glass', aboutId: OWN, violations: [{ params: { name: 'someone', station: 'Desk', reason } }] },
  ]);
});
