/** A real PostgreSQL of its own for a test: Debian's, in a temporary folder, on a unix socket. */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type QueryResult } from 'pg';
import { isRoot, makeReachableFolder } from '../world/other-user.ts';

const BIN = '/usr/lib/postgresql/15/bin';
export const hasPostgres = existsSync(join(BIN, 'postgres'));
/** Stands in the name of every test that is skipped for want of it. */
export const noPostgres = hasPostgres ? '' : ` — SKIPPED: ${BIN}/postgres is missing (apt-get install postgresql)`;

export type TestPostgres = {
  /** A new empty database; the address is its owner's. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
};

export async function startPostgres(): Promise<TestPostgres> {
  const { path: folder, remove } = makeReachableFolder('pg');
  const owner = identity();
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid ?? owner.uid);
  const data = join(folder, 'data');
  execFileSync(
    join(BIN, 'initdb'),
    ['-D', data, '-U', 'praxis', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'],
    { ...owner, stdio: 'ignore' },
  );
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${folder}`,
    'fsync=off',
    'max_connections=100',
    'log_min_messages=fatal',
  ];
  const server = spawn(join(BIN, 'postgres'), ['-D', data, ...settings.flatMap((one) => ['-c', one])], {
    ...owner,
    stdio: 'ignore',
  });
  const exited = new Promise((resolve) => server.once('exit', resolve));
  const address = (database: string): string =>
    `postgres://praxis@localhost/${database}?host=${encodeURIComponent(folder)}`;
  await untilReady(address('postgres'));
  let count = 0;
  return {
    createDatabase: async () => {
      count += 1;
      await execute(address('postgres'), `create database praxis_${count}`);
      return address(`praxis_${count}`);
    },
    stop: async () => {
      server.kill('SIGINT');
      await exited;
      remove();
    },
  };
}

/** PostgreSQL refuses to run as root. */
function identity(): { uid?: number; gid?: number } {
  if (!isRoot()) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export async function execute(url: string, sql: string): Promise<QueryResult> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return void (await execute(url, 'select 1'));
    } catch (error) {
      if (tries === 100) throw error;
      await sleep(100);
    }
  }
}
