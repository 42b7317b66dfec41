/** The first run without the demo: an empty server, a window that asks, a recovery key shown once, and a manager who can sign in. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionState } from '../../shared/ipc/contract.ts';
import type { Clinic, Station } from '../world/clinic.ts';
import { openClinic } from '../world/clinic.ts';
import { until } from '../world/services.ts';

const pictures = join(import.meta.dirname, '..', '..', 'test-results', 'screens');
type Answer = { ok: true; recoveryKey: string | null } | { ok: false; code: string };

describe('the first run', () => {
  let clinic: Clinic;
  let station: Station;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    clinic = await openClinic();
    await clinic.startServer('--empty');
    station = await clinic.openStation('one');
  });
  afterAll(() => clinic?.close());

  const phase = async (): Promise<string> =>
    (await station.request<{ state: SessionState }>('session', { do: 'state' })).state.phase;
  const setUp = {
    do: 'setUp',
    organizationName: 'Klinik Baru',
    locationName: 'Ubud',
    zone: 'Asia/Makassar',
    currency: 'IDR',
    managerName: 'Made Sutrisna',
    username: 'made',
    password: 'a long enough password',
  };

  it('asks in the window, and answers nothing else', async () => {
    expect(await phase()).toBe('first-run');
    await station.page.waitForSelector('h1');
    await station.page.screenshot({ path: join(pictures, 'first-run-light-1440.png') });
    await expect(station.run('people/register', {})).rejects.toThrow();
  });

  it('refuses a password that is too short', async () => {
    await expect(station.request('station', { ...setUp, password: 'short6789' })).rejects.toThrow('malformed');
    expect(await phase()).toBe('first-run');
  });

  it('sets the clinic up, enrols this station and shows the recovery key once', async () => {
    const first = await station.request<Answer>('station', setUp);
    expect(first).toMatchObject({ ok: true });
    expect(first.ok && first.recoveryKey).toMatch(/^([0-9A-Z]{3}-){23}[0-9A-Z]{3}$/);
    await until('the sign-in', async () => (await phase()) === 'signed-out');
    await until(
      'the manager is known',
      async () =>
        (await station.request<{ state: SessionState }>('session', { do: 'state' })).state.people.length === 1,
    );
    const answer = await station.request<{ failure: string | null }>('session', {
      do: 'signIn',
      username: 'made',
      password: setUp.password,
    });
    expect(answer.failure).toBeNull();
  });

  it('cannot be set up a second time', async () => {
    await expect(station.request('station', setUp)).rejects.toThrow();
  });
});
