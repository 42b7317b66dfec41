/** A workstation whose disk is full, or cannot be written: a clear word, nothing by halves, the process lives (issue 3, "Bad input"). */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPatient } from '../world/new-patient.ts';
import type { Service } from '../world/services.ts';
import { startDemoServer } from '../world/demo-server.ts';
import { freePort, makeFolder, runProgram, until } from '../world/services.ts';
import type { SmallDisk } from '../world/small-disk.ts';
import { fillDisk, mountSmallDisk } from '../world/small-disk.ts';
import type { StoreStation } from '../world/store-station.ts';
import { checkStoreStation, newKeys, openStoreStation } from '../world/store-station.ts';

const probe = mountSmallDisk('1m');
probe?.remove();
const main = join(import.meta.dirname, '..', '..', 'dist', 'main', 'main.js');

const detailsOf = (given: string) => ({
  ...newPatient('Penuh', given),
  address: 'x'.repeat(300),
  alerts: Array.from({ length: 10 }, () => 'y'.repeat(80)),
});

describe.skipIf(!probe)(`a station's disk${probe ? '' : ' — SKIPPED: tmpfs cannot be mounted here'}`, () => {
  const folder = makeFolder('disk');
  const keys = newKeys();
  let disk: SmallDisk;
  let server: Service;
  let serverUrl = '';
  let station: StoreStation;
  let dataDir = '';
  let filler = '';
  const taken: string[] = [];

  beforeAll(async () => {
    disk = mountSmallDisk('150m') as SmallDisk;
    dataDir = join(disk.path, 'station');
    filler = join(disk.path, 'filler');
    const port = await freePort();
    serverUrl = `http://127.0.0.1:${port}`;
    const env = { PRAXIS_DATA: folder.path, PRAXIS_SERVER_PORT: String(port) };
    server = await startDemoServer(join(folder.path, 'server'), env);
    const code = server.lines.find((line) => line.startsWith('enrol code kemang:'))?.split(': ')[1] ?? '';
    station = await openStoreStation(dataDir, serverUrl, keys, code);
    await until('the first load', () => isSynced(station), 120_000);
    await station.signIn('manager', 'praxis-manager');
  }, 300_000);
  afterAll(async () => {
    await station?.kill();
    await server?.kill();
    disk?.remove();
    folder.remove();
  });

  const isSynced = async (one: StoreStation): Promise<boolean> => {
    const state = await one.sync();
    return state.phase === 'synced' && state.waiting.length === 0;
  };
  const draft = (text: string): Promise<unknown> =>
    station.request('draft', { do: 'save', key: 'note/x', patientId: null, body: { text }, seen: {} });
  const register = async (given: string): Promise<string> => {
    const answer = await station.run('people/register', { details: detailsOf(given) });
    if (!answer.ok) throw new Error(answer.violations[0]?.code);
    return answer.written[0]?.id ?? '';
  };
  const numberOf = async (patientId: string): Promise<number> => {
    const { patient } = await station.view<{ patient: { recordNumber: string } }>('people/patient', { patientId });
    return Number(patient.recordNumber.split('-')[1]);
  };

  it('full: a command is refused with one code, and nothing of it is there', async () => {
    await server.stop();
    taken.push(await register('First'));
    fillDisk(filler);
    // The write-ahead log goes round in the room that it has: drafts use that up first.
    const text = 'z'.repeat(60_000);
    await expect(
      (async () => {
        for (let i = 0; i < 3000; i++) await draft(`${i}${text}`);
      })(),
    ).rejects.toThrow('disk-full');
    let why = '';
    for (let i = 0; i < 5000 && why === ''; i++) {
      try {
        taken.push(await register(`Before${i}`));
      } catch (error) {
        why = error instanceof Error ? error.message : '';
      }
    }
    expect(why).toBe('disk-full');
    const { hits } = await station.view<{ hits: unknown[] }>('people/search', {
      text: `Penuh Before${taken.length}`,
      limit: 5,
    });
    expect(hits).toEqual([]);
    await expect(draft(text)).rejects.toThrow('disk-full');
  });

  it('full: the process lives, shows what it has, and says what is wrong', async () => {
    // Longer than a journal of reads, a housekeeping round and a try of the postman take.
    for (let i = 0; i < 14; i++) {
      await station.view('people/patient', { patientId: taken[0] ?? '' });
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    await expect(register('Still')).rejects.toThrow('disk-full');
    const env = { PRAXIS_DATA: folder.path, PRAXIS_SERVER_PORT: new URL(serverUrl).port };
    server = await startDemoServer(join(folder.path, 'server'), env);
    await until('the pill to say it', async () => {
      const { phase, why } = await station.sync();
      return phase === 'stuck' && why === 'disk-full';
    });
  });

  it('full: after a power cut it opens again and shows what it has', async () => {
    await station.kill();
    station = await openStoreStation(dataDir, serverUrl, keys, null);
    await station.signIn('manager', 'praxis-manager');
    await station.view('people/patient', { patientId: taken.at(-1) ?? '' });
  });

  it('with room again everything works, the numbers go on without a gap, and all that was taken is there', async () => {
    rmSync(filler);
    const next = await register('After');
    expect(await numberOf(next)).toBe(taken.length + 1);
    await until('the station to be synced', () => isSynced(station), 60_000).catch(async (error: unknown) => {
      throw new Error(`${String(error)} ${taken.length} ${JSON.stringify(await station.sync()).slice(0, 600)}`);
    });
    await station.stop();
    const report = await checkStoreStation(dataDir, keys);
    expect(report.problems).toEqual([]);
    expect([...taken, next].filter((id) => !report.documents['patient']?.[id])).toEqual([]);
  });
});

describe.skipIf(!probe)(
  `a data folder that cannot be written${probe ? '' : ' — SKIPPED: tmpfs cannot be mounted here'}`,
  () => {
    const start = (disk: SmallDisk, data: string) =>
      runProgram(
        process.execPath,
        [main, '--data', join(disk.path, data), '--no-window', '--enrol', 'ABCD-EFGH-JKMN'],
        {
          PRAXIS_DATA: disk.path,
          PRAXIS_KEY_DIR: join(disk.path, 'keys'),
          PRAXIS_SERVER_PORT: '1',
          PRAXIS_DICOM_PORT: '0',
        },
      );

    it('read-only, new or known: one line, and an exit code', async () => {
      const disk = mountSmallDisk('20m') as SmallDisk;
      try {
        const first = await start(disk, 'known');
        expect([first.code, first.stderr]).toEqual([1, 'praxis: workstation: enrolment: server-unreachable\n']);
        expect(existsSync(join(disk.path, 'known', 'store.db'))).toBe(true);
        disk.makeReadOnly();
        for (const data of ['new', 'known']) {
          const refused = await start(disk, data);
          expect([data, refused.code]).toEqual([data, 1]);
          expect(refused.stderr).toMatch(/^praxis: workstation: the data folder \S+ cannot be written: EROFS\n$/);
        }
      } finally {
        disk.remove();
      }
    });

    it('full at the first start: one line, and an exit code', async () => {
      const disk = mountSmallDisk('4m') as SmallDisk;
      try {
        fillDisk(join(disk.path, 'filler'));
        const refused = await start(disk, 'new');
        expect(refused.code).toBe(1);
        expect(refused.stderr).toMatch(/^praxis: workstation: [^\n]*(?:full|ENOSPC)[^\n]*\n$/);
      } finally {
        disk.remove();
      }
    });
  },
);
