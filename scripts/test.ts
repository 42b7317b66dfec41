import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.ts';
import { type Counts, countLine, countTests } from './count-tests.ts';
import { root, runTool, toolScript } from './run-tool.ts';
import { provideTestNeeds } from './test-needs.ts';

const reportPath = 'test-results/report.json';

function readReport(): string | undefined {
  try {
    return readFileSync(join(root, reportPath), 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Sets up what the tests need, builds, runs every project (or what the arguments choose, passed on to Vitest) and shows the failures.
 * A set-up or build that fails counts as one failed case.
 */
export async function test(args: readonly string[]): Promise<Counts> {
  try {
    await provideTestNeeds();
    await build();
  } catch (error) {
    console.error(`test: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  mkdirSync(join(root, 'test-results'), { recursive: true });
  rmSync(join(root, reportPath), { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
  const run = [toolScript('vitest/vitest.mjs'), 'run', ...reporters, '--silent=passed-only', ...args];
  const { code } = await runTool(process.execPath, run, { show: true });
  return countTests(readReport(), code);
}

if (import.meta.main) {
  const counts = await test(process.argv.slice(2));
  process.exitCode = counts.failed > 0 ? 1 : 0;
  console.log(countLine(counts));
}
