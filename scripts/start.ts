import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildOrExit } from './build.ts';
import { resetData } from './reset-data.ts';
import { root } from './run-tool.ts';
import { serverCommand, workstationCommand } from './service-commands.ts';
import { readSettings, type Settings } from './settings.ts';
import { supervise } from './supervise.ts';

const usage = 'npm start -- [--no-window] [--empty] [--reset]';

function readOptions(): { noWindow: boolean; empty: boolean; reset: boolean } {
  const { values } = parseArgs({
    options: { 'no-window': { type: 'boolean' }, empty: { type: 'boolean' }, reset: { type: 'boolean' } },
    strict: true,
  });
  return { noWindow: values['no-window'] ?? false, empty: values.empty ?? false, reset: values.reset ?? false };
}

function isPortTaken(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE'));
    probe.listen(port, host, () => probe.close(() => resolve(false)));
  });
}

/** A reset under a running Praxis would take the files from under it. */
async function resetUnlessRunning(settings: Settings): Promise<void> {
  const taken =
    (await isPortTaken(settings.serverHost, settings.serverPort)) ||
    (await isPortTaken(settings.dicomHost, settings.dicomPort));
  if (taken) throw new Error('--reset: Praxis seems to be running (its port is taken); stop it first');
  resetData(settings);
}

async function start(): Promise<number> {
  const options = readOptions();
  const settings = readSettings(process.env);
  if (options.reset) await resetUnlessRunning(settings);
  await buildOrExit();
  const main = join(root, 'dist');
  const { stop, done } = supervise(
    {
      services: [
        () => serverCommand(main, settings, options.empty ? ['--empty'] : []),
        (before) =>
          workstationCommand(main, settings, before.get('server')?.enrolCode, options.noWindow ? ['--no-window'] : []),
      ],
      readyWithinMs: 180_000,
      graceMs: 10_000,
    },
    { out: (line) => process.stdout.write(`${line}\n`), err: (line) => process.stderr.write(`${line}\n`) },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // Whoever read our lines has gone (`npm start | head`): end in order rather than by an unhandled error.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', stop);
  return done;
}

try {
  process.exitCode = await start();
} catch (error) {
  const isUsage = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  process.stderr.write(
    `praxis: ${error instanceof Error ? error.message : String(error)}${isUsage ? `; ${usage}` : ''}\n`,
  );
  process.exitCode = 1;
}
