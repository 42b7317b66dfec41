import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { buildOrExit } from './build.ts';
import { root } from './run-tool.ts';
import { serverCommand, workstationCommand } from './service-commands.ts';
import { readSettings } from './settings.ts';

/** `npm run server -- …` and `npm run workstation -- …`: one service alone, with the same defaults as `npm start`. */
async function runService(): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  const settings = readSettings(process.env);
  await buildOrExit();
  const codeDir = join(root, 'dist');
  const command =
    name === 'server' ? serverCommand(codeDir, settings, args) : workstationCommand(codeDir, settings, undefined, args);
  const child = spawn(process.execPath, [command.entry, ...command.args], {
    env: { ...command.env },
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
}

try {
  await runService();
} catch (error) {
  process.stderr.write(`praxis: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
