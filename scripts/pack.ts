import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AfterPackContext, build, Platform } from 'electron-builder';
import { setFuse } from './fuse-wire.ts';
import { checkPackage, type PackReport } from './pack-checks.ts';
import { makeStandInDist } from './standin-dist.ts';

export type PackSummary = PackReport & { standIn: boolean; electronVersion: string; folder: string };

type ProjectFile = { version: string; dependencies: Record<string, string> };

const repository = join(import.meta.dirname, '..');

const readVersion = (file: string): string => readFileSync(file, 'utf8').trim().replace(/^v/, '');

/** The pinned version, from the configuration itself. */
const pinnedVersion = (configFile: string): string => {
  const match = /^electronVersion: (\d+\.\d+\.\d+)$/m.exec(readFileSync(configFile, 'utf8'));
  if (match?.[1] === undefined) throw new Error('electron-builder.yml names no electronVersion');
  return match[1];
};

/** Last touches before the package is closed: with an own dist, electron-builder leaves these two in. */
const finish = (context: AfterPackContext): Promise<void> => {
  rmSync(join(context.appOutDir, 'resources', 'default_app.asar'), { force: true });
  rmSync(join(context.appOutDir, 'version'), { force: true });
  // electron-builder 26 knows eight of the nine fuses.
  setFuse(join(context.appOutDir, 'praxis'), 'wasmTrapHandlers', true);
  return Promise.resolve();
};

/**
 * Packs a built project for Linux and reads the package back. With `distDir` (a real Electron distribution) its version
 * must be the pinned one; without, a stand-in is made and the output's name says STANDIN. Rejects when the packer fails.
 */
export const pack = async (projectDir: string, releaseDir: string, distDir?: string): Promise<PackSummary> => {
  const config = join(repository, 'electron-builder.yml');
  const electronVersion = pinnedVersion(config);
  const scratch = mkdtempSync(join(tmpdir(), 'praxis-pack-'));
  try {
    const standIn = distDir === undefined;
    const electronDist = distDir ?? join(scratch, 'dist');
    if (standIn) await makeStandInDist(electronDist, electronVersion);
    const found = readVersion(join(electronDist, 'version'));
    if (found !== electronVersion)
      throw new Error(`The Electron in ${electronDist} is ${found}, pinned is ${electronVersion}`);
    const project = JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8')) as ProjectFile;
    const output = join(releaseDir, `praxis-${project.version}${standIn ? '-STANDIN' : ''}-linux-x64`);
    rmSync(output, { recursive: true, force: true });
    await build({
      projectDir,
      targets: Platform.LINUX.createTarget('dir'),
      publish: 'never',
      config: { extends: config, electronDist, directories: { output }, afterPack: finish },
    });
    const folder = join(output, 'linux-unpacked');
    return { ...checkPackage(folder, Object.keys(project.dependencies)), standIn, electronVersion, folder };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

const main = async (): Promise<number> => {
  const unsafe = ['electron_use_remote_checksums', 'npm_config_electron_use_remote_checksums'].filter(
    (name) => process.env[name],
  );
  const unbuilt = ['dist/main/main.js', 'dist/preload/preload.cjs'].filter(
    (path) => !existsSync(join(repository, path)),
  );
  const misses = [
    ...unsafe.map((name) => `${name} turns the pinned checksums off`),
    ...unbuilt.map((path) => `${path} is missing: npm run build first`),
  ];
  if (misses.length > 0) {
    console.log(JSON.stringify({ misses }));
    return 1;
  }
  const summary = await pack(repository, join(repository, 'release'), process.env.ELECTRON_OVERRIDE_DIST_PATH);
  console.log(JSON.stringify({ ...summary, native: summary.native.length }));
  return summary.misses.length === 0 ? 0 : 1;
};

if (import.meta.main) process.exitCode = await main();
