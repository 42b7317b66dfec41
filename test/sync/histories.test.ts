/**
 * Random histories (design §2, `change-sets.md`): three stations book, receive, move, register and correct the same patients while the server goes away and
 * comes back and stations are killed. In the end nothing acknowledged is missing, and all hold the same documents.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Doc } from '../../shared/kernel/kind.ts';
import { localTime } from '../../shared/kernel/time.ts';
import type { CatalogueView, FreeTimesView } from '../../shared/scheduling/booking-views.ts';
import type { DayBlock, DayView } from '../../shared/scheduling/day-views.ts';
import { nextStage } from '../../shared/waiting-room/rules.ts';
import { seededRandom } from '../../server/demo/dice.ts';
import type { Service } from '../world/services.ts';
import { startDemoServer } from '../world/demo-server.ts';
import { freePort, makeFolder, until } from '../world/services.ts';
import type { StoreStation } from '../world/store-station.ts';
import { checkStoreStation, newKeys, openStoreStation } from '../world/store-station.ts';

const STATIONS = 3;
/** `PRAXIS_HISTORY_STEPS` for longer ones (`npm run proof:histories`). */
const STEPS = Number(process.env['PRAXIS_HISTORY_STEPS'] ?? 46);
const SEED = Number(process.env['PRAXIS_HISTORY_SEED'] ?? 20_261_121);

