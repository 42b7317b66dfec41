/** A server whose folder is put back from an older copy: stations find out, go back to what both know, and send again what it lost. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckReport } from '../../main/station/check-store.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { localTime } from '../../shared/kernel/time.ts';
import type { DayView } from '../../shared/scheduling/day-views.ts';
import { ask, createStationWire, enrolByCode } from '../server/station-wire.ts';
import { newPatient } from '../world/new-patient.ts';
import type { Service } from '../world/services.ts';
import { startDemoServer } from '../world/demo-server.ts';
import { freePort, makeFolder, runProgram, until } from '../world/services.ts';
import type { StoreStation } from '../world/store-station.ts';
import { checkStoreStation, newKeys, openStoreStation } from '../world/store-station.ts';

const serverMain = join(import.meta.dirname, '..', '..', 'dist', 'server', 'main.js');

describe('a server that is put back from a copy', () => {
  const folder = makeFolder('put-back');
  const data = join(folder.path, 'server');
  const copy = join(folder.path, 'copy');
  const keys = [newKeys(), newKeys()];
  const dirs = ['a', 'b'].map((name) => join(folder.path, name));
  const acknowledged = new Set<string>();
  let env: Record<string, string> = {};
  let serverUrl = '';
  let server: Service | undefined;
  let a: StoreStation;
  let b: StoreStation;
  let locationId = '';
  let zone = '';

  const start = async (): Promise<Service> => (server = await startDemoServer(data, env));
  const stopServer = async (): Promise<void> => {
    await server?.stop();
    server = undefined;
  };
  const codeOf = (of: Service, location: number): string =>
    of.lines.filter((line) => line.startsWith('enrol code'))[location]?.split(': ')[1] ?? '';
  const isSynced = async (station: StoreStation): Promise<boolean> => {
    const state = await station.sync();
    return state.phase === 'synced' && state.waiting.length === 0;
  };
  const bothSynced = async (): Promise<void> => {
    for (let round = 0; round < 2; round++)
      for (const station of [a, b])
        await until('both to be synced', () => isSynced(station), 90_000).catch(async (error: unknown) => {
          throw new Error(`${String(error)} ${JSON.stringify(await station.sync()).slice(0, 500)}`);
        });
  };
  const run = async (station: StoreStation, ...args: Parameters<StoreStation['run']>): Promise<string> => {
    const answer = await station.run(...args);
    if (!answer.ok) throw new Error(JSON.stringify(answer.violations));
    for (const one of answer.written) acknowledged.add(`${one.kind}/${one.id}`);
    return answer.written[0]?.id ?? '';
  };
  const patientAt = (station: StoreStation, patientId: string): Promise<Doc> =>
    station.view<{ patient: Doc }>('people/patient', { patientId }).then(({ patient }) => patient);

  beforeAll(async () => {
    const port = await freePort();
    serverUrl = `http://127.0.0.1:${port}`;
    env = { PRAXIS_DATA: folder.path, PRAXIS_SERVER_PORT: String(port) };
    const first = await start();
    a = await openStoreStation(dirs[0] ?? '', serverUrl, keys[0] ?? newKeys(), codeOf(first, 0));
    await until('the first load', () => isSynced(a), 120_000);
    await stopServer();
    const second = await start();
    b = await openStoreStation(dirs[1] ?? '', serverUrl, keys[1] ?? newKeys(), codeOf(second, 0));
    await until('the second first load', () => isSynced(b), 120_000);
    for (const station of [a, b]) await station.signIn('manager', 'praxis-manager');
    const { state } = await a.request<{ state: { location: { id: string; zone: string } } }>('session', {
      do: 'state',
    });
    locationId = state.location.id;
    zone = state.location.zone;
  }, 400_000);
  afterAll(async () => {
    for (const station of [a, b]) await station?.kill();
    await server?.kill();
    folder.remove();
  });

  let known = '';
  it('what is in a copy counts as backed up once somebody says so, and not before', async () => {
    known = await run(a, 'people/register', { details: newPatient('Lama', 'Tetap') });
    await bothSynced();
    const through = async (): Promise<number> => {
      const station = createStationWire(serverUrl, await enrolByCode(serverUrl, codeOf(server as Service, 1)));
      const hello = await ask<{ backedUpThrough: number; head: { number: number } }>(`${serverUrl}/sync/v1/hello`, {
        method: 'POST',
        headers: { authorization: station.authorization },
        json: { protocolVersion: 1, lawVersion: 1, contactToken: null, stationSeq: 0, atUtc: new Date().toISOString() },
      });
      // The enrolment of the station that asks is one more.
      expect(hello.body.backedUpThrough).toBeLessThan(hello.body.head.number);
      return hello.body.backedUpThrough;
    };
    expect(await through()).toBe(0);
    await stopServer();
    cpSync(data, copy, { recursive: true });
    const noted = await runProgram(process.execPath, [serverMain, '--data', data, '--backed-up'], env);
    expect([noted.code, noted.stdout]).toEqual([0, expect.stringMatching(/^praxis: noted as backed up at .*\n$/)]);
    await start();
    expect(await through()).toBeGreaterThan(0);
  });

  it('both stations find out, and send again what it lost; nothing acknowledged is missing', async () => {
    await bothSynced();
    const made: string[] = [];
    for (const given of ['Satu', 'Dua', 'Tiga'])
      made.push(await run(a, 'people/register', { details: newPatient('Baru', given) }));
    await until('b to have it', () => patientAt(b, made[2] ?? ''));
    for (const [patientId, address] of [
      [known, 'moved after the copy'],
      [made[0] ?? '', 'moved by the other'],
    ] as const) {
      const seen = { [`patient/${patientId}`]: await patientAt(b, patientId) };
      await run(b, 'people/update', { patientId, details: { address } }, { seen });
    }
    const day = await b.view<DayView>('scheduling/day', {
      locationId,
      fromDay: localTime(new Date().toISOString(), zone).day,
      days: 1,
    });
    const free = day.blocks.filter((block) => !block.encounter && block.appointment.status === 'booked');
    await run(b, 'waiting-room/arrive', { appointmentId: free[0]?.appointment.id });
    await bothSynced();
    await stopServer();
    rmSync(data, { recursive: true });
    cpSync(copy, data, { recursive: true });
    await start();
    // A new set of each, so that the order of what is sent again and what is new is seen too.
    made.push(await run(a, 'people/register', { details: newPatient('Sesudah', 'A') }));
    made.push(await run(b, 'people/register', { details: newPatient('Sesudah', 'B') }));
    await bothSynced();
    for (const station of [a, b]) {
      for (const id of made) await until('every patient', () => patientAt(station, id));
      await until('the address', async () => (await patientAt(station, known))['address'] === 'moved after the copy');
      await until(
        'the other’s',
        async () => (await patientAt(station, made[0] ?? ''))['address'] === 'moved by the other',
      );
      await until('nothing to be ahead', async () => (await station.sync()).aheadOfServer === 0);
    }
  });

  it('a copy that lacks nothing but the last greeting is no second copy', async () => {
    await stopServer();
    rmSync(copy, { recursive: true });
    cpSync(data, copy, { recursive: true });
    for (let i = 0; i < 2; i++) {
      await start();
      const before = (await a.sync()).lastContactUtc;
      await until('a contact', async () => (await isSynced(a)) && (await a.sync()).lastContactUtc !== before, 60_000);
      await stopServer();
    }
    rmSync(data, { recursive: true });
    cpSync(copy, data, { recursive: true });
    await start();
    await run(a, 'people/register', { details: newPatient('Setelah', 'Salinan') });
    await bothSynced();
  });

  it('in the end all three hold the same, and everything that was acknowledged', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await bothSynced();
    for (const station of [a, b]) await station.stop();
    await stopServer();
    const reports: CheckReport[] = [];
    for (const [i, dir] of dirs.entries()) reports.push(await checkStoreStation(dir, keys[i] ?? newKeys()));
    const scopes = reports[0]?.scopes.filter((scope) => reports[1]?.scopes.includes(scope)) ?? [];
    const checked = await runProgram(
      process.execPath,
      [serverMain, '--data', data, '--check', '--scopes', scopes.join(',')],
      env,
    );
    const atServer = JSON.parse(checked.stdout) as CheckReport;
    expect([...reports, atServer].flatMap((report) => report.problems)).toEqual([]);
    for (const kind of ['patient', 'appointment', 'encounter', 'station', 'user', 'task', 'conflict', 'refusal'])
      for (const report of reports)
        expect({ kind, ...report.documents[kind] }).toEqual({ kind, ...atServer.documents[kind] });
    const held = new Set(
      Object.entries(atServer.documents).flatMap(([kind, ids]) => Object.keys(ids).map((id) => `${kind}/${id}`)),
    );
    expect([...acknowledged].filter((one) => !held.has(one))).toEqual([]);
    expect(acknowledged.size).toBeGreaterThan(6);
  });
});
