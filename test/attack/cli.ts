import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

export const cli: string = join(import.meta.dirname, '../../src/cli.ts');

/** What a command of a process of its own answered. */
export type Answer = { readonly status: number | null; readonly out: Record<string, unknown>; readonly human: string };

/** A machine of somebody else: an empty folder, no settings, no installation. */
export function strangersMachine(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'sotto stranger '));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const spawned = { cwd: folder, env: { PATH: '/nowhere' } };
  return {
    folder,
    file(name: string, text: string): string {
      writeFileSync(join(folder, name), text);
      return name;
    },
    run(...args: readonly string[]): Answer {
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'audit', ...args, '--json'], {
        ...spawned,
        encoding: 'utf8',
      });
      return { status, out: parsed(stdout), human: stderr };
    },
    /** The same, while this process goes on serving. */
    runBeside(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Answer> {
      const beside = { ...spawned, env: { ...spawned.env, ...env } };
      return new Promise((resolve) => {
        const child = execFile(process.execPath, [cli, 'audit', ...args, '--json'], beside, (_error, stdout, stderr) =>
          resolve({ status: child.exitCode, out: parsed(stdout), human: stderr }),
        );
      });
    },
    /** Starts a process that stays, and resolves with what it says first. */
    async start(
      ...args: readonly string[]
    ): Promise<{ readonly child: ChildProcess; readonly out: Record<string, unknown> }> {
      const child = spawn(process.execPath, [cli, 'audit', ...args, '--json'], {
        ...spawned,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      t.after(() => child.kill('SIGKILL'));
      let text = '';
      for await (const chunk of child.stdout) {
        text += String(chunk);
        if (text.endsWith('}\n')) break;
      }
      return { child, out: parsed(text) };
    },
  };
}

/** Ends a process without a word. */
export async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
