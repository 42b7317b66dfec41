/** Two workstations whose clocks are an hour off, one ahead and one behind: minutes, order and documents' times stay right (design §4, Time). */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Doc } from '../../shared/kernel/kind.ts';
import { localTime } from '../../shared/kernel/time.ts';
import type { DayView } from '../../shared/scheduling/day-views.ts';
import type { Board } from '../../shared/waiting-room/board-view.ts';
import { paceOf } from '../../shared/waiting-room/limits.ts';
import type { Service } from '../world/services.ts';
import { startDemoServer } from '../world/demo-server.ts';
import { freePort, makeFolder, until } from '../world/services.ts';
import type { StoreStation } from '../world/store-station.ts';
import { newKeys, openStoreStation } from '../world/store-station.ts';

const HOUR_MS = 3_600_000;
const NEAR_MS = 20_000;

describe('clocks an hour off', () => {
  const folder = makeFolder('clocks');
  const keys = [newKeys(), newKeys()];
  let serverUrl = '';
  let env: Record<string, string> = {};
  let server: Service;
  let ahead: StoreStation;
  let behind: StoreStation;
  let locationId = '';
  let zone = '';

  const isSynced = async (station: StoreStation): Promise<boolean> => {
    const state = await station.sync();
    return state.phase === 'synced' && state.waiting.length === 0;
  };
  const open = async (i: number, clockMs: number, code: string | null): Promise<StoreStation> => {
    const station = await openStoreStation(
      join(folder.path, `station-${i}`),
      serverUrl,
      keys[i] ?? newKeys(),
      code,
      clockMs,
    );
    if (code) await until('the first load', () => isSynced(station), 120_000);
    await station.signIn('manager', 'praxis-manager');
    return station;
  };

  beforeAll(async () => {
    const port = await freePort();
    serverUrl = `http://127.0.0.1:${port}`;
    env = { PRAXIS_DATA: folder.path, PRAXIS_SERVER_PORT: String(port), PRAXIS_KEY_DIR: join(folder.path, 'keys') };
    server = await startDemoServer(join(folder.path, 'server'), env);
    const codes = server.lines.filter((line) => line.startsWith('enrol code')).map((line) => line.split(': ')[1] ?? '');
    ahead = await open(0, HOUR_MS, codes[0] ?? '');
    behind = await open(1, -HOUR_MS, codes[1] ?? '');
    const { state } = await ahead.request<{ state: { location: { id: string; zone: string } } }>('session', {
      do: 'state',
    });
    locationId = state.location.id;
    zone = state.location.zone;
  }, 300_000);
  afterAll(async () => {
    for (const station of [ahead, behind]) await station?.kill();
    await server?.kill();
    folder.remove();
  });

  const trueNow = (): string => new Date().toISOString();
  const cardOf = async (station: StoreStation, encounterId: string) =>
    (await station.view<Board>('waiting-room/board', { locationId })).cards.find(
      (card) => card.encounter.id === encounterId,
    );
  const isNow = (instantUtc: string | undefined): boolean =>
    Math.abs(Date.parse(instantUtc ?? '') - Date.now()) < NEAR_MS;

  it('measures how far off it is', async () => {
    expect((await ahead.sync()).clockOffsetMs / HOUR_MS).toBeCloseTo(-1, 2);
    expect((await behind.sync()).clockOffsetMs / HOUR_MS).toBeCloseTo(1, 2);
  });

  it('minutes on the board are right on both, whoever wrote the step', async () => {
    const day = await ahead.view<DayView>('scheduling/day', {
      locationId,
      fromDay: localTime(trueNow(), zone).day,
      days: 1,
    });
    const free = day.blocks.filter((block) => !block.encounter && block.appointment.status === 'booked');
    for (const [writer, reader, block] of [
      [ahead, behind, free[0]],
      [behind, ahead, free[1]],
    ] as const) {
      const arrived = await writer.run('waiting-room/arrive', { appointmentId: block?.appointment.id });
      const encounterId = (arrived.ok && arrived.written[0]?.id) || '';
      const card = await until('the card on the other board', () => cardOf(reader, encounterId));
      expect(isNow(card.encounter.openedAtUtc)).toBe(true);
      const moved = await reader.run(
        'waiting-room/move',
        { encounterId, to: 'waiting' },
        { seen: { [`encounter/${encounterId}`]: card.encounter as unknown as Doc } },
      );
      expect(moved.ok).toBe(true);
      const back = await until('the step back at the writer', async () => {
        const one = await cardOf(writer, encounterId);
        return one?.encounter.steps.length === 2 ? one : undefined;
      });
      const times = back.encounter.steps.map((step) => step.atUtc);
      expect(times.every(isNow)).toBe(true);
      expect(times).toEqual(times.toSorted());
      expect(paceOf(back.encounter, trueNow())).toMatchObject({ minutes: 0, totalMinutes: 0 });
    }
  });

  it('what was written last stands, though its clock is two hours behind', async () => {
    const { hits } = await ahead.view<{ hits: Array<{ patientId: string }> }>('people/search', {
      text: 'wi',
      limit: 5,
    });
    const patientId = hits[0]?.patientId ?? '';
    const patientAt = (station: StoreStation) =>
      station.view<{ patient: Doc }>('people/patient', { patientId }).then(({ patient }) => patient);
    const write = async (station: StoreStation, address: string): Promise<void> => {
      const seen = { [`patient/${patientId}`]: await patientAt(station) };
      const answer = await station.run('people/update', { patientId, details: { address } }, { seen });
      expect(answer.ok).toBe(true);
      await until('it to be sent', () => isSynced(station));
    };
    await write(ahead, 'first');
    await until('it to come', async () => (await patientAt(behind))['address'] === 'first');
    await write(behind, 'second');
    await until('it to come', async () => (await patientAt(ahead))['address'] === 'second');
    expect(await ahead.view<{ conflicts?: unknown[] }>('inbox/count', { locationId })).toMatchObject({ open: 0 });
  });

  it('the offset holds offline and over a restart; a clock that was set right is measured anew', async () => {
    await server.stop();
    await ahead.stop();
    ahead = await open(0, HOUR_MS, null);
    expect((await ahead.sync()).phase).not.toBe('synced');
    expect((await ahead.sync()).clockOffsetMs / HOUR_MS).toBeCloseTo(-1, 2);
    await ahead.stop();
    server = await startDemoServer(join(folder.path, 'server'), env);
    ahead = await open(0, 0, null);
    await until('the first contact', () => isSynced(ahead));
    expect(Math.abs((await ahead.sync()).clockOffsetMs)).toBeLessThan(NEAR_MS);
  });
});
