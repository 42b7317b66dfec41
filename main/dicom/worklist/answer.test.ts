import { describe, expect, it } from 'vitest';
import { decodeText, parseCharacterSet } from '../dataset/character-set.ts';
import type { ImplicitDataset } from '../dataset/implicit-dataset.ts';
import { readImplicit } from '../dataset/read-implicit.ts';
import { type Keyword, tags } from '../dataset/tags.ts';
import { writeImplicit } from '../dataset/write-implicit.ts';
import type { DicomDevice, WorklistStep } from '../ports.ts';
import { answerWorklistQuery } from './answer.ts';

const device: DicomDevice = {
  deviceId: 'd1',
  aeTitle: 'US1',
  modality: 'US',
  host: '127.0.0.1',
  port: 104,
  specificCharacterSet: 'ISO_IR 192',
};
const noName = { alphabetic: '', ideographic: '', phonetic: '' };
const first: WorklistStep = {
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
  referringPhysician: { ...noName, alphabetic: 'House^Gregory' },
  requestingPhysician: noName,
  patientPresent: false,
  patientName: { alphabetic: 'Müller^Jürgen', ideographic: '', phonetic: '' },
  patientId: 'P1',
  patientBirthDate: '19700131',
  patientSex: 'M',
  patientWeightKg: '72.5',
  allergies: '',
  medicalAlerts: '',
  pregnancyStatus: '4',
};
const yamada = { alphabetic: 'Yamada^Tarou', ideographic: '山田^太郎', phonetic: 'やまだ^たろう' };
const steps: WorklistStep[] = [
  first,
  { ...first, stepId: 'S2', startTime: '080000', studyInstanceUid: '1.2.3.2', patientId: 'P2', patientName: yamada },
  {
    ...first,
    stepId: 'S3',
    startTime: '140000',
    studyInstanceUid: '1.2.3.3',
    patientPresent: true,
    patientName: { ...noName, alphabetic: 'Smith^Ann' },
  },
  { ...first, stepId: 'S4', startDate: '20260311', startTime: '070000', studyInstanceUid: '1.2.3.4', modality: 'CR' },
  { ...first, stepId: 'S5', stationAeTitle: 'CT1', modality: 'CT', studyInstanceUid: '1.2.3.5' },
];

type Keys = { [K in Keyword]?: string };
function dataset(keys: Keys, stepKeys?: Keys): ImplicitDataset {
  const built: ImplicitDataset = new Map();
  for (const [keyword, text] of Object.entries(keys) as [Keyword, string][]) {
    const { tag, vr } = tags[keyword];
    built.set(tag, vr === 'SQ' ? { tag, items: [] } : { tag, bytes: new TextEncoder().encode(text) });
  }
  const { tag } = tags.ScheduledProcedureStepSequence;
  if (stepKeys !== undefined) built.set(tag, { tag, items: [dataset(stepKeys)] });
  return built;
}
function ask(keys: Keys, stepKeys?: Keys, asking: Partial<DicomDevice> = {}, held = steps) {
  const query = writeImplicit(dataset({ SpecificCharacterSet: 'ISO_IR 192', ...keys }, stepKeys));
  const result = answerWorklistQuery(query, held, { ...device, ...asking }, '20260310');
  if (result.status !== 'ok') throw new Error(result.why);
  return result;
}
const found = (keys: Keys, stepKeys?: Keys): string[] => ask(keys, stepKeys).answers.map((answer) => answer.stepId);
const everyDay = { ScheduledProcedureStepStartDate: '20200101-' };
const everywhere = { ...everyDay, ScheduledStationAETitle: '*' };

function read(bytes: Uint8Array, set = 'ISO_IR 192'): Record<string, string> {
  const parsed = readImplicit(bytes);
  if (!parsed.ok) throw new Error(parsed.error);
  const texts: Record<string, string> = {};
  const collect = (elements: ImplicitDataset): void => {
    for (const element of elements.values()) {
      const keyword = Object.entries(tags).find(([, known]) => known.tag === element.tag)?.[0] ?? '?';
      if ('items' in element) {
        texts[keyword] = `${element.items.length} items`;
        element.items.forEach(collect);
      } else texts[keyword] = decodeText(element.bytes, parseCharacterSet(set).set, 'name').replace(/[\0 ]+$/, '');
    }
  };
  collect(parsed.value);
  return texts;
}

