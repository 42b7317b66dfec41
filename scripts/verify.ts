import { check } from './check.ts';
import { countLine } from './count-tests.ts';
import { test } from './test.ts';

/** Everything that must hold before a change lands: the checks, then all tests (also after a failed check: both are news). */
const failedSteps = await check({ withoutUnit: true });
const counts = await test([]);
if (failedSteps.length > 0) console.log(`check failed: ${failedSteps.join(', ')}`);
process.exitCode = failedSteps.length > 0 || counts.failed > 0 ? 1 : 0;
console.log(countLine(counts));
