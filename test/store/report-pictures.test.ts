/** Pictures that a doctor marks for a report: kept by hash on the station, sent when a report names them, printed as they are. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cabinet } from '../../main/cabinet/cabinet.ts';
import { keepPicture } from '../../main/documents/keep-picture.ts';
import { makeDocument } from '../../main/documents/make-document.ts';
import type { Paper } from '../../main/documents/contents/paper.ts';
import { reportPaper } from '../../main/documents/contents/report-paper.ts';
import type { Role } from '../../shared/access/permissions.ts';
import { permissionsOf } from '../../shared/access/permissions.ts';
import type { MakePaperRequest } from '../../shared/ipc/contract.ts';
import type { Author } from '../../shared/kernel/command.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { blankHeader } from '../world/blank-header.ts';
import { frontDeskWorld, id, kemang, NOW_UTC, sari } from '../world/front-desk-world.ts';
import { openPaperStation, readPaper } from '../world/paper-station.ts';
import { tinyJpeg } from '../world/tiny-jpeg.ts';

let opened: Awaited<ReturnType<typeof openPaperStation>>;
let cabinet: Cabinet;
let station: typeof opened.station;
const PATIENT = (frontDeskWorld().patient as ReadonlyArray<{ id: string }>)[0]?.id ?? '';
const VISIT = id(41, 1);
const person = (role: Role): Author => ({
  id: sari,
  name: 'Sari',
  permissions: permissionsOf([role]),
  automatic: false,
});
const ask = (of: string): MakePaperRequest => ({ do: 'make', template: 'report', id: of, locale: 'en' });

beforeAll(async () => {
  opened = await openPaperStation([]);
  ({ cabinet, station } = opened);
});
afterAll(() => opened.close());

test('a report carries the pictures that were marked: kept by hash, sent once it names them, and waited for', async () => {
  const [studyId, reportId, instanceId] = [id(42, 2), id(43, 2), id(46, 2)];
  const put = (kind: string, doc: Doc): void => cabinet.write([{ kind, id: doc.id, doc, number: 1 }], 'test');
  const study = { state: 'linked', orderId: null, patientId: PATIENT, encounterId: VISIT, differs: [], marks: [] };
  put('study', {
    ...study,
    id: studyId,
    studyInstanceUid: '1.2.4',
    locationId: kemang,
    deviceId: null,
    linkedBy: null,
    firstImageAtUtc: NOW_UTC,
  });
  const instance = {
    id: instanceId,
    studyId,
    locationId: kemang,
    patientId: PATIENT as string | null,
    sopInstanceUid: '1.2.4.5',
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    datasetSha256: 'a'.repeat(64),
    datasetBytes: 1,
    callingAeTitle: 'CT1',
    receivedAtUtc: NOW_UTC,
    duplicateOf: null,
    header: blankHeader({ seriesNumber: 2, instanceNumber: 27 }),
  };
  put('instance', instance);
  const keep = (jpeg: Uint8Array<ArrayBuffer>, role: Role = 'doctor', of = instanceId) =>
    keepPicture(station, { do: 'keepPicture', instanceId: of, jpeg }, person(role));
  expect(await keep(tinyJpeg(), 'cashier')).toEqual({ ok: false, code: 'not-permitted' });
  expect(await keep(Buffer.from('%PDF-1.7'))).toEqual({ ok: false, code: 'bad-image' });
  expect(await keep(tinyJpeg(), 'doctor', id(46, 9))).toEqual({ ok: false, code: 'not-found' });
  const kept = await keep(tinyJpeg());
  if (!kept.ok) throw new Error(kept.code);
  const waits = (): boolean => station.vault.toSend(100).some((row) => row.sha256 === kept.sha256);
  expect([station.vault.get(kept.sha256)?.atServer, waits()]).toEqual([false, false]);

  const report = {
    id: reportId,
    patientId: PATIENT,
    studyId,
    orderId: null,
    encounterId: VISIT,
    authorId: sari,
    status: 'final',
    technique: '',
    findings: 'Normal.',
    impression: '',
    measurements: [],
    keyInstanceIds: [instanceId],
    keyPictures: [{ instanceId, frame: 1, sha256: kept.sha256 }],
    savedAtUtc: NOW_UTC,
    finalizedAtUtc: NOW_UTC,
    documentNumber: 'K2-000901',
  };
  put('report', report);
  expect(waits()).toBe(true);
  station.vault.markAtServer(kept.sha256);
  expect(waits()).toBe(false);
  const paper = await readPaper(station, ask(reportId), person('doctor'));
  expect(paper.text).toContain('Images');
  expect(paper.text).toContain('Series 2, Image 27');
  const again = await station.documents.make('report', (await reportData(reportId)).data, 'en');
  expect(again.ok && again.sha256).toBe(paper.sha256);

  put('report', { ...report, id: id(43, 3), keyPictures: [{ instanceId, frame: 1, sha256: 'b'.repeat(64) }] });
  expect(await makeDocument(station, ask(id(43, 3)), person('doctor'))).toMatchObject({
    ok: false,
    code: 'files-missing',
  });
  expect(station.vault.missing(100)).toContain('b'.repeat(64));
});

async function reportData(reportId: string): Promise<Paper> {
  const { stationId, stationCode, stationName, locationId } = station.identity;
  const paper = await reportPaper(reportId, {
    reader: cabinet.reader,
    nowUtc: NOW_UTC,
    language: 'en',
    fileOf: () => Promise.resolve(tinyJpeg()),
    station: { id: stationId, code: stationCode, name: stationName, locationId },
  });
  if (!paper) throw new Error('no report');
  return paper;
}
