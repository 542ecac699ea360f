import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../program.ts';
import type { Reported } from './reporter.ts';

export type TestRun = {
  readonly files: readonly string[];
  /** For the whole run. */
  readonly limitMs: number;
  /** How long the process may live on after its tests, for hooks that stop products and a database. Default 120 s. */
  readonly restMs?: number;
  /** `stream` shows the tests as they run, `keep` returns the text. */
  readonly output: 'stream' | 'keep';
};

export type TestOutcome = {
  readonly ok: boolean;
  readonly output: string;
  readonly tookMs: number;
  /** A line for each failed test. */
  readonly failed: readonly string[];
  /** What is wrong with the run beyond failed tests. */
  readonly mistakes: readonly string[];
};

/**
 * Runs test files in one child process (500 tests take half a second that way, twenty when each file has its own)
 * and does not believe its exit code alone: every planned file must have run a test to its end.
 */
export async function runTests(run: TestRun): Promise<TestOutcome> {
  const startedMs = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'sotto-tests-'));
  try {
    const file = join(folder, 'report');
    const child = start(run, file);
    const kept = keep(child);
    const { code, timedOut } = await end(child, run.limitMs);
    const report = readReport(file);
    const mistakes = judge(run.files, report.ran, timedOut ? run.limitMs : undefined);
    const output = [kept(), ...mistakes].filter(Boolean).join('\n');
    const ok = code === 0 && mistakes.length === 0;
    return { ok, output, tookMs: performance.now() - startedMs, failed: report.failed, mistakes };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A test that hangs is ended after this; a busy machine takes a multiple of what a quiet one does, and shall pass. */
const longestMs = 300_000;

function start(run: TestRun, report: string): ChildProcess {
  const here = import.meta.dirname;
  const args = [
    '--test',
    '--test-isolation=none',
    `--test-timeout=${longestMs}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${pathToFileURL(join(here, 'reporter.ts')).href}`,
    `--test-reporter-destination=${report}`,
    join(here, 'entry.ts'),
  ];
  const stdout = run.output === 'stream' ? 'inherit' : 'pipe';
  return spawn(process.execPath, args, {
    cwd: root,
    env: {
      ...process.env,
      // Set when this is itself run by a test; the child would then report to it instead of printing.
      NODE_TEST_CONTEXT: undefined,
      TZ: 'UTC',
      TEST_FILES: JSON.stringify(run.files),
      TEST_REST_MS: String(run.restMs ?? 120_000),
    },
    stdio: ['ignore', stdout, stdout],
    // A process group of its own, so that what the tests started can be ended with them.
    detached: process.platform !== 'win32',
  });
}

function keep(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  return () => text;
}

async function end(child: ChildProcess, limitMs: number): Promise<{ code: number | null; timedOut: boolean }> {
  let timedOut = false;
  const late = setTimeout(() => {
    timedOut = true;
    signalGroup(child, 'SIGTERM');
    setTimeout(() => signalGroup(child, 'SIGKILL'), 5_000).unref();
  }, limitMs);
  const forward = (signal: NodeJS.Signals) => signalGroup(child, signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  process.off('SIGINT', forward).off('SIGTERM', forward);
  clearTimeout(late);
  return { code, timedOut };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid!, signal);
  } catch {
    // It is over already.
  }
}

/** What was told before the end; `ran` is undefined when it never came. */
function readReport(file: string): { readonly failed: readonly string[]; readonly ran: readonly string[] | undefined } {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  const all = lines.flatMap(reportedIn);
  return {
    failed: all.flatMap((one) => ('failed' in one ? [one.failed] : [])),
    ran: all.some((one) => 'isOver' in one) ? all.flatMap((one) => ('ran' in one ? [one.ran] : [])) : undefined,
  };
}

/** Nothing of a line that somebody else wrote into. */
function reportedIn(line: string): readonly Reported[] {
  try {
    return [JSON.parse(line) as Reported];
  } catch {
    return [];
  }
}

/** Sentences for what an exit code does not tell. `ran` is undefined when the run never reached its end. */
export function judge(
  planned: readonly string[],
  ran: readonly string[] | undefined,
  lateMs: number | undefined,
): readonly string[] {
  if (lateMs !== undefined) return [`The tests were stopped: they took longer than ${lateMs / 60_000} minutes.`];
  if (ran === undefined)
    return ['The test process ended before its summary: a test ended it, or something stayed open.'];
  const missing = planned.filter((file) => !ran.includes(file));
  return missing.map((file) => `${file} was planned and ran no test.`);
}