describe('histories of three stations', () => {
  const folder = makeFolder('histories');
  const random = seededRandom(SEED);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const keys = Array.from({ length: STATIONS }, newKeys);
  const dirs = Array.from({ length: STATIONS }, (_, i) => join(folder.path, `station-${i}`));
  const stations: StoreStation[] = [];
  /** Documents that a station was told are written, and that no undo took back. */
  const acknowledged = new Set<string>();
  let server: Service | undefined;
  let env: Record<string, string> = {};
  let serverUrl = '';
  let locationId = '';
  let today = '';

  const startServer = async (): Promise<Service> => (server = await startDemoServer(join(folder.path, 'server'), env));
  const open = async (i: number, code: string | null): Promise<StoreStation> => {
    const station = await openStoreStation(dirs[i] ?? '', serverUrl, keys[i] ?? newKeys(), code);
    stations[i] = station;
    return station;
  };
  const isSynced = async (station: StoreStation): Promise<boolean> => {
    const state = await station.sync();
    if (state.phase === 'synced' && state.waiting.length === 0) return true;
    throw new Error(JSON.stringify(state));
  };

  beforeAll(async () => {
    mkdirSync(folder.path, { recursive: true });
    const port = await freePort();
    serverUrl = `http://127.0.0.1:${port}`;
    env = { PRAXIS_DATA: folder.path, PRAXIS_SERVER_PORT: String(port), PRAXIS_KEY_DIR: join(folder.path, 'keys') };
    for (let i = 0; i < STATIONS; i++) {
      await server?.stop();
      const { lines } = await startServer();
      const code = lines.find((line) => line.startsWith('enrol code kemang:'))?.split(': ')[1] ?? '';
      const station = await open(i, code.trim());
      await until('the first load', () => isSynced(station), 120_000);
      await station.signIn('manager', 'praxis-manager');
    }
    const { state } = await (stations[0] as StoreStation).request<{
      state: { location: { id: string; zone: string } };
    }>('session', { do: 'state' });
    locationId = state.location.id;
    today = localTime(new Date().toISOString(), state.location.zone).day;
  }, 400_000);
  afterAll(async () => {
    for (const station of stations) await station?.kill();
    await server?.kill();
    folder.remove();
  });

  const dayOf = (station: StoreStation): Promise<DayView> =>
    station.view<DayView>('scheduling/day', { locationId, fromDay: today, days: 1 });
  const note = (answer: Awaited<ReturnType<StoreStation['run']>>, claimed: boolean): void => {
    if (answer.ok && !claimed) for (const one of answer.written) acknowledged.add(`${one.kind}/${one.id}`);
  };
  const seenOf = (kind: string, doc: object): Record<string, Doc> => ({ [`${kind}/${(doc as Doc).id}`]: doc as Doc });
  const somePatient = async (station: StoreStation): Promise<{ id: string; patient: Doc } | undefined> => {
    const { hits } = await station.view<{ hits: Array<{ patientId: string }> }>('people/search', {
      text: pick(['wi', 'sa', 'bud', '김', 'ah']) ?? 'a',
      limit: 8,
    });
    const id = pick(hits)?.patientId;
    return id
      ? { id, patient: (await station.view<{ patient: Doc }>('people/patient', { patientId: id })).patient }
      : undefined;
  };

  const deeds: Record<string, (station: StoreStation) => Promise<void>> = {
    async arrive(station) {
      const block = pick(
        (await dayOf(station)).blocks
          .filter((one) => !one.encounter && one.appointment.status === 'booked')
          .slice(0, 6),
      );
      if (block) note(await station.run('waiting-room/arrive', { appointmentId: block.appointment.id }), false);
    },
    async move(station) {
      const block = pick(
        (await dayOf(station)).blocks.filter(
          (one): one is DayBlock & { encounter: NonNullable<DayBlock['encounter']> } => one.encounter !== null,
        ),
      );
      const to = block && nextStage(block.encounter, true);
      if (block && to)
        note(
          await station.run(
            'waiting-room/move',
            { encounterId: block.encounter.id, to },
            { seen: seenOf('encounter', block.encounter) },
          ),
          false,
        );
    },
    async correct(station) {
      const found = await somePatient(station);
      if (!found) return;
      const details = pick<Record<string, unknown>>([
        { phones: [`08${Math.floor(random() * 1e8)}`] },
        { sex: pick(['F', 'M', 'O']) },
        { address: `Jl. ${Math.floor(random() * 99)}` },
      ]);
      note(
        await station.run(
          'people/update',
          { patientId: found.id, details },
          { seen: seenOf('patient', found.patient) },
        ),
        false,
      );
    },
    async book(station) {
      const catalogue = await station.view<CatalogueView>('scheduling/catalogue', { locationId });
      const service = catalogue.services.find((one) => one.modality === null);
      const found = await somePatient(station);
      const refs = {
        practitionerId: catalogue.practitioners[1]?.id,
        roomId: null,
        deviceId: null,
        serviceId: service?.id,
        locationId,
        durationMin: service?.durationMin,
      };
      const free = await station.view<FreeTimesView>('scheduling/free-times', {
        ...refs,
        patientId: found?.id ?? null,
        fromUtc: new Date().toISOString(),
        ownId: null,
      });
      const slot = free.next[0];
      if (!slot || !found) return;
      const input = {
        ...refs,
        patientId: found.id,
        startsAtUtc: slot.startsAtUtc,
        note: '',
        referringPhysician: '',
        question: '',
        urgent: false,
      };
      note(await station.run('scheduling/book', input), false);
    },
  };

  it('converge, with everything that was acknowledged', async () => {
    for (let step = 0; step < STEPS; step++) {
      const i = Math.floor(random() * STATIONS);
      const station = stations[i] as StoreStation;
      const deed = pick(Object.values(deeds));
      await deed?.(station);
      if (step % 30 === 10) {
        await server?.kill();
        server = undefined;
      }
      if (step % 30 === 25) await startServer();
      if (step % 20 === 15) {
        await station.kill();
        await (await open(i, null)).signIn('manager', 'praxis-manager');
      }
    }
    if (!server) await startServer();
    for (const station of stations) await until('a station to be synced', () => isSynced(station), 120_000);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    for (const station of stations) await until('a station to be synced', () => isSynced(station), 120_000);
    for (const station of stations) await station.stop();
    stations.length = 0;
    await server?.stop();
    server = undefined;
    const reports = [];
    for (let i = 0; i < STATIONS; i++) reports.push(await checkStoreStation(dirs[i] ?? '', keys[i] ?? newKeys()));
    const [first, ...others] = reports;
    expect(reports.flatMap((report) => report.problems)).toEqual([]);
    const shared = [
      'organization',
      'location',
      'user',
      'service',
      'device',
      'patient',
      'appointment',
      'encounter',
      'imagingOrder',
      'conflict',
      'refusal',
      'task',
    ];
    for (const other of others)
      for (const kind of shared)
        expect({ kind, ...other.documents[kind] }).toEqual({ kind, ...first?.documents[kind] });
    const held = new Set(
      Object.entries(first?.documents ?? {}).flatMap(([kind, ids]) => Object.keys(ids).map((id) => `${kind}/${id}`)),
    );
    expect([...acknowledged].filter((one) => !held.has(one))).toEqual([]);
    expect(acknowledged.size).toBeGreaterThan(STEPS / 5);
  }, 3_000_000);
});
