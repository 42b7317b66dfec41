import { join } from 'node:path';
import type { ServiceCommand } from './child.ts';
import { serverUrl, type Settings, settingsToEnv } from './settings.ts';

const hasOption = (args: readonly string[], name: string): boolean =>
  args.some((arg) => arg === name || arg.startsWith(`${name}=`));

/** Adds `name value` unless the person gave that option. */
function withDefaults(args: readonly string[], defaults: Readonly<Record<string, string | undefined>>): string[] {
  const added = Object.entries(defaults).flatMap(([name, value]) =>
    value === undefined || hasOption(args, name) ? [] : [name, value],
  );
  return [...added, ...args];
}

/** The server as a process: `--data DIR`, host and port by environment, then what the person gave. */
export function serverCommand(codeDir: string, settings: Settings, args: readonly string[]): ServiceCommand {
  return {
    name: 'server',
    entry: join(codeDir, 'server/main.js'),
    args: withDefaults(args, { '--data': join(settings.dataDir, 'server') }),
    env: { ...process.env, ...settingsToEnv(settings) },
  };
}

/** The workstation as a process; it ignores the code when it is enrolled already. */
export function workstationCommand(
  codeDir: string,
  settings: Settings,
  enrolCode: string | undefined,
  args: readonly string[],
): ServiceCommand {
  return {
    name: 'workstation',
    entry: join(codeDir, 'main/main.js'),
    args: withDefaults(args, {
      '--data': join(settings.dataDir, 'workstation-1'),
      '--server': serverUrl(settings),
      '--enrol': enrolCode,
      '--dicom-port': String(settings.dicomPort),
      '--ae-title': settings.aeTitle,
    }),
    env: { ...process.env, ...settingsToEnv(settings) },
  };
}