describe('which steps answer', () => {
  it('binds station and day where the query leaves them empty, patients present first', () => {
    expect(found({ PatientName: '' })).toEqual(['S3', 'S2', 'S1']);
    expect(found({}, { Modality: 'US', ScheduledStationAETitle: '', ScheduledProcedureStepStartDate: '' })).toEqual([
      'S3',
      'S2',
      'S1',
    ]);
    expect(found({}, { ScheduledStationAETitle: 'CT1' })).toEqual(['S5']);
    expect(found({}, { ScheduledStationAETitle: '*' })).toEqual(['S3', 'S2', 'S1', 'S5']);
  });

  it.each<[string, Keys, Keys, string[]]>([
    ['one day', {}, { ScheduledProcedureStepStartDate: '20260311' }, ['S4']],
    ['the old date form', {}, { ScheduledProcedureStepStartDate: '2026.03.11' }, ['S4']],
    ['a range of days', {}, { ScheduledProcedureStepStartDate: '20260310-20260311' }, ['S3', 'S2', 'S1', 'S4']],
    ['an open range', {}, { ScheduledProcedureStepStartDate: '20260311-' }, ['S4']],
    ['until', {}, { ScheduledProcedureStepStartDate: '-20260310' }, ['S3', 'S2', 'S1']],
    ['a time range on one day', {}, { ScheduledProcedureStepStartTime: '0900-1000' }, ['S1']],
    ['an hour', {}, { ScheduledProcedureStepStartTime: '14' }, ['S3']],
    [
      'one combined range',
      {},
      { ScheduledProcedureStepStartDate: '20260310-20260311', ScheduledProcedureStepStartTime: '100000-080000' },
      ['S3', 'S4'],
    ],
    ['modalities', {}, { ...everywhere, Modality: 'CT\\CR' }, ['S5', 'S4']],
    ['a list of UID', { StudyInstanceUID: '1.2.3.1\\1.2.3.4' }, everyDay, ['S1', 'S4']],
    ['every day, by a star', {}, { ScheduledProcedureStepStartDate: '*' }, ['S3', 'S2', 'S1', 'S4']],
    ['no wildcard in UID', { StudyInstanceUID: '1.2.3.*' }, everyDay, []],
    ['a wildcard id', { PatientID: 'P?' }, {}, ['S3', 'S2', 'S1']],
    ['an exact id, case counting', { PatientID: 'p2' }, {}, []],
    ['an exact id', { PatientID: 'P2 ' }, {}, ['S2']],
    ['a birth date range', { PatientBirthDate: '19600101-19691231' }, {}, []],
    ['a Latin name, accents and case folded', { PatientName: 'MULLER^jurgen^^^' }, {}, ['S1']],
    ['a full-width name', { PatientName: 'ｍüller*' }, {}, ['S1']],
    ['a family name alone only with a wildcard', { PatientName: 'Müller' }, {}, []],
    ['Latin against the alphabetic form', { PatientName: 'yamada*' }, {}, ['S2']],
    ['Han against the ideographic form', { PatientName: '山田*' }, {}, ['S2']],
    ['Kana, Katakana too', { PatientName: 'ヤマダ^*' }, {}, ['S2']],
    ['group by group', { PatientName: 'Yamada*=山本*' }, {}, []],
    ['stars alone', { PatientName: '*', AccessionNumber: '**' }, {}, ['S3', 'S2', 'S1']],
  ])('%s', (_, keys, stepKeys, expected) => expect(found(keys, stepKeys)).toEqual(expected));

  it('refuses what is broken, and never answers half a query', () => {
    const query = writeImplicit(dataset({ PatientName: 'A*' }));
    expect(answerWorklistQuery(query.subarray(0, 9), steps, device, '20260310')).toMatchObject({
      status: 'refused',
      code: 0xa900,
    });
    for (const date of ['TODAY', '2026', '-', '20260310-x']) {
      const bad = writeImplicit(dataset({}, { ScheduledProcedureStepStartDate: date }));
      expect(answerWorklistQuery(bad, steps, device, '20260310')).toMatchObject({
        status: 'refused',
        why: 'bad_date_key',
      });
    }
    const long = writeImplicit(dataset({ PatientName: '*a'.repeat(5000) }));
    expect(answerWorklistQuery(long, steps, device, '20260310')).toMatchObject({ status: 'refused', code: 0xa700 });
  });
});

