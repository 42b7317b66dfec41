import type Database from 'better-sqlite3-multiple-ciphers';
import type { Cursor } from '../../shared/kernel/change-set.ts';

export type ScopeRow = { scope: string; number: number; hash: string; after: string | null; state: 'loading' | 'held' };

/** The scopes that this station follows, each with its cursor; `loading` until its first load is whole. */
export function createScopeTable(db: Database.Database) {
  const add = db.prepare(
    "insert into scopes(scope, number, hash, after, state) values(?, 0, '', null, 'loading') on conflict do nothing",
  );
  const set = db.prepare('update scopes set number = ?, hash = ?, after = ?, state = ? where scope = ?');
  const drop = db.prepare('delete from scopes where scope = ?');
  const all = (): ScopeRow[] =>
    db.prepare('select scope, number, hash, after, state from scopes order by scope').all() as ScopeRow[];
  return {
    all,
    add: (scope: string): void => {
      add.run(scope);
    },
    remove: (scope: string): void => {
      drop.run(scope);
    },
    advance: (scopes: readonly string[], cursor: Cursor, after: string | null, state: ScopeRow['state']): void => {
      for (const scope of scopes) set.run(cursor.number, cursor.hash, after, state, scope);
    },
    /** A scope is loaded anew. */
    begin: (scope: string): void => {
      db.prepare("update scopes set number = 0, hash = '', after = null, state = 'loading' where scope = ?").run(scope);
    },
    /** The number up to which every followed scope has been brought. */
    through: (): number =>
      Math.min(...all().map((row) => (row.state === 'held' ? row.number : 0)), Number.MAX_SAFE_INTEGER),
  };
}
export type ScopeTable = ReturnType<typeof createScopeTable>;

export type PullGroup = { scopes: string[]; cursor: Cursor | null; after: string | null };

/** Scopes that share a cursor are asked together; scopes that begin are loaded together, `core` first and by itself. */
export function groupScopes(rows: readonly ScopeRow[]): PullGroup[] {
  const groups = new Map<string, PullGroup>();
  for (const row of rows) {
    const begun = row.number > 0 || row.hash !== '';
    const name =
      row.state === 'held'
        ? `held ${row.number}`
        : begun
          ? `loading ${row.number} ${row.after}`
          : row.scope === 'core'
            ? 'core'
            : 'new';
    const group = groups.get(name) ?? {
      scopes: [],
      cursor: row.state === 'held' || begun ? { number: row.number, hash: row.hash } : null,
      after: row.state === 'loading' ? row.after : null,
    };
    group.scopes.push(row.scope);
    groups.set(name, group);
  }
  return [...groups.values()];
}
