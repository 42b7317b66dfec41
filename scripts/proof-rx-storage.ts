/**
 * RxDB's own storage tests on our storage, and beside it on RxDB's memory storage: what only ours fails is our fault. The tests are
 * not part of this project nor of the rxdb package: `RXDB_CHECKOUT` names a checkout of them (a folder with `test/unit`, and beside it
 * `node_modules` with async-test-util). Arguments choose files by name; without any, all that are about storage run.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startVitest } from 'vitest/node';
import { notApplicable, storageTests } from './rx-suite/storage-tests.ts';
import { suitePlugin } from './rx-suite/suite-plugin.ts';
import { root } from './run-tool.ts';

type Outcome = 'passed' | 'failed' | 'skipped';

async function runSuite(checkout: string, storage: 'memory' | 'praxis', files: readonly string[]) {
  process.env['RX_SUITE_STORAGE'] = storage;
  process.env['NODE_ENV'] = 'fast';
  const vitest = await startVitest(
    'test',
    [],
    {
      root: checkout,
      config: false,
      watch: false,
      globals: true,
      pool: 'forks',
      maxWorkers: 2,
      include: files.map((file) => `test/unit/${file}.test.ts`),
      setupFiles: [join(root, 'scripts/rx-suite/suite-globals.ts')],
      testTimeout: 10_000,
      reporters: [
        {
          onTestModuleEnd: (module) =>
            console.error(module.moduleId.split('/').at(-1), module.state(), Math.round(module.diagnostic().duration)),
        },
      ],
      silent: true,
      // Some cases leave a rejected promise behind on every storage.
      dangerouslyIgnoreUnhandledErrors: true,
    },
    { plugins: [suitePlugin(checkout)], server: { fs: { strict: false } } },
  );
  const outcomes = new Map<string, { outcome: Outcome; why: string }>();
  for (const module of vitest.state.getTestModules()) {
    const file = module.moduleId.split('/').at(-1)?.replace('.test.ts', '') ?? '';
    for (const error of module.errors()) outcomes.set(`${file} (file)`, { outcome: 'failed', why: error.message });
    for (const test of module.children.allTests()) {
      const { state, errors } = test.result();
      if (state !== 'pending')
        outcomes.set(`${file} > ${test.fullName.replace(/ ?\(implementation: \w+\)/, '')}`, {
          outcome: state,
          why: errors?.[0]?.message ?? '',
        });
    }
  }
  await vitest.close();
  return outcomes;
}

const checkout = process.env['RXDB_CHECKOUT'];
if (!checkout || !existsSync(join(checkout, 'test/unit'))) {
  console.error('proof: RXDB_CHECKOUT must name a checkout of github.com/pubkey/rxdb (a folder with test/unit)');
  process.exit(2);
}
const asked = process.argv.slice(2);
const files = (asked.length > 0 ? asked : storageTests).filter((file) =>
  existsSync(join(checkout, `test/unit/${file}.test.ts`)),
);
const memory = await runSuite(checkout, 'memory', files);
const praxis = await runSuite(checkout, 'praxis', files);
const count = (all: typeof memory, outcome: Outcome): number =>
  [...all.values()].filter((one) => one.outcome === outcome).length;
for (const [name, all] of Object.entries({ memory, praxis }))
  console.log(
    `${name}: ${count(all, 'passed')} passed, ${count(all, 'failed')} failed, ${count(all, 'skipped')} skipped`,
  );
const failed = [...praxis].filter(([, one]) => one.outcome === 'failed');
const alsoMemory = failed.filter(([name]) => memory.get(name)?.outcome === 'failed');
const isApplicable = (name: string): boolean => ![...notApplicable.keys()].some((one) => name.endsWith(one));
const onlyOurs = failed.filter(([name]) => memory.get(name)?.outcome !== 'failed' && isApplicable(name));
const show = ([name, { why }]: (typeof failed)[number]): void => console.log(`  ${name}\n    ${why.slice(0, 300)}`);
console.log(`fail on both, so by the age of the tests: ${alsoMemory.length}`);
for (const one of alsoMemory) show(one);
console.log(`fail on ours alone: ${onlyOurs.length}`);
for (const one of onlyOurs) show(one);
process.exit(onlyOurs.length > 0 ? 1 : 0);
