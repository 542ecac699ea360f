import { runTool } from './program.ts';

const checks = [
  { name: 'types', run: () => runTool('tsc', ['-p', '.']) },
  { name: 'screens', run: () => runTool('tsc', ['-p', 'web']) },
  { name: 'lint', run: () => runTool('oxlint', []) },
  { name: 'format', run: () => runTool('oxfmt', ['--check']) },
  { name: 'unused', run: () => runTool('knip', []) },
];

/** Everything that judges the code without running it, at once. Returns the names of the checks that failed. */
export async function runChecks(): Promise<readonly string[]> {
  const failed = await Promise.all(
    checks.map(async ({ name, run }) => {
      const outcome = await run();
      report(name, outcome);
      return outcome.ok ? [] : [name];
    }),
  );
  return failed.flat();
}

/** One line per check; what it printed only when it failed. */
export function report(name: string, outcome: { ok: boolean; output: string; tookMs: number }): void {
  const seconds = (outcome.tookMs / 1000).toFixed(1);
  console.log(`${outcome.ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(8)} ${seconds.padStart(6)} s`);
  if (!outcome.ok) console.log(outcome.output.trimEnd().replace(/^/gm, '        '));
}
