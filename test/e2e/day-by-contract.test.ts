/**
 * The clinic's day with the server there: each step, given through one window's contract with real IPC and real DCMTK, shows on the other station as
 * it happens. The screens, and the day without the server, have their own test (`day-by-mouse`, `day-by-keys`).
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Doc } from '../../shared/kernel/kind.ts';
import { localTime } from '../../shared/kernel/time.ts';
import type { DayView } from '../../shared/scheduling/day-views.ts';
import type { CatalogueView, FreeTimesView } from '../../shared/scheduling/booking-views.ts';
import type { Board } from '../../shared/waiting-room/board-view.ts';
import type { Visit } from '../../shared/charting/visit-view.ts';
import type { Clinic, Station } from '../world/clinic.ts';
import { openClinic } from '../world/clinic.ts';
import { findWorklist, prepareImages, sendImages } from '../world/scanner.ts';
import { until } from '../world/services.ts';
import { tinyJpeg } from '../world/tiny-jpeg.ts';

const samples = join(import.meta.dirname, '..', 'samples', 'dicom');
const filesOf = (...path: string[]): string[] => {
  const folder = join(samples, ...path);
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
};

type Session = { state: { location: { id: string; zone: string } } };

describe('the day, by contract', () => {
  let clinic: Clinic;
  let one: Station;
  let two: Station;
  let locationId = '';
  let zone = '';

  beforeAll(async () => {
    clinic = await openClinic();
    await clinic.startServer();
    one = await clinic.openStation('one', await clinic.codeFor('kemang'));
    await until(
      'the first load',
      async () => (await one.request<{ phase: string }>('station', { do: 'sync' })).phase === 'synced',
      90_000,
    );
    const { state } = await one.request<Session>('session', { do: 'state' });
    locationId = state.location.id;
    zone = state.location.zone;
    two = await clinic.openStation('two', await newCode());
    await until(
      'the second first load',
      async () => (await two.request<{ phase: string }>('station', { do: 'sync' })).phase === 'synced',
      90_000,
    );
  });
  afterAll(() => clinic?.close());

  /** Codes are given once: a start prints an unused one each time. */
  const newCode = async (): Promise<string> => {
    await clinic.stopServer();
    await clinic.startServer();
    return clinic.codeFor('kemang');
  };
  const dayOf = (station: Station, atUtc: string): Promise<DayView> =>
    station.view<DayView>('scheduling/day', { locationId, fromDay: localTime(atUtc, zone).day, days: 1 });
  const board = (station: Station): Promise<Board> => station.view<Board>('waiting-room/board', { locationId });
  const ok = async (answer: ReturnType<Station['run']>) => {
    const result = await answer;
    if (!result.ok) throw new Error(JSON.stringify(result.violations));
    return result;
  };
  let appointmentId = '';
  let bookedAtUtc = '';
  let patientId = '';
  let encounterId = '';

  it('1: finds a patient and books an ultrasound; a taken time is refused with the next free ones', async () => {
    await one.signIn('receptionist');
    const hits = await one.view<{ hits: Array<{ patientId: string }> }>('people/search', { text: 'wib' });
    patientId = hits.hits[0]?.patientId ?? '';
    expect(patientId).not.toBe('');
    const catalogue = await one.view<CatalogueView>('scheduling/catalogue', { locationId });
    const service = catalogue.services.find((each) => each.modality === 'US');
    const device = catalogue.devices.find((each) => each.modality === 'US');
    const practitioner = catalogue.practitioners[0];
    const room = catalogue.rooms[0];
    const free = await one.view<FreeTimesView>('scheduling/free-times', {
      serviceId: service?.id,
      practitionerId: practitioner?.id,
      roomId: room?.id,
      deviceId: device?.id,
      patientId,
      locationId,
      fromUtc: new Date().toISOString(),
      durationMin: service?.durationMin,
      ownId: null,
    });
    const slot = free.next[0];
    expect(free.next).toHaveLength(3);
    const input = {
      patientId,
      locationId,
      serviceId: service?.id,
      startsAtUtc: slot?.startsAtUtc,
      durationMin: service?.durationMin,
      practitionerId: practitioner?.id,
      roomId: room?.id,
      deviceId: device?.id,
      note: '',
      referringPhysician: '',
      question: 'Gallstones?',
      urgent: false,
    };
    const booked = await ok(one.run('scheduling/book', input));
    bookedAtUtc = slot?.startsAtUtc ?? '';
    appointmentId = booked.written.find((each) => each.kind === 'appointment')?.id ?? '';
    const again = await one.run('scheduling/book', input);
    expect(again.ok === false && again.violations.map((each) => each.law)).toContain('SCHED-1');
  });

  it('2: the patient arrives; the other station sees it; undo brings the patient back', async () => {
    await two.signIn('receptionist');
    const arrived = await ok(one.run('waiting-room/arrive', { appointmentId }));
    encounterId = arrived.written[0]?.id ?? '';
    await until('the visit on the other board', async () =>
      (await board(two)).cards.some((card) => card.encounter.id === encounterId),
    );
    const { undone } = await ok(one.run('desk/undo', { setId: arrived.setId }));
    expect(undone).toEqual({ command: 'waiting-room/arrive', patient: expect.stringMatching(/\S/), redone: false });
    await until(
      'the visit gone from the other board',
      async () => !(await board(two)).cards.some((card) => card.encounter.id === encounterId),
    );
    await ok(one.run('waiting-room/arrive', { appointmentId }));
    await until('the visit back', async () =>
      (await board(two)).cards.some((card) => card.encounter.id === encounterId),
    );
  });

  let order: Record<string, string> = {};
  it('3: the scanner gets its worklist, the patient in the building first', async () => {
    const visit = await one.signIn('doctor').then(() => one.view<Visit>('charting/visit', { encounterId }));
    const scheduled = localTime(visit.appointment?.startsAtUtc ?? '', zone).day.replaceAll('-', '');
    const answers = await findWorklist(
      one.dicomPort,
      'US1',
      [`ScheduledProcedureStepSequence[0].ScheduledProcedureStepStartDate=${scheduled}`],
      clinic.folder,
    );
    order = answers[0] ?? {};
    expect(order['PatientID']).toBe(visit.patient.recordNumber);
    expect(order['StudyInstanceUID']).toMatch(/^2\.25\./);
  });

  it('4: what it sends appears on the visit by itself, on both stations', async () => {
    const files = await prepareImages(
      filesOf('us').filter((file) => /color-px|IM00001/.test(file)),
      {
        PatientName: order['PatientName'] ?? '',
        PatientID: order['PatientID'] ?? '',
        PatientBirthDate: order['PatientBirthDate'] ?? '',
        PatientSex: order['PatientSex'] ?? '',
        AccessionNumber: order['AccessionNumber'] ?? '',
        StudyInstanceUID: order['StudyInstanceUID'] ?? '',
      },
      join(clinic.folder, 'us'),
    );
    await sendImages(one.dicomPort, 'US1', files);
    const imagesOf = async (station: Station) =>
      (await board(station)).cards.find((card) => card.encounter.id === encounterId)?.images;
    await until('images at the station that received them', async () => (await imagesOf(one)) === files.length);
    await until('images at the other station', async () => (await imagesOf(two)) === files.length);
    await until(
      'the inferred stage',
      async () =>
        (await board(two)).cards.find((card) => card.encounter.id === encounterId)?.encounter.steps.at(-1)?.stage ===
        'in_scan',
    );
  });

  it('4: somebody else’s images are held back, and what matches nothing is a stray', async () => {
    const held = await prepareImages(
      filesOf('us').filter((file) => file.includes('no-pixel-spacing')),
      {
        PatientName: 'Somebody^Else',
        PatientID: 'X-1',
        StudyInstanceUID: '1.2.3.4.5.1',
        AccessionNumber: order['AccessionNumber'] ?? '',
      },
      join(clinic.folder, 'held'),
    );
    const stray = await prepareImages(
      filesOf('sr').slice(0, 1),
      { StudyInstanceUID: '1.2.3.4.5.2', AccessionNumber: '' },
      join(clinic.folder, 'stray'),
    );
    await sendImages(one.dicomPort, 'US1', [...held, ...stray]);
    await until(
      'both in the inbox',
      async () => (await two.view<{ open: number }>('inbox/count', { locationId })).open >= 2,
    );
  });

  type StudyView = { study: Doc; series: Array<{ instances: Array<{ id: string }> }>; reports: unknown[] };
  let studyId = '';
  it('5, 6: the doctor measures, reports and finalizes; a finalized report is immutable', async () => {
    await two.signIn('doctor');
    const list = await two.view<{ rows: Array<{ studyId: string; patient: { id: string } | null }> }>(
      'imaging/reading-list',
      { filter: 'to-read' },
    );
    studyId = list.rows.find((row) => row.patient?.id === patientId)?.studyId ?? '';
    const study = await two.view<StudyView>('imaging/study', { studyId });
    const instanceId = study.series[0]?.instances[0]?.id;
    await ok(
      two.run('imaging/measure', {
        studyId,
        instanceId,
        frame: 1,
        tool: 'length',
        points: [
          { x: 10, y: 10 },
          { x: 110, y: 10 },
        ],
        lengthTenthsMm: 421,
        lengthPx: 100,
      }),
    );
    const text = {
      technique: 'B-mode',
      findings: 'A stone of 42 mm.',
      impression: 'Gallstone.',
      measurements: [],
      keyInstanceIds: [instanceId],
      keyPictures: [{ instanceId, frame: 1, sha256: await keepPicture(two, instanceId ?? '') }],
    };
    const saved = await ok(two.run('reports/save-preliminary', { reportId: null, studyId, text }));
    const reportId = saved.written[0]?.id ?? '';
    const reportDoc = async (): Promise<Doc> =>
      JSON.parse(
        JSON.stringify(
          (await two.view<{ reports: Array<{ report: Doc }> }>('imaging/study', { studyId })).reports.find(
            (each) => each.report.id === reportId,
          )?.report,
        ),
      );
    const seen = { [`report/${reportId}`]: await reportDoc() };
    await ok(two.run('reports/finalize', { reportId, studyId, text }, { seen }));
    const final = { [`report/${reportId}`]: await reportDoc() };
    const changed = await two.run(
      'reports/save-preliminary',
      { reportId, studyId, text: { ...text, impression: 'x' } },
      { seen: final },
    );
    expect(changed.ok === false && changed.violations[0]?.law).toBe('REP-1');
    await ok(two.run('reports/add-addendum', { reportId, text: 'Seen together with the surgeon.' }));
    const pdf = await two.request<{ ok: boolean; url: string }>('document', {
      do: 'make',
      template: 'report',
      id: reportId,
      locale: 'en',
    });
    expect(pdf).toMatchObject({ ok: true });
    const bytes = await two.page.evaluate(async (url) => (await (await fetch(url)).arrayBuffer()).byteLength, pdf.url);
    expect(bytes).toBeGreaterThan(5000);
    // In another language it is laid out anew, which the other station can only do once the picture has come to it.
    await one.signIn('doctor');
    await until('the picture at the other station', async () => {
      const make = { do: 'make', template: 'report', id: reportId, locale: 'id' };
      return (await one.request<{ ok: boolean }>('document', make)).ok;
    });
  });

  /** What the viewer does when a doctor marks an image: bytes go to the store, their hash comes back. */
  const keepPicture = async (station: Station, instanceId: string): Promise<string> => {
    const bytes = [...tinyJpeg()];
    const kept = await station.page.evaluate(
      ([id, values]) =>
        (globalThis as unknown as { praxis: { request: (c: string, p: unknown) => Promise<unknown> } }).praxis.request(
          'document',
          { do: 'keepPicture', instanceId: id, jpeg: new Uint8Array(values as number[]) },
        ),
      [instanceId, bytes] as const,
    );
    return (kept as { sha256: string }).sha256;
  };

  const saveEncounter = async (station: Station, id: string): Promise<void> => {
    const visit = await station.view<Visit>('charting/visit', { encounterId: id });
    const input = {
      encounterId: id,
      note: { text: 'Pain after meals.', replaces: null },
      vitals: { systolicMmHg: 120, diastolicMmHg: 80, confirmed: [] },
      prescriptions: [
        {
          drug: 'Paracetamol',
          dose: '500',
          doseUnit: 'mg',
          route: 'oral',
          frequency: '3 × daily',
          durationDays: 3,
          instructions: '',
          allergyReason: null,
        },
      ],
      services: null,
      complete: true,
    };
    await ok(
      station.run('charting/save-encounter', input, {
        seen: { [`encounter/${id}`]: visit.encounter as unknown as Doc },
      }),
    );
  };

  it('7: saving the encounter completes the visit, in one change set', async () => {
    await saveEncounter(two, encounterId);
    await until(
      'the visit completed here',
      async () =>
        (await dayOf(one, bookedAtUtc)).blocks.find((block) => block.appointment.id === appointmentId)?.step?.stage ===
        'completed',
    );
  });

  type BillVisit = { services: Array<{ line: Record<string, unknown> | null }> };
  const bill = async (station: Station, id: string, patient: string): Promise<string> => {
    const visit = await station.view<BillVisit>('billing/visit', { encounterId: id });
    const lines = visit.services.flatMap((each) => each.line ?? []);
    expect(lines.length).toBeGreaterThan(0);
    const issued = await ok(
      station.run('billing/issue-invoice', {
        patientId: patient,
        encounterId: id,
        locationId,
        payerPatientId: null,
        coverage: '',
        lines,
      }),
    );
    return issued.written[0]?.id ?? '';
  };

  it('8: the cashier bills, takes part in cash and the rest by card, refunds a wrong payment and closes the day', async () => {
    await one.signIn('cashier');
    const invoiceId = await bill(one, encounterId, patientId);
    const cash = await ok(
      one.run('billing/take-payment', {
        invoiceId,
        locationId,
        method: 'cash',
        amountMinor: 50_000,
        tenderedMinor: 100_000,
      }),
    );
    const invoice = await one.view<{ balanceMinor: number }>('billing/invoice', { invoiceId });
    await ok(
      one.run('billing/take-payment', {
        invoiceId,
        locationId,
        method: 'card',
        amountMinor: invoice.balanceMinor,
        tenderedMinor: 0,
      }),
    );
    expect((await one.view<{ balanceMinor: number }>('billing/invoice', { invoiceId })).balanceMinor).toBe(0);
    const unreasoned = await one.run('billing/refund-payment', {
      paymentId: cash.written[0]?.id,
      amountMinor: 50_000,
      locationId,
    });
    expect(unreasoned.ok).toBe(false);
    await ok(
      one.run(
        'billing/refund-payment',
        { paymentId: cash.written[0]?.id, amountMinor: 50_000, locationId },
        { reason: 'Wrong amount' },
      ),
    );
    const receipt = await one.request('document', {
      do: 'make',
      template: 'receipt',
      id: cash.written[0]?.id,
      locale: 'en',
    });
    expect(receipt).toMatchObject({ ok: true });
  });
});
