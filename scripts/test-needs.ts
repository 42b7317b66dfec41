import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runTool } from './run-tool.ts';

type Need = { debianPackage: string; isPresent: () => boolean };

function onPath(...commands: string[]): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  return commands.some((command) =>
    folders.some((folder) => endings.some((ending) => existsSync(join(folder, command + ending)))),
  );
}

/** What the tests use that no npm package carries. */
const needs: readonly Need[] = [
  {
    debianPackage: 'chromium',
    isPresent: () => onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'),
  },
  { debianPackage: 'xvfb', isPresent: () => process.platform !== 'linux' || onPath('Xvfb') },
  { debianPackage: 'dcmtk', isPresent: () => onPath('storescu') && onPath('findscu') },
  {
    debianPackage: 'postgresql',
    isPresent: () => onPath('postgres') || globSync('/usr/lib/postgresql/*/bin/postgres').length > 0,
  },
  { debianPackage: 'poppler-utils', isPresent: () => onPath('pdftotext') },
];

/**
 * Installs what is missing where that is ours to do: on Debian, as root. Elsewhere, or when apt-get fails, throws an Error whose one
 * line names what is missing.
 */
export async function provideTestNeeds(): Promise<void> {
  const missing = needs.filter((need) => !need.isPresent()).map((need) => need.debianPackage);
  if (missing.length === 0) return;
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0 && onPath('apt-get');
  if (!isDebianRoot)
    throw new Error(`the tests need, by their Debian names: ${missing.join(', ')}; install them and try again`);
  console.log(`test: installing ${missing.join(', ')}`);
  const updated = await runTool('apt-get', ['update', '-q']);
  const installed = await runTool('env', [
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    'install',
    '-y',
    '-q',
    '--no-install-recommends',
    ...missing,
  ]);
  if (installed.code === 0) return;
  throw new Error(`apt-get could not install ${missing.join(', ')}:\n${updated.output}${installed.output}`);
}
