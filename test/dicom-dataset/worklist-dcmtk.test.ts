import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ImplicitDataset } from '../../main/dicom/dataset/implicit-dataset.ts';
import { tags } from '../../main/dicom/dataset/tags.ts';
import { writeImplicit } from '../../main/dicom/dataset/write-implicit.ts';
import { part10Header } from '../../main/dicom/part10.ts';
import type { WorklistStep } from '../../main/dicom/ports.ts';
import { answerWorklistQuery } from '../../main/dicom/worklist/answer.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-worklist-'));
afterAll(() => rmSync(folder, { recursive: true }));

const device = { deviceId: 'd', aeTitle: 'US1', modality: 'US', host: '', port: 104 };
const noName = { alphabetic: '', ideographic: '', phonetic: '' };
const japanese = { alphabetic: 'Yamada^Tarou', ideographic: '山田^太郎', phonetic: 'やまだ^たろう' };
const korean = { alphabetic: 'Hong^Gildong', ideographic: '洪^吉洞', phonetic: '홍^길동' };

function stepOf(patientName: WorklistStep['patientName']): WorklistStep {
  return {
    stepId: 'S1',
    accessionNumber: 'K2-000001',
    studyInstanceUid: '1.2.3.1',
    requestedProcedureId: 'R1',
    requestedProcedureDescription: 'Abdomen',
    stepDescription: '',
    startDate: '20260310',
    startTime: '093000',
    modality: 'US',
    stationAeTitle: 'US1',
    stationName: 'Room 1',
    location: 'Main',
    performingPhysician: noName,
    referringPhysician: noName,
    requestingPhysician: noName,
    patientPresent: true,
    patientName,
    patientId: 'P1',
    patientBirthDate: '19700131',
    patientSex: 'M',
    patientWeightKg: '72.5',
    allergies: 'Latex',
    medicalAlerts: '',
    pregnancyStatus: '4',
  };
}

/** What DCMTK reads of an answer to every key. */
function dump(patientName: WorklistStep['patientName'], specificCharacterSet: string, options: string[] = []): Buffer {
  const asked = (Object.keys(tags) as (keyof typeof tags)[]).filter((keyword) => tags[keyword].vr !== 'SQ');
  const stepTag = tags.ScheduledProcedureStepSequence.tag;
  const top: ImplicitDataset = new Map(
    asked.map((keyword) => [tags[keyword].tag, { tag: tags[keyword].tag, bytes: new Uint8Array() }]),
  );
  const query = writeImplicit(top.set(stepTag, { tag: stepTag, items: [] }));
  const result = answerWorklistQuery(query, [stepOf(patientName)], { ...device, specificCharacterSet }, '20260310');
  if (result.status !== 'ok' || result.answers[0] === undefined) throw new Error(JSON.stringify(result));
  const meta = {
    sopClassUid: '1.2',
    sopInstanceUid: '1.3',
    transferSyntaxUid: '1.2.840.10008.1.2',
    callingAeTitle: 'US1',
  };
  const file = join(folder, 'answer.dcm');
  writeFileSync(file, Buffer.concat([part10Header(meta), result.answers[0].bytes]));
  return execFileSync('dcmdump', ['-q', '+L', ...options, file]);
}

describe('worklist answers as DCMTK reads them', () => {
  it.each([
    ['ISO_IR 192', japanese, 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    ['ISO_IR 100', { ...noName, alphabetic: 'Müller^Jérôme' }, 'Müller^Jérôme'],
    ['ISO_IR 144', { ...noName, alphabetic: 'Люксембург^Юрий' }, 'Люксембург^Юрий'],
    ['ISO_IR 127', { ...noName, alphabetic: 'قباني^لنزار' }, 'قباني^لنزار'],
    ['\\ISO 2022 IR 87', japanese, 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    ['\\ISO 2022 IR 149', korean, 'Hong^Gildong=洪^吉洞=홍^길동'],
  ])('%s', (set, name, expected) => {
    // DCMTK turns the set that the answer names into UTF-8; it has no Japanese here, so the C library's iconv does that one.
    const isJapanese = set.includes('87');
    const dumped = dump(name, set, isJapanese ? [] : ['+U8']);
    const text = (
      isJapanese ? execFileSync('iconv', ['-f', 'ISO-2022-JP', '-t', 'UTF-8'], { input: dumped }) : dumped
    ).toString();
    expect(text).toContain(`(0010,0010) PN [${expected}]`);
    expect(text).toMatch(/\(0008,0005\) CS \[/);
    expect(text).toContain('(0020,000d) UI [1.2.3.1]');
    expect(text).toMatch(/\(0010,21c0\) US 4/);
    expect(text).toContain('(0040,0009) SH [S1]');
    expect(text).toContain('(0040,0020) CS [ARRIVED]');
  });

  it('names no character set for plain ASCII', () => {
    const ascii = dump({ ...noName, alphabetic: 'Smith^Ann' }, '\\ISO 2022 IR 87').toString();
    expect(ascii).not.toContain('(0008,0005)');
    const latin = dump({ ...noName, alphabetic: 'Müller^Jürgen' }, '').toString();
    expect(latin).toContain('(0010,0010) PN [Muller^Jurgen]');
  });
});
