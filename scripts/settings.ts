import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from './run-tool.ts';

/** Where things listen and lie, from the environment with a default each; the server and the workstation read the same variables. */
export type Settings = {
  serverHost: string;
  serverPort: number;
  dicomHost: string;
  dicomPort: number;
  aeTitle: string;
  /** Holds `server/`, `workstation-1/` and `logs/`. Absolute. */
  dataDir: string;
  /** Holds the key files of stations and server, outside the data. Absolute. */
  keyDir: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

function configDir(env: Environment): string {
  if (process.platform === 'win32') return env['APPDATA'] || join(homedir(), 'AppData', 'Roaming');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
}

function port(env: Environment, name: string, fallback: number): number {
  const text = env[name] || String(fallback);
  const value = Number(text);
  if (/^\d{1,5}$/.test(text) && value <= 65_535) return value;
  throw new Error(`${name} is '${text}'; it must be a port number from 0 to 65535`);
}

/** Reads the settings. Throws an Error with one clear line when a value can't be meant. An empty variable counts as not set. */
export function readSettings(env: Environment): Settings {
  const aeTitle = (env['PRAXIS_AE_TITLE'] || 'PRAXIS').trim();
  // PS3.5 6.2, AE: at most 16 characters of the default repertoire, no backslash, no control characters.
  if (!/^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(aeTitle)) {
    throw new Error(`PRAXIS_AE_TITLE is '${aeTitle}'; an AE title has 1 to 16 plain characters without backslash`);
  }
  return {
    serverHost: env['PRAXIS_SERVER_HOST'] || '127.0.0.1',
    serverPort: port(env, 'PRAXIS_SERVER_PORT', 9000),
    dicomHost: env['PRAXIS_DICOM_HOST'] || '127.0.0.1',
    dicomPort: port(env, 'PRAXIS_DICOM_PORT', 11_112),
    aeTitle,
    dataDir: resolve(root, env['PRAXIS_DATA'] || '.praxis'),
    keyDir: resolve(root, env['PRAXIS_KEY_DIR'] || join(configDir(env), 'praxis', 'keys')),
  };
}

/** The settings as environment variables, every default filled in, for the processes that we start. */
export function settingsToEnv(settings: Settings): Record<string, string> {
  return {
    PRAXIS_SERVER_HOST: settings.serverHost,
    PRAXIS_SERVER_PORT: String(settings.serverPort),
    PRAXIS_DICOM_HOST: settings.dicomHost,
    PRAXIS_DICOM_PORT: String(settings.dicomPort),
    PRAXIS_AE_TITLE: settings.aeTitle,
    PRAXIS_DATA: settings.dataDir,
    PRAXIS_KEY_DIR: settings.keyDir,
  };
}

/** Where the workstation finds the server; an IPv6 address gets its brackets, "every address" becomes this machine. */
export function serverUrl(settings: Settings): string {
  const host = ['0.0.0.0', '::'].includes(settings.serverHost) ? '127.0.0.1' : settings.serverHost;
  return `http://${host.includes(':') ? `[${host}]` : host}:${settings.serverPort}`;
}
