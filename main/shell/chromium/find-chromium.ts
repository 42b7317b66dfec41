import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Path of the system's Chromium: `PRAXIS_CHROMIUM` alone if set, else the first known name in /usr/bin and PATH; undefined if there is none. */
export const findChromium = (env: NodeJS.ProcessEnv): string | undefined => {
  const named = env.PRAXIS_CHROMIUM;
  if (named !== undefined && named !== '') return isExecutable(named) ? named : undefined;
  const folders = ['/usr/bin', ...(env.PATH ?? '').split(delimiter)].filter((folder) => folder.startsWith('/'));
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
};
