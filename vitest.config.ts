import { defineConfig } from 'vitest/config';

/**
 * `unit` runs beside the code and in `check`; `integration` needs real parts and runs in `npm test`; `e2e` drives the whole program.
 * The groups run one after the other, two files at a time where real parts are waited for more than computed with.
 */
export default defineConfig({
  test: {
    pool: 'forks',
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
    ],
  },
});
