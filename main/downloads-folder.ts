import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The person's Downloads folder by its name in their desktop's language (freedesktop.org, user-dirs.dirs), else `~/Downloads`. */
export function downloadsFolder(configHome: string): string {
  const home = homedir();
  const standard = join(home, 'Downloads');
  if (process.platform !== 'linux') return standard;
  let lines = '';
  try {
    lines = readFileSync(join(configHome, 'user-dirs.dirs'), 'utf8');
  } catch {
    return standard;
  }
  const named = /^XDG_DOWNLOAD_DIR="(\$HOME\/|\/)([^"\n]+)"$/m.exec(lines);
  if (!named?.[2]) return standard;
  return named[1] === '/' ? `/${named[2]}` : join(home, named[2]);
}
