/**
 * `npm test`: builds the dashboard, runs the checks, then every test; where there are processors enough, whole
 * products and journeys, which mostly wait, run beside the others and are shown after them. `npm test -- src/base test/tidy.test.ts` runs only
 * the tests there.
 * Exit code 0 when all is well, 1 when something failed, 2 when it was asked for tests that do not exist.
 */
import { availableParallelism } from 'node:os';
import { runChecks } from './checks.ts';
import { sideBySide, testsAt } from './test-run/plan.ts';
import { runTests } from './test-run/run.ts';
import { ensureScreens } from './web/build.ts';

const limitMs = 50 * 60_000;

process.exitCode = await main(process.argv.slice(2));

async function main(paths: readonly string[]): Promise<number> {
  const groups = plan(paths);
  if (groups === undefined) return 2;
  const failed = paths.length === 0 ? await prepare() : [];
  const outcomes = await Promise.all(
    groups.map((files, at) => runTests({ files, limitMs, output: at === 0 ? 'stream' : 'keep' })),
  );
  for (const { output } of outcomes) if (output !== '') console.log(output);
  // Once more at the end, whichever group it was in: nobody should have to look through what went well.
  const red = outcomes.flatMap((outcome) => outcome.failed);
  if (red.length > 0) console.error(`\nTests that failed:\n${red.map((line) => `- ${line}`).join('\n')}`);
  if (failed.length > 0) console.error(`Checks that failed, printed above the tests: ${failed.join(', ')}.`);
  return outcomes.every(({ ok }) => ok) && failed.length === 0 ? 0 : 1;
}

/** Built in the midst of the tests, the dashboard would be another one for those that have begun than for the rest. */
async function prepare(): Promise<readonly string[]> {
  await ensureScreens();
  return runChecks();
}

function plan(paths: readonly string[]): readonly (readonly string[])[] | undefined {
  try {
    if (paths.length === 0) return sideBySide(availableParallelism());
    return [testsAt(paths, process.env['INIT_CWD'] ?? process.cwd())];
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}
