/** What the server asks of its database, the same over PGlite and PostgreSQL: plain SQL with `$1` parameters. */
export type Row = Record<string, unknown>;

export type Queryable = {
  /** One statement; its rows. `bigint` comes as number, `timestamptz` as Date, `jsonb` parsed. JSON goes in as text. */
  query<T extends Row = Row>(sql: string, params?: readonly unknown[]): Promise<T[]>;
};

export type Db = Queryable & {
  engine: 'pglite' | 'postgres';
  /**
   * Runs `work` in one transaction: committed when it returns, rolled back when it throws. `snapshot` reads one state of the
   * whole database throughout and may not write. Inside, only `tx` may be used: PGlite has one connection and would wait for itself.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>, options?: { snapshot?: boolean }): Promise<T>;
  /** Calls back with each payload that a committed transaction notified; resolves once it listens, with the way to stop. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

/** The owner's handle, for migrations only: several statements at once, no row security. */
export type OwnerDb = Queryable & { exec(sql: string): Promise<void> };

/** The role that everything but migrations runs as: it owns nothing, and row-level security binds it. */
export const APPLICATION_ROLE = 'praxis_app';

const roleChange =
  /\b(?:set|reset)\s+(?:session\s+|local\s+)?(?:role|session\s+authorization|all)\b|\bset_config\s*\(\s*'role'/i;

/** Throws on statements that would leave the application's role: the handle's own part of the tenancy law (design §5). */
export function refuseRoleChange(sql: string): void {
  if (roleChange.test(sql)) throw new Error('the application role cannot be changed');
}

/** SQLSTATE of a database error; undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** The first row of a query that always has one. */
export function onlyRow<T>(rows: readonly T[]): T {
  const row = rows[0];
  if (row === undefined) throw new Error('a row is missing');
  return row;
}
