/** `npm run check`: types, lint, format, unused code and the quick tests. One line each; the rest only when red. */
import { report, runChecks } from './checks.ts';
import { findTests, quickTests } from './test-run/plan.ts';
import { runTests } from './test-run/run.ts';

const limitMs = 5 * 60_000;

const failed = await runChecks();
const tests = await runTests({ files: findTests(quickTests), limitMs, output: 'keep' });
report('tests', tests);
process.exitCode = tests.ok && failed.length === 0 ? 0 : 1;
