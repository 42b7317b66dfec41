// The one way into every task: `node scripts/launch.js <task> [arguments]`. Plain JavaScript without packages, for Node 18 and
// later, because on a fresh clone there is nothing else: it installs what is missing, finds Node 24, hands the task over to it with
// the same arguments, passes signals on and ends as the task ends.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Task name → script under Node 24. Written out, so that a typing error ends with a list and not with a missing module. */
const tasks = {
  start: ['scripts/start.ts'],
  server: ['scripts/service.ts', 'server'],
  workstation: ['scripts/service.ts', 'workstation'],
  build: ['scripts/build.ts'],
  check: ['scripts/check.ts'],
  test: ['scripts/test.ts'],
  verify: ['scripts/verify.ts'],
  pack: ['scripts/pack.ts'],
  bench: ['bench/run.ts'],
  'proof:forged-sets': ['scripts/proof-forged-sets.ts'],
  'proof:histories': ['scripts/proof-histories.ts'],
  'proof:rx-storage': ['scripts/proof-rx-storage.ts'],
};

function fail(line) {
  process.stderr.write(`praxis: ${line}\n`);
  process.exit(1);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * What npm wrote down after its last complete install, against the lock file: every package present in the locked version. Packages
 * for other machines are optional and may be absent. Exact, and needs no stamp of ours.
 */
function isInstalled() {
  const installed = readJson('node_modules/.package-lock.json')?.packages;
  const locked = readJson('package-lock.json')?.packages;
  if (locked === undefined) fail('package-lock.json is missing or not valid JSON; restore it from git');
  if (installed === undefined) return false;
  const isMissing = Object.entries(locked).some(
    ([path, entry]) =>
      path !== '' && installed[path]?.version !== entry.version && !(entry.optional && !installed[path]),
  );
  return !isMissing && Object.keys(installed).every((path) => path in locked);
}

function install() {
  process.stdout.write('praxis: installing packages (npm ci), the first time takes a minute\n');
  // npm gives its own script's path to what it runs; without npm around us, npm is looked up on the PATH.
  const npmScript = process.env.npm_execpath;
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024 };
  const isNpmScript = npmScript !== undefined && /npm-cli\.c?js$/.test(npmScript);
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = isNpmScript
    ? spawnSync(process.execPath, [npmScript, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (result.error?.code === 'ENOENT') fail('npm was not found; install Node.js 18 or later with npm and start again');
  if (result.status === 0) return;
  process.stderr.write(`${result.stderr ?? ''}${result.error ? `${result.error.message}\n` : ''}`);
  fail(`npm ci failed (exit code ${result.status ?? result.signal}); what npm said is above`);
}

/** The pinned Node from our packages, else the one that runs this, if it is new enough. */
function findNode() {
  const pinned = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(
    `Node 24 is missing: ${pinned} was not installed and this is Node ${process.versions.node}; run npm ci again`,
  );
}

/** npm ends its shell but not what runs in it: when the shell that started us has gone, we were meant too. */
function onAbandoned(listener) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parentPid = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parentPid) return;
    clearInterval(timer);
    listener();
  }, 250);
  timer.unref();
}

function handOver(node, args) {
  const bin = join(root, 'node_modules/.bin');
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(node, args, { cwd: root, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  onAbandoned(() => child.kill('SIGTERM'));
  child.on('error', (error) => fail(`${node} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

/** Runs one task; the process ends with the task's exit code. */
export function launch(task, args) {
  if (Number(process.versions.node.split('.')[0]) < 18)
    fail(`this is Node ${process.versions.node}; Node 18 or later is needed`);
  const script = Object.hasOwn(tasks, task ?? '') ? tasks[task] : undefined;
  if (script === undefined)
    return fail(`there is no task '${task ?? ''}'; there are: ${Object.keys(tasks).join(', ')}`);
  if (!isInstalled()) install();
  return handOver(findNode(), [...script, ...args]);
}

const calledFile = process.argv[1];
if (calledFile !== undefined && pathToFileURL(realpathSync(calledFile)).href === import.meta.url) {
  launch(process.argv[2], process.argv.slice(3));
}
