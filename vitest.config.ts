import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes minutes begins first: vitest goes by the size of the file, and these are short (`test/e2e/day/` holds their steps). */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): number => Number(/day-by-(?:mouse|keys)\./.test(moduleId));
    return (await super.sort(files)).toSorted((a, b) => isLong(b) - isLong(a));
  }
}

const shiftedClock = new URL('./test/world/shifted-clock.ts', import.meta.url).href;

/** The law and what the screens make of it, on a machine in another zone whose clock passes midnight while they run. */
const elsewhere = (name: string, zone: string, beginsAtUtc: string) => ({
  test: {
    name,
    include: ['{shared,renderer}/**/*.test.{ts,tsx}'],
    env: { TZ: zone },
    execArgv: [`--import=${shiftedClock}?at=${beginsAtUtc}`],
    testTimeout: 20_000,
    maxWorkers: 2,
    sequence: { groupOrder: 3 },
  },
});

/**
 * `unit` runs beside the code and in `check`; `integration` needs real parts and runs in `npm test`; `e2e` drives the whole program;
 * `la-paz` and `kiritimati` run some of `unit` again on machines elsewhere.
 * The groups run one after the other, two files at a time where real parts are waited for more than computed with.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{shared,main,server,renderer,preload,scripts,bench}/**/*.test.{ts,tsx}',
            'test/architecture/**/*.test.ts',
          ],
          testTimeout: 20_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'integration',
          globalSetup: 'test/world/prepared-run.ts',
          include: ['test/**/*.test.ts'],
          exclude: ['test/architecture/**', 'test/e2e/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          globalSetup: 'test/world/prepared-run.ts',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      elsewhere('la-paz', 'America/La_Paz', '2027-01-01T03:59:59.000Z'),
      elsewhere('kiritimati', 'Pacific/Kiritimati', '2027-02-28T09:59:59.000Z'),
    ],
  },
});
