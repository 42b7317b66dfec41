import type Database from 'better-sqlite3-multiple-ciphers';
import { latestDay } from '../../../shared/kernel/time.ts';
import { parseBirthDateQuery } from '../../../shared/kernel/birth-date.ts';
import { rankBirthDate, rankCodes, rankNames } from './search-rank.ts';
import type { Match, MatchReason, StoredCode, StoredName } from './search-rank.ts';
import { completeSearchTables, prepareSearchTables, recreateSearchTables } from './search-tables.ts';
import {
  codeOf,
  indexTokens,
  nameWords,
  quoted,
  reversed,
  searchWords,
  wholeName,
  wholeNames,
  wholeWordExpression,
  wordExpression,
} from './search-words.ts';

export type PatientSearchRow = {
  id: string;
  /** All names in all scripts, as written. */
  names: string[];
  phones: string[];
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  birthDate?: string;
  /** Record numbers, insurance numbers. */
  numbers: string[];
  /** When the patient was last seen or opened; the later stands first among equals. */
  recentAtUtc?: string;
};

/** `matched`: the values, as written, that fitted. */
export type PatientHit = { id: string; why: MatchReason; matched: string[] };

export type PatientSearch = {
  /** The tables are new, or of another version of this program: call `rebuild`. */
  readonly needsRebuild: boolean;
  /** Adds or replaces one patient; call it in the transaction that writes the document. */
  put(row: PatientSearchRow): void;
  remove(id: string): void;
  /** The best hits: exact, whole words, beginnings, inside, each the recent first. Empty for a text without letters or digits. */
  find(text: string, limit: number): PatientHit[];
  /** Replaces everything; call it in a transaction. */
  rebuild(rows: Iterable<PatientSearchRow>): void;
};

/** How many candidates each way of looking gives to the ranking, the newest rows first. */
const candidatesAtMost = 200;

