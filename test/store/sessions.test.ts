/** Who sits at a window: what a slow check of a password must not do to whoever came meanwhile. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Cabinet } from '../../main/cabinet/cabinet.ts';
import { openCabinet } from '../../main/cabinet/cabinet.ts';
import { openEncryptedFile } from '../../main/cabinet/sqlite/open-file.ts';
import { createSessions } from '../../main/station/sessions/sessions.ts';
import { createVerifierStore } from '../../main/station/sessions/verifiers.ts';
import type { Role } from '../../shared/access/permissions.ts';
import { id, kemang } from '../world/front-desk-world.ts';
import { makeFolder } from '../world/services.ts';

const anna = id(2, 40);
const budi = id(2, 41);
/** Weak on purpose: the check is real, and quick. */
const quick = { memoryCost: 1024, timeCost: 1, parallelism: 1 };

let folder: ReturnType<typeof makeFolder>;
let cabinet: Cabinet;
let sessions: ReturnType<typeof createSessions>;
let changed: number[];

beforeEach(async () => {
  folder = makeFolder('sessions');
  const opened = openEncryptedFile({ file: join(folder.path, 'store.db'), keyHex: randomBytes(32).toString('hex') });
  if (!opened.ok) throw new Error(opened.error.code);
  cabinet = await openCabinet(opened.value);
  const people = [
    { id: anna, name: 'Anna', role: 'receptionist' },
    { id: budi, name: 'Budi', role: 'doctor' },
  ] satisfies Array<{ id: string; name: string; role: Role }>;
  cabinet.write(
    people.map((one) => ({
      kind: 'user',
      id: one.id,
      number: 1,
      doc: {
        id: one.id,
        username: one.name.toLowerCase(),
        name: one.name,
        credentials: '',
        roles: [one.role],
        active: true,
        locationIds: [kemang],
        locale: 'en',
        specialty: '',
        practices: [],
        absences: [],
      },
    })),
    'test',
  );
  const verifiers = createVerifierStore(cabinet.db);
  verifiers.replace(
    await Promise.all(
      people.map(async (one) => ({
        userId: one.id,
        username: one.name.toLowerCase(),
        roles: [one.role],
        verifier: await hash(`${one.name}-password`, quick),
        demo: false,
      })),
    ),
  );
  changed = [];
  sessions = createSessions({
    cabinet,
    verifiers,
    identity: {
      stationId: id(30, 1),
      stationCode: 'K2',
      stationName: 'Front desk',
      profile: 'all',
      secret: '',
      organizationId: id(9, 1),
      locationId: kemang,
      serverUrl: '',
    },
    clock: { nowMs: () => 0, machineNowMs: () => 0 },
    onChanged: (windowId) => changed.push(windowId),
  });
});
afterEach(async () => {
  await cabinet.close();
  folder.remove();
});

const signIn = (name: string, password = `${name}-password`) =>
  sessions.handle(1, { do: 'signIn', username: name.toLowerCase(), password });
const whoActs = (): string | undefined => sessions.author(1)?.id;

it('a sign-in that was still being checked does not take the seat of whoever came meanwhile', async () => {
  const late = signIn('Anna');
  const first = signIn('Budi');
  const winner = await Promise.race([late.then(() => anna), first.then(() => budi)]);
  await Promise.all([late, first]);
  expect([whoActs(), changed.length]).toEqual([winner, 1]);
});

it('a check that ends after the window was closed seats nobody there', async () => {
  const late = signIn('Anna');
  sessions.leave(1);
  expect(await late).toBe(null);
  expect([sessions.windowsOf(), changed]).toEqual([[], []]);
});

it('a glass that somebody broke is not broken for the person after them', async () => {
  await signIn('Anna');
  await sessions.handle(1, { do: 'lock' });
  await sessions.handle(1, { do: 'unlock', userId: budi, secret: 'Budi-password' });
  sessions.breakGlass(1, anna);
  expect(sessions.isGlassBroken(1)).toBe(false);
  sessions.breakGlass(1, budi);
  expect(sessions.isGlassBroken(1)).toBe(true);
});

it('many guesses at once are as many tries', async () => {
  await Promise.all(['1', '2', '3', '4', '5'].map((wrong) => signIn('Anna', wrong)));
  expect(await signIn('Anna')).toBe('too-many');
});
