import { hash } from '@node-rs/argon2';
import Database from 'better-sqlite3-multiple-ciphers';
import { expect, test } from 'vitest';
import type { User } from '../../../shared/users/schema.ts';
import { prepareOwnTables } from '../../cabinet/own-tables.ts';
import { createSessions } from './sessions.ts';
import { createVerifierStore } from './verifiers.ts';

const userId = '01900000-0000-7000-8000-000000000001';
const doctor: User = {
  id: userId,
  username: 'doctor',
  name: 'Ana',
  credentials: '',
  roles: ['doctor'],
  active: true,
  locationIds: [],
  locale: 'en',
  specialty: '',
  practices: [],
  absences: [],
};
const MINUTE_MS = 60_000;

test('ACCESS-4: a proof is as old as the last PIN or password at this window; another window has none', async () => {
  const db = new Database(':memory:');
  prepareOwnTables(db);
  const verifiers = createVerifierStore(db);
  const verifier = await hash('a long password');
  verifiers.replace([{ userId, username: 'doctor', roles: ['doctor'], verifier, demo: false }]);
  let nowMs = 1_000_000;
  const sessions = createSessions({
    cabinet: {
      getHeld: (kind, id) => (kind === 'user' && id === userId ? { doc: doctor, number: 1 } : undefined),
      meta: { get: () => undefined },
    },
    verifiers,
    identity: {
      organizationId: userId,
      stationId: userId,
      stationCode: 'K1',
      stationName: 'K1',
      locationId: userId,
      profile: 'all',
      secret: '',
      serverUrl: '',
    },
    clock: { nowMs: () => nowMs, machineNowMs: () => nowMs },
    onChanged: () => undefined,
  });
  expect(sessions.isProven(1, 15)).toBe(false);
  await sessions.handle(1, { do: 'signIn', username: 'doctor', password: 'a long password' });
  expect([sessions.isProven(1, 15), sessions.isProven(2, 15)]).toEqual([true, false]);
  nowMs += 16 * MINUTE_MS;
  expect(sessions.isProven(1, 15)).toBe(false);
  expect(await sessions.handle(1, { do: 'unlock', userId, secret: 'wrong' })).toBe('wrong');
  expect(sessions.isProven(1, 15)).toBe(false);
  expect(await sessions.handle(1, { do: 'unlock', userId, secret: 'a long password' })).toBe(null);
  expect(sessions.isProven(1, 15)).toBe(true);
  await sessions.handle(1, { do: 'signOut' });
  expect(sessions.isProven(1, 15)).toBe(false);
});
