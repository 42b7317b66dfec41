import Database from 'better-sqlite3-multiple-ciphers';
import { beforeEach, expect, test } from 'vitest';
import { createPatientSearch } from './patient-search.ts';
import type { PatientSearch, PatientSearchRow } from './patient-search.ts';

const patient = (id: string, names: string[], more: Partial<PatientSearchRow> = {}): PatientSearchRow => ({
  id,
  names,
  phones: [],
  numbers: [],
  ...more,
});

const rows: PatientSearchRow[] = [
  patient('muller', ['Müller^Anna'], { phones: ['+49 171 2345678'], birthDate: '1990-01-01', numbers: ['K2-000123'] }),
  patient('muller-old', ['Muller^Otto'], { birthDate: '1990-02-01', recentAtUtc: '2026-01-01T00:00:00Z' }),
  patient('schmuller', ['Schmuller^Eva'], { birthDate: '1990', recentAtUtc: '2026-11-01T00:00:00Z' }),
  patient('mullerson', ['Mullerson^Ida'], { birthDate: '1990-01', numbers: ['K2-000124'] }),
  patient('yamada', ['Yamada^Tarou', '山田^太郎', 'やまだ^たろう'], { phones: ['03-1234-5678'] }),
  patient('yoshino', ['𠮷野^花子']),
  patient('kim', ['김^지우', 'Kim^Jiwoo']),
  patient('arabic', ['أحمد^مُحَمَّد']),
  patient('cyrillic', ['Иванов^Пётр']),
  patient('apostrophe', ["O'Brien^Seán"]),
];

let db: Database.Database;
let search: PatientSearch;
beforeEach(() => {
  db = new Database(':memory:');
  search = createPatientSearch(db, () => 2026);
  for (const row of rows) search.put(row);
});
const ids = (text: string, limit = 20) => search.find(text, limit).map((hit) => hit.id);

test('exact before beginning before inside, recent first among equals', () => {
  expect(ids('müller')).toEqual(['muller-old', 'muller', 'mullerson', 'schmuller']);
  expect(ids('müller', 2)).toEqual(['muller-old', 'muller']);
  expect(ids('anna MULL')).toEqual(['muller']);
});

test.each([
  ['山', ['yamada']],
  ['山田', ['yamada']],
  // Written without a space, family and given name are one word.
  ['山田太郎', ['yamada']],
  ['田太', ['yamada']],
  ['김지우', ['kim']],
  ['太郎', ['yamada']],
  ['ヤマダ', ['yamada']],
  ['ﾔﾏﾀﾞ', ['yamada']],
  ['𠮷', ['yoshino']],
  ['김', ['kim']],
  ['지우', ['kim']],
  ['k', ['kim']],
  ['ji', ['kim']],
  ['احمد', ['arabic']],
  ['محمد', ['arabic']],
  ['مح', ['arabic']],
  ['петр', ['cyrillic']],
  ['ИВ', ['cyrillic']],
  ['obrien sean', ['apostrophe']],
  ['zzz', []],
  ['"; drop', []],
  ['* AND ^', []],
  ['', []],
])('%s', (text, wanted) => {
  expect(ids(text)).toEqual(wanted);
});

test('phones by last digits, inside, national form; numbers by any form; each says why', () => {
  expect(search.find('5678', 20).map((hit) => [hit.id, hit.why, hit.matched])).toEqual([
    ['muller', 'phone', ['+49 171 2345678']],
    ['yamada', 'phone', ['03-1234-5678']],
  ]);
  expect(ids('0171 2345678')).toEqual(['muller']);
  search.put(patient('inside', ['Ina'], { phones: ['5678999'], recentAtUtc: '2026-11-02T00:00:00Z' }));
  search.put(patient('middle', ['Mia'], { phones: ['1567899'], recentAtUtc: '2026-11-03T00:00:00Z' }));
  expect(ids('5678').at(-1)).toBe('middle');
  expect(ids('17123')).toEqual(['muller']);
  expect(search.find('K2-000123', 20)).toEqual([{ id: 'muller', why: 'number', matched: ['K2-000123'] }]);
  expect(ids('k2000')).toEqual(['muller', 'mullerson']);
});

