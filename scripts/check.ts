import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { runTool, toolScript } from './run-tool.ts';

type Step = { name: string; tool: string; args: readonly string[] };

const types = (name: string, project: string): Step => ({
  name: `types ${name}`,
  tool: 'typescript/bin/tsc',
  args: ['-p', project, '--pretty', 'false'],
});

/** The longest first: on two cores the others then fit beside it. */
const steps: readonly Step[] = [
  {
    name: 'unit',
    tool: 'vitest/vitest.mjs',
    args: ['run', '--project', 'unit', '--reporter', 'dot', '--passWithNoTests'],
  },
  { name: 'lint', tool: 'oxlint/bin/oxlint', args: ['--deny-warnings'] },
  types('main, server, tests', '.'),
  types('shared', 'shared'),
  types('renderer', 'renderer'),
  types('preload', 'preload'),
  types('browser tests', 'tsconfig.browser-tests.json'),
  { name: 'format', tool: '@biomejs/biome/bin/biome', args: ['format', '--colors=off', '--max-diagnostics=20'] },
  { name: 'dead code', tool: 'knip/bin/knip.js', args: ['--no-progress', '--no-config-hints'] },
];

async function runStep(step: Step): Promise<boolean> {
  const startedAtMs = performance.now();
  const { code, output } = await runTool(process.execPath, [toolScript(step.tool), ...step.args]);
  const line = `${code === 0 ? 'ok    ' : 'FAILED'} ${step.name} ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s`;
  console.log(code === 0 ? line : `${output.trimEnd()}\n${line}`);
  return code === 0;
}

/**
 * Format, lint, types, dead code and, unless left out, the unit tests with the architecture laws. Prints a line per step and what
 * failed. Returns the names of the failed steps.
 */
export async function check(options: { withoutUnit: boolean }): Promise<string[]> {
  const waiting = steps.filter((step) => !(options.withoutUnit && step.name === 'unit'));
  const failed: string[] = [];
  const worker = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      if (!(await runStep(step))) failed.push(step.name);
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  return failed;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { 'without-unit': { type: 'boolean' } } });
  const failed = await check({ withoutUnit: values['without-unit'] ?? false });
  if (failed.length > 0) console.log(`check failed: ${failed.join(', ')}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}
