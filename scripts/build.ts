import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashInputs } from './build-inputs.ts';
import { buildCode, codeFolders } from './build-code.ts';
import { root, runTool, toolScript } from './run-tool.ts';

type Step = {
  name: string;
  /** Files and folders whose content decides whether the step has anything to do. */
  inputs: readonly string[];
  /** Without this file there is nothing to build yet. */
  needs: string;
  run: () => Promise<void>;
};

/** In a process of its own: Vite sets NODE_ENV in the process that it builds in, which the services would inherit. */
async function buildPreload(): Promise<void> {
  const result = await runTool(process.execPath, ['scripts/build-preload.ts']);
  if (result.code !== 0) throw new Error(`the preload's build failed:\n${result.output}`);
}

async function buildRenderer(): Promise<void> {
  const args = [toolScript('vite/bin/vite.js'), 'build', '--config', 'renderer/vite.config.ts', '--logLevel', 'warn'];
  const result = await runTool(process.execPath, args);
  if (result.code !== 0) throw new Error(`vite build failed:\n${result.output}`);
}

const common = ['package-lock.json', 'tsconfig.base.json', 'scripts/build.ts', 'scripts/build-code.ts'];

const steps: readonly Step[] = [
  {
    name: 'code',
    inputs: [...common, ...codeFolders, 'resources', 'tsconfig.build.json'],
    needs: 'tsconfig.build.json',
    run: buildCode,
  },
  {
    name: 'preload',
    inputs: [...common, 'preload', 'shared', 'scripts/build-preload.ts'],
    needs: 'scripts/build-preload.ts',
    run: buildPreload,
  },
  {
    name: 'renderer',
    inputs: [...common, 'renderer', 'shared', 'resources'],
    needs: 'renderer/vite.config.ts',
    run: buildRenderer,
  },
];

async function runStep(step: Step): Promise<void> {
  const startedAtMs = performance.now();
  if (!existsSync(join(root, step.needs))) {
    console.log(`build: ${step.name} skipped, ${step.needs} does not exist`);
    return;
  }
  const stampPath = join(root, `dist/.stamp-${step.name}`);
  const stamp = hashInputs(root, step.inputs);
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return;
  // Gone while the step runs: a build that was cut off is not taken for a finished one.
  rmSync(stampPath, { force: true });
  await step.run();
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampPath, stamp);
  console.log(`build: ${step.name} ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`);
}

/**
 * Brings `dist/` up to date: code for Node, the preload, the screens. A step whose inputs have not changed is not run and prints
 * nothing. Throws with the tool's output when a step fails.
 */
export async function build(): Promise<void> {
  const results = await Promise.allSettled(steps.map(runStep));
  const failures = results
    .filter((result) => result.status === 'rejected')
    .map((result) => String(result.reason.message));
  if (failures.length > 0) throw new Error(failures.join('\n'));
}

/** For scripts that go on only with a build: prints why there is none and ends the process with 1. */
export async function buildOrExit(): Promise<void> {
  try {
    await build();
  } catch (error) {
    console.error(`praxis: the build failed\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

if (import.meta.main) await buildOrExit();