test.each(['010190', '1 jan 90', '1990-01-01', '01/01/1990', '1.1.90'])(
  'birth date %s, partial ones after it',
  (text) => {
    expect(search.find(text, 20).map((hit) => [hit.id, hit.why])).toEqual([
      ['muller', 'birthDate'],
      ['schmuller', 'birthDate'],
      ['mullerson', 'birthDate'],
    ]);
  },
);

test('a year finds all born in it; both readings of 1/2/90', () => {
  expect(ids('1990')).toEqual(['schmuller', 'muller-old', 'muller', 'mullerson']);
  expect(ids('01/02/1990').slice(0, 1)).toEqual(['muller-old']);
  expect(ids('02/01/1990').slice(0, 1)).toEqual(['muller-old']);
});

const crowd = (count: number, row: (n: number) => PatientSearchRow): void => {
  for (let n = 0; n < count; n += 1) search.put(row(n));
};

test('who is exactly meant stands before any number of newer ones who only begin so', () => {
  search.put(patient('li', ['Li^Wei']));
  search.put(patient('an', ['An^王']));
  crowd(250, (n) => patient(`lina-${n}`, [`Lina^Ana ${n}`]));
  expect(ids('li')[0]).toBe('li');
  expect(ids('LI we')[0]).toBe('li');
  expect(ids('王')[0]).toBe('an');
  expect(ids('an')[0]).toBe('an');
});

test('a whole name stands before any number of newer ones who have more names', () => {
  search.put(patient('siti', ['Siti']));
  search.put(patient('wang', ['王^小明']));
  crowd(250, (n) => patient(`siti-${n}`, [`Siti^Aminah ${n}`, `王^小明华 ${n}`]));
  expect(ids('siti', 1)).toEqual(['siti']);
  expect(ids('王小明', 1)).toEqual(['wang']);
  expect(ids('小明 王', 1)).toEqual(['wang']);
});

test('whole words of a name stand before newer beginnings', () => {
  search.put(patient('maria', ['Santos^Maria Li Ann']));
  crowd(250, (n) => patient(`marianne-${n}`, [`Lima^Marianne ${n}`]));
  expect(ids('li maria')[0]).toBe('maria');
});

test('an exact number and an exact date stand before any number of newer longer ones', () => {
  search.put(patient('number', ['Nia'], { numbers: ['77'] }));
  search.put(patient('phone', ['Pia'], { phones: ['0555'] }));
  search.put(patient('year', ['Yan'], { birthDate: '1961' }));
  search.put(patient('month', ['Mona'], { birthDate: '1961-05' }));
  crowd(250, (n) =>
    patient(`other-${n}`, [`Ola ${n}`], { numbers: [`77${n}`], phones: [`0555${n}`], birthDate: '1961-05-02' }),
  );
  expect([ids('77')[0], ids('0555')[0], ids('1961')[0], ids('5/1961')[0]]).toEqual([
    'number',
    'phone',
    'year',
    'month',
  ]);
});

test('replace, remove, rollback with the document, rebuild', () => {
  search.put(patient('kim', ['Park^Jiwoo']));
  expect([ids('kim'), ids('park')]).toEqual([[], ['kim']]);
  search.remove('kim');
  search.remove('never there');
  expect([ids('park'), ids('지우')]).toEqual([[], []]);
  const turn = db.transaction(() => {
    search.put(patient('new', ['Neu^Nina']));
    throw new Error('no');
  });
  expect(turn).toThrow('no');
  expect(ids('neu')).toEqual([]);
  search.rebuild(rows);
  expect([ids('kim'), ids('müller').length]).toEqual([['kim'], 4]);
  expect(createPatientSearch(db).find('kim', 5)).toHaveLength(1);
});

test('asks to be filled until it has been, and again by a program with other tables', () => {
  expect([search.needsRebuild, createPatientSearch(db).needsRebuild]).toEqual([true, true]);
  search.rebuild(rows);
  expect(createPatientSearch(db).needsRebuild).toBe(false);
  db.exec('update patient_search_version set version = 1');
  const newer = createPatientSearch(db);
  expect([newer.needsRebuild, newer.find('kim', 5)]).toEqual([true, []]);
});
