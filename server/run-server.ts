import { parseArgs } from 'node:util';
import type { Law } from '../shared/desk/ports.ts';
import { noteBackup } from './backups.ts';
import { checkServer } from './check.ts';
import { readConfig, type ServerConfig } from './config.ts';
import { describeRoutes } from './http/routes.ts';
import { openServer } from './open-server.ts';
import { openSecrets } from './secrets.ts';
import { type RunningServer, type SeedDemo, startServer } from './start-server.ts';
import { isKeyId, releaseEscrow } from './stations/release-escrow.ts';

const usage =
  'server [--data DIR] [--empty] [--check [--scopes A,B] [--organization ID]] [--backed-up] [--release-key ID] [--routes]';

function fatal(line: string): number {
  process.stderr.write(`praxis: ${line}\n`);
  return 1;
}

/** Writes a line whole: a pipe takes it in pieces, and the process ends right after. */
function say(line: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(`${line}\n`, () => resolve());
  });
}

function readOptions(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      empty: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      scopes: { type: 'string' },
      organization: { type: 'string' },
      'backed-up': { type: 'boolean', default: false },
      'release-key': { type: 'string' },
      routes: { type: 'boolean', default: false },
    },
    strict: true,
  }).values;
}

/** The whole program: options → settings → what was asked for. Gives the exit code once it is over. */
export async function runServer(args: readonly string[], law: Law, seedDemo: SeedDemo): Promise<number> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(args);
  } catch (error) {
    return fatal(`${error instanceof Error ? error.message.split('\n')[0] : 'bad options'}; ${usage}`);
  }
  if (options.routes) {
    await say(JSON.stringify(describeRoutes(), null, 2));
    return 0;
  }
  const config = readConfig(process.env, options.data);
  if (!config.ok) return fatal(config.error);
  if (options.check)
    return check(config.value, law, { scopes: options.scopes?.split(','), organizationId: options.organization });
  if (options['backed-up']) return noteBackedUp(config.value, law);
  if (options['release-key'] !== undefined) return releaseKey(config.value, law, options['release-key']);
  const started = await startServer(config.value, law, options.empty ? undefined : seedDemo);
  if (!started.ok) return fatal(started.error);
  announce(started.value);
  await untilAsked();
  await started.value.close();
  return 0;
}

async function check(config: ServerConfig, law: Law, options: Parameters<typeof checkServer>[3]): Promise<number> {
  const opened = await openServer(config, law);
  if (!opened.ok) return fatal(opened.error);
  const result = await checkServer(opened.value.db, law, opened.value.objects, options);
  await opened.value.close();
  await say(JSON.stringify(result));
  return result.problems.length > 0 ? 1 : 0;
}

async function noteBackedUp(config: ServerConfig, law: Law): Promise<number> {
  const opened = await openServer(config, law);
  if (!opened.ok) return fatal(opened.error);
  const note = await noteBackup(opened.value.db, config.backupFile, opened.value.deskDeps.nowUtc());
  await opened.value.close();
  await say(`praxis: noted as backed up at ${note.atUtc}: ${Object.keys(note.through).length} organizations`);
  return 0;
}

async function releaseKey(config: ServerConfig, law: Law, keyId: string): Promise<number> {
  if (!isKeyId(keyId)) return fatal('a key id has 8 to 32 hexadecimal digits; the workstation names it');
  const opened = await openServer(config, law);
  if (!opened.ok) return fatal(opened.error);
  const server = opened.value;
  const released = await releaseEscrow(server.db, openSecrets(config.secretFile), keyId);
  if (released.ok) server.log('alarm', 'station-key-released', { stationId: released.value.stationId });
  await server.close();
  if (!released.ok) return fatal(released.error);
  const { stationName, isRevoked, releaseCode } = released.value;
  await say(`praxis: release code of ${stationName}${isRevoked ? ' (revoked)' : ''}: ${releaseCode}`);
  return 0;
}

/** To whoever started us: by message where there is a channel, else on the terminal. */
function announce(server: RunningServer): void {
  if (process.send)
    process.send({ ready: true, lines: server.lines, ...(server.enrolCode ? { enrolCode: server.enrolCode } : {}) });
  else process.stdout.write(`${server.lines.join('\n')}\n`);
}

/** Until a signal, or the end of whoever started us. */
function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    process.once('disconnect', () => resolve());
  });
}
