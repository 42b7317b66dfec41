/**
 * The workstation's entry. Electron emits `ready` only once this module has been evaluated (electron#40719): what has to be said to
 * it before that is waited for here, and nothing else; the start-up itself runs on after the evaluation.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { storeFailureOf } from './cabinet/sqlite/store-failure.ts';
import { argumentsOf, readConfig } from './config.ts';
import { die, failureLines } from './die.ts';
import { createLog } from './log.ts';
import { prepareShell } from './shell/create-host.ts';
import { startWorkstation } from './start-workstation.ts';
import { makeFolders } from './station/keys/open-station-key.ts';

const read = readConfig(argumentsOf(process), process.env);
if (!read.ok) die(read.error);
const config = read.value;
const log = createLog(config.logDir, config.dataDir.split('/').at(-1) ?? 'workstation');
if (config.check && !existsSync(join(config.dataDir, 'store.db'))) die('there is no store in this data folder');
const folders = makeFolders(config.dataDir, config.keyDir);
if (!folders.ok) die(folders.error);
const prepared = await prepareShell(config);
if (!prepared.ok) die(prepared.line);

startWorkstation(config, folders.value, log).catch((error: unknown) => {
  const failure = storeFailureOf(error);
  if (failure) die(failureLines[failure.code] ?? failure.code);
  // Not left to the runtime: Electron only warns of a rejection that nobody takes, and would sit there half started.
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  die('the start failed');
});
