import type Database from 'better-sqlite3-multiple-ciphers';
import { kinds } from '../../shared/collections.ts';
import { upgradeCount } from '../../shared/kernel/upgrade.ts';

/**
 * Newest `user_version` that this program reads; a file of a later program is refused (`newer-program`). It grows with every change of
 * a kind's shape, and the number before it with a change of these tables or of RxDB's.
 */
export const STORE_VERSION = 2 + upgradeCount(kinds);

/**
 * Our own tables beside RxDB's in the same file, so that one transaction covers documents, look-up keys, the outbox and its
 * base, cursors, numbers, drafts and the log. Documents themselves are RxDB's.
 */
export function prepareOwnTables(db: Database.Database): void {
  db.exec(`
    create table if not exists meta(name text primary key, value text not null) strict, without rowid;
    create table if not exists lookup(kind text not null, name text not null, key text not null, id text not null,
      primary key(kind, name, key, id)) strict, without rowid;
    create index if not exists lookup_by_id on lookup(kind, id);
    -- The server's form of every document that pending sets rest on; null: the server does not have it.
    create table if not exists base(kind text not null, id text not null, doc text, number integer not null,
      primary key(kind, id)) strict, without rowid;
    -- Every set that this station made, in its order: outbox and audit log in one.
    create table if not exists sets(seq integer primary key, id text not null unique, body text not null, salt text not null,
      hash text not null, state text not null check(state in ('pending', 'answered', 'done')), answer text, number integer) strict;
    create index if not exists sets_open on sets(seq) where state <> 'done';
    create table if not exists scopes(scope text primary key, number integer not null, hash text not null, after text,
      state text not null check(state in ('loading', 'held')), wanted_until text) strict, without rowid;
    -- Pairs of the server's history that this station has seen, for finding the last one in common (\`change-sets.md\` §5).
    create table if not exists cursors(number integer primary key, hash text not null) strict;
    -- Documents that a server which was put back has not told of yet.
    create table if not exists ahead(kind text not null, id text not null, primary key(kind, id)) strict, without rowid;
    create table if not exists numbers(series text primary key, last integer not null) strict, without rowid;
    create table if not exists drafts(user_id text not null, key text not null, patient_id text, body text not null, seen text not null,
      saved_at_utc text not null, primary key(user_id, key)) strict, without rowid;
    create table if not exists reads(seq integer primary key, at_utc text not null, user_id text not null, view text not null,
      patient_id text, hash text not null, sent integer not null default 0) strict;
    create table if not exists verifiers(user_id text primary key, username text not null, roles text not null, verifier text not null,
      demo integer not null) strict, without rowid;
    create table if not exists pins(user_id text primary key, verifier text not null, failures integer not null default 0) strict, without rowid;
    -- Files by hash: objects that the door received, documents that were made, and what came from the server.
    create table if not exists files(sha256 text primary key, file_name text not null, bytes integer not null,
      transfer_syntax_uid text, at_server integer not null default 0) strict, without rowid;
    create index if not exists files_to_send on files(sha256) where at_server = 0;
    -- The door's journal as far as it was drained.
    create table if not exists received(journal_seq integer primary key, sha256 text not null, body text not null,
      filed integer not null default 0) strict;
    create index if not exists received_open on received(journal_seq) where filed = 0;
    create index if not exists received_by_hash on received(sha256);
    create table if not exists worklist_queries(device_id text primary key, body text not null) strict, without rowid;
  `);
}

/** Small facts about this station that live with the data: `station`, `clock-offset`, `contact-token`, … */
export function createMeta(db: Database.Database) {
  const get = db.prepare('select value from meta where name = ?').pluck();
  const put = db.prepare(
    'insert into meta(name, value) values(?, ?) on conflict(name) do update set value = excluded.value',
  );
  return {
    get: (name: string): string | undefined => get.get(name) as string | undefined,
    set: (name: string, value: string): void => {
      put.run(name, value);
    },
  };
}
export type Meta = ReturnType<typeof createMeta>;
