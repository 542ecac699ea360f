/**
 * `npm test`: the checks, then every test. `npm test -- src/base test/tidy.test.ts` runs only the tests there.
 * Exit code 0 when all is well, 1 when something failed, 2 when it was asked for tests that do not exist.
 */
import { runChecks } from './checks.ts';
import { allTests, findTests, testsAt } from './test-run/plan.ts';
import { runTests } from './test-run/run.ts';

const limitMs = 50 * 60_000;

process.exitCode = await main(process.argv.slice(2));

async function main(paths: readonly string[]): Promise<number> {
  const files = plan(paths);
  if (files === undefined) return 2;
  const failed = paths.length === 0 ? await runChecks() : [];
  const outcome = await runTests({ files, limitMs, output: 'stream' });
  for (const mistake of outcome.mistakes) console.error(mistake);
  if (failed.length > 0) console.error(`Checks that failed, printed above the tests: ${failed.join(', ')}.`);
  return outcome.ok && failed.length === 0 ? 0 : 1;
}

function plan(paths: readonly string[]): readonly string[] | undefined {
  try {
    return paths.length === 0 ? findTests(allTests) : testsAt(paths, process.env['INIT_CWD'] ?? process.cwd());
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}
