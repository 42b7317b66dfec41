import { Client, type ClientConfig, escapeIdentifier, Pool, type PoolClient, types as pgTypes } from 'pg';
import { APPLICATION_ROLE, type Db, type OwnerDb, type Queryable, refuseRoleChange, type Row } from './db.ts';

export type PostgresSettings = {
  /** The application's login; it should own nothing. */
  url: string;
  /** The owner's login, for migrations; the application's own where there is none (then tenancy is a safety net). */
  ownerUrl?: string | undefined;
  /** Told when the pool or the listening connection fails between queries. */
  onFailure: (error: Error) => void;
};

/** Numbers of ours stay below 2^53, so `bigint` may come as a number. */
pgTypes.setTypeParser(pgTypes.builtins.INT8, Number);

/** A pool of connections to a PostgreSQL (15 or later), each with the application's role from its first statement. */
export async function openPostgres(
  settings: PostgresSettings,
  migrate: (owner: OwnerDb) => Promise<void>,
): Promise<Db> {
  await migrateAsOwner(settings, migrate);
  const options = {
    connectionString: settings.url,
    options: `-c role=${APPLICATION_ROLE}`,
    connectionTimeoutMillis: 10_000,
  };
  const pool = new Pool({ ...options, max: 16 });
  pool.on('error', settings.onFailure);
  return {
    engine: 'postgres',
    ...guarded(pool),
    transaction: (work, { snapshot = false } = {}) => inTransaction(pool, work, snapshot),
    listen: (channel, onPayload) => keepListening(options, channel, onPayload, settings.onFailure),
    close: () => pool.end(),
  };
}

async function migrateAsOwner(settings: PostgresSettings, migrate: (owner: OwnerDb) => Promise<void>): Promise<void> {
  const owner = new Client({
    connectionString: settings.ownerUrl ?? settings.url,
  });
  await owner.connect();
  try {
    await migrate({
      query: async <T extends Row>(sql: string, params: readonly unknown[] = []) =>
        (await owner.query<T>(sql, [...params])).rows,
      exec: async (sql) => void (await owner.query(sql)),
    });
    const login = new URL(settings.url).username;
    if (settings.ownerUrl && login) {
      await owner.query(`grant ${APPLICATION_ROLE} to ${escapeIdentifier(decodeURIComponent(login))}`);
    }
  } finally {
    await owner.end();
  }
}

function guarded(on: Pool | PoolClient): Queryable {
  return {
    query: async <T extends Row>(sql: string, params: readonly unknown[] = []) => {
      refuseRoleChange(sql);
      return (await on.query<T>(sql, [...params]).catch(throwCoded)).rows;
    },
  };
}

/**
 * The client says some failures without a code (no connection free in time, a connection that broke): as SQLSTATE
 * connection_failure they are told apart from a defect of ours, and whoever asked may ask again.
 */
function throwCoded(error: unknown): never {
  throw error instanceof Error && !('code' in error) ? Object.assign(error, { code: '08006' }) : error;
}

async function inTransaction<T>(pool: Pool, work: (tx: Queryable) => Promise<T>, snapshot: boolean): Promise<T> {
  const client = await pool.connect().catch(throwCoded);
  let broken: Error | undefined;
  try {
    await client.query(
      snapshot ? 'begin isolation level repeatable read read only' : 'begin isolation level read committed',
    );
    const result = await work(oneByOne(guarded(client)));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    // A connection that could not even roll back is not given to the next one.
    client.release(broken);
  }
}

/** A connection runs one statement at a time; whoever asks for several at once (the law's facts) waits here in order. */
function oneByOne(on: Queryable): Queryable {
  let last: Promise<unknown> = Promise.resolve();
  return {
    query: <T extends Row>(sql: string, params?: readonly unknown[]) => {
      const next = last.then(() => on.query<T>(sql, params));
      last = next.catch(() => undefined);
      return next;
    },
  };
}

/** A connection of its own for LISTEN; when it is lost it is made again, and the poll beside it covers the gap. */
async function keepListening(
  options: ClientConfig,
  channel: string,
  onPayload: (payload: string) => void,
  onFailure: (error: Error) => void,
): Promise<() => Promise<void>> {
  let stopped = false;
  let client: Client | undefined;
  const connect = async (): Promise<void> => {
    const next = new Client(options);
    next.on('error', (error) => {
      onFailure(error);
      if (!stopped) setTimeout(reconnect, 1000).unref();
    });
    next.on('notification', (message) => onPayload(message.payload ?? ''));
    await next.connect();
    await next.query(`listen ${escapeIdentifier(channel)}`);
    client = next;
  };
  const reconnect = (): void => void connect().catch(onFailure);
  await connect();
  return async () => {
    stopped = true;
    await client?.end();
  };
}
