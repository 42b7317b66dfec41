/**
 * No patient data outside the stores (issue 3, "Bad input"): a day's slice with a patient whose data can be found again, good and bad input at every
 * door, then a search through logs, terminals, file names, temp folders and the station's encrypted files.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { CatalogueView, FreeTimesView } from '../../shared/scheduling/booking-views.ts';
import { associate, ctImageStorage, explicit, storeRequest } from '../dicom/raw-peer.ts';
import { createRealStation } from '../server/real-station.ts';
import { ask, createStationWire, enrolByCode } from '../server/station-wire.ts';
import { canary, findMarks, marksIn } from '../world/canary.ts';
import type { Clinic, Station } from '../world/clinic.ts';
import { openClinic } from '../world/clinic.ts';
import { findWorklist, prepareImages, sendImages } from '../world/scanner.ts';
import type { Service } from '../world/services.ts';
import { runProgram, until } from '../world/services.ts';

const samples = join(import.meta.dirname, '..', 'samples', 'dicom');
const sample = (folder: string, name: RegExp): string[] =>
  readdirSync(join(samples, folder))
    .filter((file) => name.test(file))
    .map((file) => join(samples, folder, file));

const name = { family: canary.family, given: canary.given, text: '' };
const details = {
  names: [{ use: 'official', written: name, latin: name, phonetic: { family: '', given: '', text: '' } }],
  sex: 'F',
  birthDate: canary.birthDate,
  phones: [canary.phone],
  email: '',
  address: canary.address,
  identifiers: [{ issuer: 'NIK', value: canary.identity }],
  relations: [],
  allergyState: 'listed',
  allergies: [{ key: canary.allergy, substance: canary.allergy, reaction: '', severity: 'severe' }],
  alerts: [],
  tags: [],
  language: 'id',
};

describe('a patient that nothing but the stores may know', () => {
  // The programs' own temp folder, and the scanner's beside it: what DCMTK writes is the test's, not ours.
  const temp = mkdtempSync(join(tmpdir(), 'praxis-canary-temp-'));
  const scanner = mkdtempSync(join(tmpdir(), 'praxis-canary-scanner-'));
  let clinic: Clinic;
  let server: Service;
  let station: Station;
  let locationId = '';
  let patientId = '';
  let encounterId = '';
  const said: string[] = [];

  beforeAll(async () => {
    clinic = await openClinic({ TMPDIR: temp });
    server = await clinic.startServer();
    station = await clinic.openStation('one', await clinic.codeFor('kemang'));
    await until(
      'the first load',
      async () => (await station.request<{ phase: string }>('station', { do: 'sync' })).phase === 'synced',
      120_000,
    );
    await station.signIn('manager');
    const { state } = await station.request<{ state: { location: { id: string } } }>('session', { do: 'state' });
    locationId = state.location.id;
  });
  afterAll(async () => {
    await clinic?.close();
    for (const folder of [temp, scanner]) rmSync(folder, { recursive: true, force: true });
  });
  const must = async (answer: ReturnType<Station['run']>) => {
    const result = await answer;
    if (!result.ok) throw new Error(JSON.stringify(result.violations));
    return result.written;
  };

  it('is registered, booked, received and charted', async () => {
    patientId = (await must(station.run('people/register', { details })))[0]?.id ?? '';
    for (const text of [canary.family, canary.phone.slice(-6), '29.07.1931'])
      expect((await station.view<{ hits: unknown[] }>('people/search', { text, limit: 5 })).hits).not.toEqual([]);
    const catalogue = await station.view<CatalogueView>('scheduling/catalogue', { locationId });
    const service = catalogue.services.find((one) => one.modality === 'US');
    const refs = {
      serviceId: service?.id,
      practitionerId: catalogue.practitioners[0]?.id,
      roomId: catalogue.rooms[0]?.id,
      deviceId: catalogue.devices.find((one) => one.modality === 'US')?.id,
      patientId,
      locationId,
      durationMin: service?.durationMin,
    };
    const from = { ...refs, fromUtc: new Date().toISOString(), ownId: null };
    const slot = (await station.view<FreeTimesView>('scheduling/free-times', from)).next[0];
    const booking = {
      ...refs,
      startsAtUtc: slot?.startsAtUtc,
      note: canary.note,
      referringPhysician: '',
      question: canary.note,
      urgent: false,
    };
    const written = await must(station.run('scheduling/book', booking));
    const appointmentId = written.find((one) => one.kind === 'appointment')?.id;
    expect((await station.run('scheduling/book', booking)).ok).toBe(false);
    encounterId = (await must(station.run('waiting-room/arrive', { appointmentId })))[0]?.id ?? '';
  });

  it('is scanned: worklist, its images, a stray, somebody else’s identity, and what cannot be read', async () => {
    const anyDay = ['ScheduledProcedureStepSequence[0].ScheduledProcedureStepStartDate=20200101-20991231'];
    const steps = await until('the worklist', async () => {
      const found = await findWorklist(station.dicomPort, 'US1', anyDay, scanner);
      return found.some((one) => one['PatientName']?.includes(canary.family)) ? found : undefined;
    });
    const order = steps.find((one) => one['PatientName']?.includes(canary.family)) ?? {};
    expect(order['PatientBirthDate']).toBe(canary.birthDate.replaceAll('-', ''));
    await findWorklist(station.dicomPort, 'US1', ['PatientComments=Kanarivogel*'], scanner);
    const person = {
      PatientName: `${canary.family}^${canary.given}`,
      PatientID: canary.identity,
      PatientBirthDate: '19310729',
      PatientAddress: canary.address,
      PatientTelephoneNumbers: canary.phone,
    };
    const given = Object.fromEntries(
      ['PatientName', 'PatientID', 'PatientBirthDate', 'PatientSex', 'AccessionNumber', 'StudyInstanceUID'].map(
        (keyword) => [keyword, order[keyword] ?? ''],
      ),
    );
    const files = [
      ...(await prepareImages(sample('us', /IM00001/), given, join(scanner, 'good'))),
      ...(await prepareImages(sample('sr', /./).slice(0, 1), { ...person, AccessionNumber: '' }, join(scanner, 'a'))),
      ...(await prepareImages(
        sample('us', /no-pixel-spacing/),
        { ...person, AccessionNumber: order['AccessionNumber'] ?? '', PatientBirthDate: '19310728' },
        join(scanner, 'b'),
      )),
    ];
    await sendImages(station.dicomPort, 'US1', files);
    const stranger = ['-aet', 'STRANGER', '-aec', 'PRAXIS', '127.0.0.1', String(station.dicomPort), files[0] ?? ''];
    expect((await runProgram('dcmsend', stranger)).code).not.toBe(0);
    const whole = readFileSync(files[1] ?? '');
    const garbage = Buffer.from(`${canary.family}^${canary.given}${'\xff'.repeat(40)}${canary.phone}`, 'latin1');
    const bad = [garbage, whole.subarray(0, whole.length / 3), whole.subarray(140, 1500), Buffer.from(canary.note)];
    const contexts = [{ contextId: 3, abstractSyntax: ctImageStorage, transferSyntaxes: [explicit] }];
    for (const [i, dataset] of bad.entries()) {
      const peer = await associate(station.dicomPort, { calling: 'CT1', contexts });
      peer.send(
        storeRequest(`1.2.826.77.${i}`, dataset.length % 2 ? Buffer.concat([dataset, Buffer.alloc(1)]) : dataset),
      );
      await peer.next();
      peer.socket.destroy();
    }
    await until('the images on the visit', async () => {
      const board = await station.view<{ cards: Array<{ encounter: { id: string }; images: number }> }>(
        'waiting-room/board',
        { locationId },
      );
      return board.cards.some((card) => card.encounter.id === encounterId && card.images > 0);
    });
  });

  it('is charted, billed and printed; every refusal on the way names no one', async () => {
    const refused = async (...args: Parameters<Station['run']>) => {
      const answer = await station.run(...args);
      if (answer.ok) throw new Error(`${args[0]} was taken`);
      expect(marksIn(Buffer.from(JSON.stringify(answer)))).toEqual([]);
    };
    await refused('people/register', { details: { ...details, birthDate: `${canary.birthDate} about` } });
    await refused('people/register', { details: { ...details, birthDate: '2931-07-29' } });
    await refused('people/update', { patientId, details: { address: `${canary.address} 2` } });
    await refused(`people/${canary.family}`, {});
    for (const [channel, payload] of [
      ['view.open', { viewId: 'x', name: canary.family, params: { text: canary.phone } }],
      ['view.open', { viewId: canary.family, name: 'people/search', params: { text: { canary } } }],
      ['command.run', { name: 'people/register', [canary.family]: canary }],
      ['draft', { do: 'save', key: canary.family, body: canary.note }],
      ['document', { do: 'make', template: 'receipt', id: canary.identity, locale: 'en' }],
      ['station', { do: canary.family }],
      ['session', { do: 'signIn', username: canary.family, password: canary.phone }],
    ] as const) {
      const failed = await station.request(channel, payload).catch((error: unknown) => String(error));
      if (channel !== 'session') said.push(JSON.stringify(failed));
    }
    await station.signIn('doctor');
    const seenDraft = { do: 'save', key: `note/${encounterId}`, patientId, body: { text: canary.note }, seen: {} };
    await station.request('draft', seenDraft);
    const visit = await station.view<{ encounter: Doc }>('charting/visit', { encounterId });
    const saved = await station.run(
      'charting/save-encounter',
      {
        encounterId,
        note: { text: canary.note, replaces: null },
        vitals: null,
        prescriptions: [
          {
            drug: canary.drug,
            dose: '5',
            doseUnit: 'mg',
            route: 'oral',
            frequency: '1',
            durationDays: 3,
            instructions: '',
            allergyReason: null,
          },
        ],
        services: null,
        complete: true,
      },
      { seen: { [`encounter/${encounterId}`]: visit.encounter } },
    );
    expect(saved.ok).toBe(true);
    const pack = { do: 'make', template: 'downtime-pack', id: locationId, locale: 'en' };
    await station.request('document', pack).catch(() => undefined);
  });

  it('is on the screens: found, opened, and in the address of no page', async () => {
    const { page } = station;
    await page.reload();
    await page.waitForSelector('nav');
    for (const hash of [
      '#/patients',
      `#/patient?patientId=${patientId}`,
      `#/visit?encounterId=${encounterId}`,
      '#/day',
    ]) {
      await page.evaluate((to) => {
        (globalThis as unknown as { location: { hash: string } }).location.hash = to;
      }, hash);
      await page.waitForTimeout(700);
      const input = page.locator('main input').first();
      if (hash === '#/patients' && (await input.count()) > 0) await input.pressSequentially(canary.family);
      expect(marksIn(Buffer.from(`${page.url()} ${await page.title()}`))).toEqual([]);
    }
  });

  it('is sent to the server in every wrong way', async () => {
    const post = (path: string, body: string, headers: Record<string, string> = {}) =>
      fetch(`${clinic.serverUrl}${path}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      }).then((answer) => answer.text());
    const whole = JSON.stringify({ username: canary.family, password: canary.phone, [canary.note]: canary });
    said.push(await post('/v1/auth/sign-in', whole.slice(0, -5)));
    said.push(await post('/v1/auth/sign-in', JSON.stringify({ username: canary.family, password: canary.phone })));
    await post('/v1/auth/sign-in', whole); // names the field that it does not know, to whoever sent it
    said.push(await post(`/v1/patients/${canary.family}?phone=${encodeURIComponent(canary.phone)}`, '{}'));
    said.push(await post(`/sync/v1/objects/${canary.family}`, whole));
    await fetch(`${clinic.serverUrl}/v1/organizations?name=${canary.family}`);
    const line = server.lines.find((one) => one.startsWith('enrol code') && !one.includes('kemang')) ?? '';
    const credential = await enrolByCode(clinic.serverUrl, line.split(': ')[1] ?? '');
    const other = createRealStation(createStationWire(clinic.serverUrl, credential));
    const authorId = crypto.randomUUID();
    const made = (doc: Doc, input: object): ChangeSet => {
      const units = { all: { before: null, after: doc as never } };
      const patches: ChangeSet['patches'] = [{ kind: 'patient', id: doc.id, op: 'create', units }];
      return other.byHand('people/register', { authorId, patches, input: input as never });
    };
    const headers = { authorization: other.authorization };
    said.push(await post('/sync/v1/push', `{"sets":[{"id":"${canary.family}"`, headers));
    said.push(await post('/sync/v1/push', JSON.stringify({ sets: [{ id: canary.family, input: canary }] }), headers));
    const patient = { ...details, id: patientId, recordNumber: canary.identity, active: true, mergedInto: null } as Doc;
    const broken = { ...patient, birthDate: `${canary.birthDate}!`, [canary.family]: 1 };
    for (const doc of [patient, broken]) {
      const answers = await other.push(made(doc, { details: canary }));
      expect(answers[0]?.result).not.toBe('accepted');
    }
    const nul = { ...patient, address: `${canary.address}\u0000` };
    await other.push(made(nul, { details }));
    await ask(`${clinic.serverUrl}/sync/v1/pull`, {
      method: 'POST',
      headers,
      json: { groups: [{ scopes: [canary.family] }], limit: 1 },
    });
    await until('the station to have sent it all', async () => {
      const state = await station.request<{ phase: string; waiting: unknown[] }>('station', { do: 'sync' });
      return state.phase === 'synced' && state.waiting.length === 0;
    });
  });

  const everywhere = (): string[] => [
    ...findMarks(join(clinic.folder, 'logs')),
    ...findMarks(clinic.keyFolder),
    ...findMarks(temp),
    // The server's database is not encrypted by us: its names only. The station's files are: all of them.
    ...findMarks(clinic.folder, (path) => path.startsWith('one')),
    ...marksIn(Buffer.from([station.said(), server.said(), ...said].join('\n'))).map((mark) => `said: ${mark}`),
  ];

  it('is nowhere but in the stores, while all is running and after it stopped', async () => {
    expect(statSync(join(clinic.folder, 'logs', 'server.log')).size).toBeGreaterThan(500);
    expect(everywhere()).toEqual([]);
    await station.stop();
    await clinic.stopServer();
    expect(everywhere()).toEqual([]);
    // The search itself finds what is there: in the server's database, and in a file that is put beside the logs.
    expect(findMarks(join(clinic.folder, 'server')).length).toBeGreaterThan(0);
    mkdirSync(join(temp, 'probe'));
    writeFileSync(join(temp, 'probe', 'x.log'), JSON.stringify({ why: `no ${canary.family}` }));
    writeFileSync(join(temp, 'probe', 'y'), Buffer.from(`no ${canary.given}`, 'utf16le'));
    expect(findMarks(temp)).toHaveLength(2);
  });
});