describe('what an answer holds', () => {
  it('is what was asked and nothing else', () => {
    const [answer] = ask({ PatientID: 'P2', AccessionNumber: '' }, { Modality: '' }).answers;
    expect(read(answer?.bytes ?? new Uint8Array())).toEqual({
      PatientID: 'P2',
      AccessionNumber: 'K2-000001',
      ScheduledProcedureStepSequence: '1 items',
      Modality: 'US',
    });
    expect(answer?.supported).toBe(true);
  });

  it('is every attribute of a sequence asked without items, and 1C descriptions have a value', () => {
    const [answer] = ask({ PatientID: 'P2', ScheduledProcedureStepSequence: '' }).answers;
    const texts = read(answer?.bytes ?? new Uint8Array());
    expect(texts).toMatchObject({
      ScheduledProcedureStepID: 'S2',
      ScheduledProcedureStepDescription: 'Abdomen',
      ScheduledStationAETitle: 'US1',
    });
    expect(Object.keys(texts)).toHaveLength(14);
  });

  it('says FF01 for keys that are not supported', () => {
    expect(ask({ AdmissionID: '' }).answers[0]?.supported).toBe(true);
    expect(ask({ AdmissionID: 'A1' }).answers[0]?.supported).toBe(false);
    expect(ask({ RequestedProcedureCodeSequence: '' }).answers[0]?.supported).toBe(false);
    expect(ask({ CodeMeaning: '' }).answers[0]?.supported).toBe(false);
  });

  it('reports the keys as asked', () => {
    expect(ask({ PatientName: 'Mü*', PatientID: '' }, { Modality: 'US' }).keys).toEqual({
      PatientName: 'Mü*',
      PatientID: '',
      Modality: 'US',
    });
  });

  it('names its character set only if it needs one', () => {
    const asked = { PatientName: '' };
    const answers = ask(asked).answers;
    expect(read(answers[0]?.bytes ?? new Uint8Array())).toEqual({ PatientName: 'Smith^Ann' });
    expect(read(answers[2]?.bytes ?? new Uint8Array())).toEqual({
      SpecificCharacterSet: 'ISO_IR 192',
      PatientName: 'Müller^Jürgen',
    });
    const japanese = '\\ISO 2022 IR 87';
    const sent = ask(asked, undefined, { specificCharacterSet: japanese }).answers[1];
    expect(read(sent?.bytes ?? new Uint8Array(), japanese)).toEqual({
      SpecificCharacterSet: japanese,
      PatientName: 'Yamada^Tarou=山田^太郎=やまだ^たろう',
    });
    expect(sent).toMatchObject({ sentName: 'Yamada^Tarou=山田^太郎=やまだ^たろう', latinOnly: false });
  });

  it('sends the Latin form alone where the set cannot hold the name, and says so', () => {
    const asked = { PatientName: '', PatientComments: '' };
    const [smith, tarou, jurgen] = ask(asked, undefined, { specificCharacterSet: '\\ISO 2022 IR 149' }).answers;
    expect(tarou).toMatchObject({ sentName: 'Yamada^Tarou', latinOnly: true });
    expect(smith).toMatchObject({ sentName: 'Smith^Ann', latinOnly: false });
    expect(jurgen).toMatchObject({ sentName: 'Muller^Jurgen', latinOnly: true });
    const latin = ask(asked, undefined, { specificCharacterSet: 'ISO_IR 100' }).answers[1];
    expect(latin).toMatchObject({ sentName: 'Yamada^Tarou', latinOnly: true });
    expect(read(latin?.bytes ?? new Uint8Array())).toEqual({
      PatientName: 'Yamada^Tarou',
      PatientComments: 'Name in Latin letters only',
    });
  });

  it('leaves out and reports what would be cut or cannot be written', () => {
    const changed = (change: Partial<WorklistStep>) =>
      ask(
        { PatientName: '', PatientID: '', AccessionNumber: '', Allergies: '' },
        undefined,
        { specificCharacterSet: 'ISO_IR 100' },
        [{ ...first, ...change }],
      );
    expect(changed({ accessionNumber: '12345678901234567' }).leftOut).toEqual([
      { stepId: 'S1', keyword: 'AccessionNumber', why: 'value_too_long' },
    ]);
    const shortened = changed({ patientName: { ...noName, alphabetic: `Raden^${'Panji '.repeat(14).trim()}` } });
    expect(shortened.answers[0]?.sentName).toBe(`Raden^${'Panji '.repeat(9).trim()}`);
    expect(changed({ patientName: { ...noName, alphabetic: 'A'.repeat(65) } }).leftOut[0]?.why).toBe('value_too_long');
    expect(changed({ patientName: { ...noName, ideographic: '山田' } }).leftOut[0]?.why).toBe('value_not_writable');
    expect(changed({ patientName: noName }).leftOut[0]).toMatchObject({ keyword: 'PatientName', why: 'value_missing' });
    expect(changed({ patientId: 'Ж1' }).leftOut[0]?.why).toBe('value_not_writable');
    expect(changed({ patientId: '1\\2' }).leftOut[0]?.why).toBe('value_not_writable');
    const long = changed({ allergies: `${'Penicillin, '.repeat(6)}Пыльца` });
    expect(read(long.answers[0]?.bytes ?? new Uint8Array(), 'ISO_IR 100')['Allergies']).toBe(
      `${'Penicillin\\'.repeat(6)}Pyltsa`,
    );
  });
});
