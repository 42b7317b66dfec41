import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { unknownVariables } from '../shared/config/variables.ts';
import type { Result } from '../shared/kernel/result.ts';
import { fail, ok } from '../shared/kernel/result.ts';
import { stationProfileSchema } from '../shared/sync/protocol.ts';
import { downloadsFolder } from './downloads-folder.ts';
import { liesWithin } from './shell/chromium/key-folder.ts';

const port = z.coerce.number().int().min(0).max(65_535);

const schema = z.strictObject({
  dataDir: z.string().min(1),
  keyDir: z.string().min(1),
  logDir: z.string().min(1),
  /** Where the shell without dialogs saves what a person takes out. */
  exportDir: z.string().min(1),
  serverUrl: z.url({ protocol: /^https?$/ }),
  enrolCode: z.string().nullable(),
  stationName: z.string().min(1).max(64),
  profile: stationProfileSchema,
  dicomHost: z.string().min(1),
  dicomPort: port,
  aeTitle: z.string().regex(/^[\x20-\x5b\x5d-\x7e]{1,16}$/),
  debugPort: port.nullable(),
  window: z.boolean(),
  headless: z.boolean(),
  check: z.boolean(),
  recover: z.boolean(),
});
export type WorkstationConfig = z.infer<typeof schema>;

function configHome(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') return env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
}

/** The arguments that a person gave. A packaged Electron has no script before them, as Node and Electron's own shell have. */
export function argumentsOf(from: {
  argv: string[];
  versions: NodeJS.ProcessVersions;
  defaultApp?: boolean;
}): string[] {
  const isPackaged = from.versions['electron'] !== undefined && from.defaultApp !== true;
  return from.argv.slice(isPackaged ? 1 : 2);
}

/** Reads arguments and environment; an unknown or bad value is one clear line for the person at the terminal. */
export function readConfig(args: string[], env: NodeJS.ProcessEnv): Result<WorkstationConfig, string> {
  const unknown = unknownVariables(env);
  if (unknown.length > 0) return fail(`unknown variable ${unknown.join(', ')}`);
  const given = readArgs(args);
  if (!given.ok) return given;
  const { values } = given.value;
  const data = resolve(env['PRAXIS_DATA'] || '.praxis');
  const dataDir = resolve(values.data ?? join(data, 'workstation-1'));
  const debug = env['PRAXIS_DEBUG_PORT'];
  const parsed = schema.safeParse({
    dataDir,
    keyDir: resolve(env['PRAXIS_KEY_DIR'] || join(configHome(env), 'praxis', 'keys')),
    logDir: join(data, 'logs'),
    exportDir: resolve(env['PRAXIS_EXPORT_DIR'] || downloadsFolder(configHome(env))),
    serverUrl:
      values.server ?? `http://${env['PRAXIS_SERVER_HOST'] || '127.0.0.1'}:${env['PRAXIS_SERVER_PORT'] || '9000'}`,
    enrolCode: values.enrol ?? null,
    stationName: values.name ?? basename(dataDir),
    profile: values.profile ?? 'all',
    dicomHost: env['PRAXIS_DICOM_HOST'] || '127.0.0.1',
    dicomPort: values['dicom-port'] ?? env['PRAXIS_DICOM_PORT'] ?? '11112',
    aeTitle: (values['ae-title'] ?? env['PRAXIS_AE_TITLE'] ?? 'PRAXIS').trim(),
    debugPort: debug ? debug : null,
    window: !values['no-window'] && !values.check && !values.recover && (values.headless === true || hasDisplay(env)),
    headless: values.headless ?? false,
    check: values.check ?? false,
    recover: values.recover ?? false,
  });
  if (parsed.success) {
    const { exportDir, keyDir } = parsed.data;
    // What is taken out is not encrypted: among the encrypted data nobody would look for it.
    if ([dataDir, keyDir].some((folder) => liesWithin(exportDir, folder)))
      return fail('PRAXIS_EXPORT_DIR: must lie outside the data folder and the key folder');
    return ok(parsed.data);
  }
  const issue = parsed.error.issues[0];
  return fail(`${issue?.path.join('.') ?? 'configuration'}: ${issue?.message ?? 'bad value'}`);
}

/** Without a display everything but the window runs. */
function hasDisplay(env: NodeJS.ProcessEnv): boolean {
  return process.platform !== 'linux' || !!(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

function readArgs(args: string[]) {
  try {
    return ok(
      parseArgs({
        args,
        strict: true,
        options: {
          data: { type: 'string' },
          server: { type: 'string' },
          enrol: { type: 'string' },
          name: { type: 'string' },
          profile: { type: 'string' },
          'dicom-port': { type: 'string' },
          'ae-title': { type: 'string' },
          'no-window': { type: 'boolean' },
          /** A window that nobody sees, for tests. */
          headless: { type: 'boolean' },
          check: { type: 'boolean' },
          recover: { type: 'boolean' },
        },
      }),
    );
  } catch (error) {
    return fail(error instanceof Error ? error.message : 'bad arguments');
  }
}
