import { z } from 'zod';

export type Counts = { passed: number; failed: number; skipped: number };

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/**
 * Counts test cases in the report of Vitest's JSON reporter. A file that failed without a failed case (it did not load, its set-up
 * threw) counts as one failed case; so does a run that failed although every case passed (an error outside the tests). Without a
 * readable report the run as a whole is one failed case: no tests run is never a success.
 */
export function countTests(reportText: string | undefined, exitCode: number): Counts {
  const parsed = reportSchema.safeParse(readJson(reportText));
  const files = parsed.success ? parsed.data.testResults : [];
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of files) {
    const statuses = file.assertionResults.map((result) => result.status);
    const failed = statuses.filter((status) => status === 'failed').length;
    const passed = statuses.filter((status) => status === 'passed').length;
    counts.passed += passed;
    counts.failed += failed === 0 && file.status === 'failed' ? 1 : failed;
    counts.skipped += statuses.length - passed - failed;
  }
  const nothingRan = counts.passed + counts.failed === 0;
  if (counts.failed === 0 && (exitCode !== 0 || nothingRan)) counts.failed = 1;
  return counts;
}

function readJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** The line that a machine reads: `12 passed, 0 failed, 1 skipped`. */
export function countLine(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}
