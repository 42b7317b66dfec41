import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run-tool.ts';

type LockEntry = {
  version?: string;
  license?: string;
  dev?: boolean;
  engines?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x'];

/** Which machine a platform package is for, told from its name (`@biomejs/cli-linux-x64-musl`); undefined when it does not say. */
function platformOf(name: string): { os: string[]; cpu: string[]; libc?: string[] } | undefined {
  const words = (name.split('/').at(-1) ?? '').split('-');
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  if (os.length !== 1 || cpu.length !== 1) return undefined;
  const isMusl = words.some((word) => word.startsWith('musl'));
  const isGlibc = os[0] === 'linux' && words.some((word) => word.startsWith('gnu'));
  return { os, cpu, ...(isMusl ? { libc: ['musl'] } : {}), ...(isGlibc ? { libc: ['glibc'] } : {}) };
}

/**
 * Adds to the lock file the optional packages for other machines that npm left out because the registry it asked does not carry them;
 * `npm ci` refuses the file otherwise. They get no checksum. Run it after `npm install` of anything. Throws when a name does not say
 * which machine it is for.
 */
function completeLock(): number {
  const path = join(root, 'package-lock.json');
  const lock: { packages: Record<string, LockEntry> } = JSON.parse(readFileSync(path, 'utf8'));
  let added = 0;
  for (const [place, entry] of Object.entries({ ...lock.packages })) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const own = `node_modules/${name}`;
      if (place === '' || own in lock.packages || `${place}/${own}` in lock.packages) continue;
      const platform = platformOf(name);
      if (platform === undefined)
        throw new Error(`${name}: its name does not say which machine it is for; add it by hand`);
      const { license, engines, dev } = entry;
      const extra = {
        version,
        optional: true,
        ...platform,
        ...(license ? { license } : {}),
        ...(engines ? { engines } : {}),
      };
      lock.packages[own] = dev ? { ...extra, dev } : extra;
      added += 1;
    }
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  if (added > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  return added;
}

console.log(`complete-lock: ${completeLock()} added`);
