/** Longer random histories than `npm test` has time for: `PRAXIS_HISTORY_STEPS` steps (300 unless told) from `PRAXIS_HISTORY_SEED`. */
import { countLine } from './count-tests.ts';
import { test } from './test.ts';

process.env['PRAXIS_HISTORY_STEPS'] ??= '300';
const counts = await test(['--project', 'integration', 'test/sync/histories.test.ts']);
process.exitCode = counts.failed > 0 ? 1 : 0;
console.log(countLine(counts));
