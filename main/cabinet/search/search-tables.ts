import type Database from 'better-sqlite3-multiple-ciphers';

/** Counts on with the tables, and with the fold that their words are written by. */
const tablesVersion = 2;

/**
 * The tables of the patient search: the row as shown, its words and whole names (what is exactly typed must not be hidden behind
 * newer ones that only begin so), its phones and numbers (also backwards, for last digits), and two contentless FTS5 tables with
 * the row's number as rowid: `tri` finds three letters and more anywhere, `wrd` beginnings of one and two letters and CJK signs
 * and pairs, which a trigram cannot. `needsRebuild` until all rows have been put into tables of this version.
 */
export function prepareSearchTables(db: Database.Database): { needsRebuild: boolean } {
  db.exec('create table if not exists patient_search_version(version integer not null)');
  if (db.prepare('select version from patient_search_version').pluck().get() === tablesVersion)
    return { needsRebuild: false };
  recreateSearchTables(db);
  return { needsRebuild: true };
}

/** Says that the tables hold every patient. */
export function completeSearchTables(db: Database.Database): void {
  db.prepare('insert into patient_search_version values(?)').run(tablesVersion);
}

/** Drops all rows by making the tables anew; may run inside a transaction. */
export function recreateSearchTables(db: Database.Database): void {
  for (const table of ['', '_name', '_code', '_tri', '_wrd']) {
    db.exec(`drop table if exists patient_search${table}`);
  }
  db.exec(`
    create table patient_search(r integer primary key, id text not null unique, birth text, recent text not null, data text not null);
    create index patient_search_birth on patient_search(birth) where birth is not null;
    create table patient_search_name(text text not null, r integer not null, primary key(text, r)) without rowid;
    create index patient_search_name_r on patient_search_name(r);
    create table patient_search_code(r integer not null, code text not null, backwards text not null);
    create index patient_search_code_r on patient_search_code(r);
    create index patient_search_code_code on patient_search_code(code);
    create index patient_search_code_backwards on patient_search_code(backwards);
    create virtual table patient_search_tri using fts5(name, code, content='', contentless_delete=1, tokenize="trigram case_sensitive 1");
    create virtual table patient_search_wrd using fts5(word, content='', contentless_delete=1, detail=none, prefix='1 2 3',
      tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'");
    delete from patient_search_version`);
}