/** The patient search in the station's own file. All calls are synchronous and none opens a transaction. */
export function createPatientSearch(
  db: Database.Database,
  todayYear: () => number = () => Number(latestDay(new Date().toISOString()).slice(0, 4)),
): PatientSearch {
  const { needsRebuild } = prepareSearchTables(db);
  let statements = prepareStatements(db);

  const remove = (id: string): void => {
    const r = statements.rowOf.get(id);
    if (r === undefined) return;
    for (const statement of statements.deletes) statement.run(r);
  };

  const put = (row: PatientSearchRow): void => {
    remove(row.id);
    const birth = row.birthDate?.replaceAll('-', '') ?? null;
    const names = row.names.map((text) => ({ text, words: nameWords(text), whole: wholeNames(text) }));
    const data: StoredRow = {
      names,
      phones: storedCodes(row.phones),
      numbers: storedCodes(row.numbers),
      birthDate: row.birthDate ?? null,
    };
    const r = statements.insert.run(row.id, birth, row.recentAtUtc ?? '', JSON.stringify(data)).lastInsertRowid;
    const codes = [...new Set([...data.phones, ...data.numbers].map((one) => one.code))];
    for (const code of codes) statements.insertCode.run(r, code, reversed(code));
    const words = names.flatMap((name) => name.words);
    for (const text of new Set([...words, ...names.flatMap((name) => name.whole.map(asWhole))]))
      statements.insertName.run(text, r);
    statements.insertTri.run(r, words.join(' '), codes.join(' '));
    statements.insertWrd.run(r, [...new Set(words.flatMap(indexTokens))].join(' '));
  };

  const find = (text: string, limit: number): PatientHit[] => {
    const words = searchWords(text);
    if (words.length === 0 || limit <= 0) return [];
    const codes = typedCodes(text);
    const births = parseBirthDateQuery(text, todayYear());
    const found = new Set(candidates(statements, words, codes, births));
    const ranked = [...found].flatMap((r) => {
      const row = statements.read.get(r);
      if (!row) return [];
      const match = bestMatch(JSON.parse(row.data), words, codes, births);
      return match ? [{ id: row.id, recent: row.recent, match }] : [];
    });
    ranked.sort((a, b) => a.match.score - b.match.score || compare(b.recent, a.recent) || compare(a.id, b.id));
    return ranked.slice(0, limit).map(({ id, match }) => ({ id, why: match.why, matched: match.matched }));
  };

  return {
    needsRebuild,
    put,
    remove,
    find,
    rebuild(rows) {
      recreateSearchTables(db);
      statements = prepareStatements(db);
      for (const row of rows) put(row);
      completeSearchTables(db);
    },
  };
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(db: Database.Database) {
  const rows = (sql: string) => db.prepare<unknown[], number>(sql).pluck();
  const newest = `order by rowid desc limit ${candidatesAtMost}`;
  return {
    rowOf: rows('select r from patient_search where id=?'),
    read: db.prepare<[number], { id: string; recent: string; data: string }>(
      'select id, recent, data from patient_search where r=?',
    ),
    insert: db.prepare('insert into patient_search(id,birth,recent,data) values(?,?,?,?)'),
    insertCode: db.prepare('insert into patient_search_code(r,code,backwards) values(?,?,?)'),
    insertTri: db.prepare('insert into patient_search_tri(rowid,name,code) values(?,?,?)'),
    insertWrd: db.prepare('insert into patient_search_wrd(rowid,word) values(?,?)'),
    insertName: db.prepare('insert into patient_search_name(text,r) values(?,?)'),
    deletes: [
      'patient_search_name where r',
      'patient_search_code where r',
      'patient_search_tri where rowid',
      'patient_search_wrd where rowid',
    ]
      .map((where) => db.prepare(`delete from ${where}=?`))
      .concat(db.prepare('delete from patient_search where r=?')),
    byName: rows(`select r from patient_search_name where text=? order by r desc limit ${candidatesAtMost}`),
    byTri: rows(`select rowid from patient_search_tri where patient_search_tri match ? ${newest}`),
    byWrd: rows(`select rowid from patient_search_wrd where patient_search_wrd match ? ${newest}`),
    byCode: rows(`select r from patient_search_code where code>=? and code<? order by code limit ${candidatesAtMost}`),
    byLastSigns: rows(
      `select r from patient_search_code where backwards>=? and backwards<? order by backwards limit ${candidatesAtMost}`,
    ),
    byBirth: rows(`select r from patient_search where birth>=? and birth<? order by r desc limit ${candidatesAtMost}`),
    byWholeBirth: rows(`select r from patient_search where birth=? order by r desc limit ${candidatesAtMost}`),
  };
}

function candidates(statements: Statements, words: string[], codes: string[], births: string[]): number[] {
  const inside = words.every((word) => Array.from(word).length >= 3);
  const found = statements.byName.all(asWhole(wholeName(words)));
  const [first = ''] = words;
  if (words.length === 1) found.push(...statements.byName.all(first));
  else found.push(...statements.byWrd.all(words.map(wholeWordExpression).join(' AND ')));
  found.push(...statements.byWrd.all(words.map(wordExpression).join(' AND ')));
  if (inside) found.push(...statements.byTri.all(`name : (${words.map(quoted).join(' AND ')})`));
  for (const code of codes) {
    found.push(...statements.byCode.all(code, afterAll(code)));
    found.push(...statements.byLastSigns.all(reversed(code), afterAll(reversed(code))));
    if (code.length >= 3) found.push(...statements.byTri.all(`code : ${quoted(code)}`));
  }
  for (const birth of births) {
    found.push(...statements.byBirth.all(birth, afterAll(birth)));
    for (const length of [4, 6, 8]) {
      if (length <= birth.length) found.push(...statements.byWholeBirth.all(birth.slice(0, length)));
    }
  }
  return found;
}

/** What is ranked; folded once, when it is written. */
type StoredRow = { names: StoredName[]; phones: StoredCode[]; numbers: StoredCode[]; birthDate: string | null };

const storedCodes = (texts: readonly string[]): StoredCode[] =>
  texts.map((text) => ({ text, code: codeOf(text) })).filter(({ code }) => code !== '');

/** A whole name among single words: no folded text has such a sign. */
const asWhole = (name: string): string => `=${name}`;

function bestMatch(row: StoredRow, words: string[], codes: string[], births: string[]): Match | undefined {
  const phoneCodes = codes.filter((code) => /^\d+$/.test(code));
  const matches = [
    rankNames(row.names, words),
    row.birthDate === null ? undefined : rankBirthDate(row.birthDate, births),
    rankCodes('number', row.numbers, codes),
    rankCodes('phone', row.phones, phoneCodes),
  ];
  return matches.filter((match) => match !== undefined).toSorted((a, b) => a.score - b.score)[0];
}

/** What was typed as a number: with a digit in it and two signs at least; a phone also without its leading zeros. */
function typedCodes(text: string): string[] {
  const code = codeOf(text);
  if (!/\d/.test(code) || code.length < 2) return [];
  const bare = code.replace(/^0+/, '');
  return bare.length >= 4 && bare !== code ? [code, bare] : [code];
}

// Above every text that begins so: no folded text holds the last code point.
const afterAll = (beginning: string): string => `${beginning}\u{10ffff}`;

const compare = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
