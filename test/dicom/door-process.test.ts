import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openObject } from '../../main/vault/object-file.ts';
import type { ReceivedInstance } from '../../main/dicom/ports.ts';
import type { DoorMessage, ParentMessage } from '../../main/dicom/process-messages.ts';
import { dcmtk, device, filesOf, sha256 } from './door-fixture.ts';
import { associate, statusOf, storeRequest } from './raw-peer.ts';

const entry = join(import.meta.dirname, '../../main/dicom/process.ts');
const key = randomBytes(32);
let folder: string;
let child: ChildProcess;
let heard: DoorMessage[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-door-process-'));
});
afterEach(async () => {
  await kill();
  rmSync(folder, { recursive: true, force: true });
});

function post(message: ParentMessage): void {
  child.send(message);
}

async function until<T>(find: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = find();
    if (found !== undefined) return found;
    await setTimeout(25);
  }
  throw new Error(`nothing of that kind heard: ${JSON.stringify(heard.map(({ type }) => type))}`);
}

function hear<Type extends DoorMessage['type']>(type: Type): Promise<Extract<DoorMessage, { type: Type }>> {
  return until(() => heard.find((message): message is Extract<DoorMessage, { type: Type }> => message.type === type));
}

async function start(
  drainedThrough = 0,
  steps: Extract<ParentMessage, { type: 'start' }>['steps'] = [],
): Promise<number> {
  heard = [];
  child = fork(entry, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.on('message', (message) => heard.push(message as DoorMessage));
  post({
    type: 'start',
    host: '127.0.0.1',
    port: 0,
    aeTitle: 'PRAXIS',
    objectFolder: join(folder, 'objects'),
    journalFile: join(folder, 'journal'),
    objectKeyBase64: key.toString('base64'),
    devices: [device('CT1')],
    steps,
    timeZone: 'Europe/Berlin',
    drainedThrough,
  });
  return (await hear('listening')).port;
}

async function kill(): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

const received = (): ReceivedInstance[] =>
  heard.flatMap((message) => (message.type === 'received' ? [message.instance] : []));

async function storedHash(instance: ReceivedInstance): Promise<string> {
  const opened = await openObject(join(folder, 'objects', instance.fileName), key);
  if (!opened.ok) throw new Error(opened.why);
  const read = await opened.object.read(0, opened.object.length);
  await opened.object.close();
  if (!read.ok) throw new Error(read.why);
  return sha256(read.bytes);
}

describe('the door as a process', () => {
  it('has every object it acknowledged after kill -9 in the middle of receiving', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const port = await start();
      const senders = Array.from({ length: 4 }, async (_, sender) => {
        const peer = await associate(port);
        for (let index = 0; ; index += 1) {
          const dataset = randomBytes(40_000 + 1000 * sender);
          peer.send(storeRequest(`1.2.${round + 1}.${sender + 1}.${index + 1}`, dataset));
          const answer = await peer.next();
          if (answer === undefined) return;
          if (statusOf(answer) === 0) acknowledged.push(sha256(dataset));
        }
      });
      await until(() => (acknowledged.length > 12 * (round + 1) ? true : undefined));
      await setTimeout(40 * round);
      await kill();
      await Promise.all(senders);
    }
    await start();
    const { report } = await hear('listening');
    expect(report).toMatchObject({ damagedSeqs: [], missingFileSeqs: [] });
    await until(() => (received().length === Math.min(256, report.lines) ? true : undefined));
    const kept = new Set(await Promise.all(received().map(storedHash)));
    expect(acknowledged.filter((hash) => !kept.has(hash))).toEqual([]);
    expect(received().map(({ journalSeq }) => journalSeq)).toEqual(received().map((_, index) => index + 1));
    expect(filesOf(join(folder, 'objects')).parts).toEqual([]);
  });

  it('tells what it received until the store holds it, and again after the store restarted', async () => {
    const port = await start();
    const peer = await associate(port);
    for (let index = 1; index <= 3; index += 1) {
      peer.send(storeRequest(`1.2.${index}`, randomBytes(100)));
      await peer.next();
    }
    peer.socket.destroy();
    await until(() => (received().length === 3 ? true : undefined));
    post({ type: 'drained', drainedThrough: 1, eventsThrough: 0 });
    post({ type: 'resume', drainedThrough: 1 });
    await until(() => (received().length === 5 ? true : undefined));
    expect(received().map(({ journalSeq }) => journalSeq)).toEqual([1, 2, 3, 2, 3]);
    await kill();
    await start(2);
    await until(() => (received().length === 1 ? true : undefined));
    expect(received()[0]?.journalSeq).toBe(3);
  });

  it('answers the worklist that it was told last, and takes devices from the moment it is told', async () => {
    const port = await start();
    const find = () =>
      dcmtk('findscu', [
        '-W',
        '-aet',
        'CT1',
        '-aec',
        'PRAXIS',
        '127.0.0.1',
        String(port),
        '-k',
        'PatientID',
        '-k',
        'AccessionNumber',
        '-k',
        'ScheduledProcedureStepSequence[0].ScheduledProcedureStepStartDate=20260101-20261231',
      ]);
    expect((await find()).output).not.toContain('Find Response');
    post({ type: 'worklist', steps: [step] });
    const answered = await find();
    expect(answered.output).toContain('K2-000123');
    const query = await until(() =>
      heard.find(
        (message) =>
          message.type === 'event' &&
          message.event.kind === 'worklistQuery' &&
          message.event.answeredStepIds.length === 1,
      ),
    );
    expect(query).toMatchObject({ event: { answeredStepIds: ['step-1'], callingAeTitle: 'CT1' } });
    post({ type: 'devices', devices: [] });
    await setTimeout(50);
    expect((await dcmtk('echoscu', ['-aet', 'CT1', '-aec', 'PRAXIS', '127.0.0.1', String(port)])).code).toBe(1);
  });

  it('says what is wrong with a message without its content, and stops when told', async () => {
    const port = await start();
    child.send({ type: 'worklist', steps: [{ patientName: 'Mueller' }] });
    const { entry: line } = await until(() => heard.find((message) => message.type === 'log'));
    expect(JSON.stringify(line)).toContain('bad_parent_message');
    expect(JSON.stringify(line)).not.toContain('Mueller');
    const exit = new Promise((resolve) => child.once('exit', resolve));
    post({ type: 'stop' });
    await hear('stopped');
    expect(await exit).toBe(0);
    expect((await dcmtk('echoscu', ['-aet', 'CT1', '-aec', 'PRAXIS', '127.0.0.1', String(port)])).code).toBe(1);
  });

  it('says so when the journal belongs to another key, and leaves it as it was', async () => {
    await start();
    await kill();
    child = fork(entry, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    heard = [];
    child.on('message', (message) => heard.push(message as DoorMessage));
    post({
      type: 'start',
      host: '127.0.0.1',
      port: 0,
      aeTitle: 'PRAXIS',
      objectFolder: join(folder, 'objects'),
      journalFile: join(folder, 'journal'),
      objectKeyBase64: randomBytes(32).toString('base64'),
      devices: [],
      steps: [],
      timeZone: 'UTC',
      drainedThrough: 0,
    });
    expect(await hear('failed')).toMatchObject({ code: 'not_a_journal' });
  });
});

const name = { alphabetic: 'Yamada^Tarou', ideographic: '', phonetic: '' };
const step = {
  stepId: 'step-1',
  accessionNumber: 'K2-000123',
  studyInstanceUid: '1.2.3.4',
  requestedProcedureId: 'RP1',
  requestedProcedureDescription: 'CT chest',
  stepDescription: 'CT chest',
  startDate: '20260110',
  startTime: '090000',
  modality: 'CT',
  stationAeTitle: 'CT1',
  stationName: 'CT',
  location: 'Room 1',
  performingPhysician: name,
  referringPhysician: name,
  requestingPhysician: name,
  patientPresent: true,
  patientName: name,
  patientId: 'P1',
  patientBirthDate: '19700101',
  patientSex: 'M' as const,
  patientWeightKg: '',
  allergies: '',
  medicalAlerts: '',
  pregnancyStatus: '' as const,
};
