import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export const root = join(import.meta.dirname, '..');

export type Outcome = { readonly ok: boolean; readonly output: string; readonly tookMs: number };

/** Runs one of the programs that `npm ci` put into node_modules/.bin and keeps what it printed. */
export async function runTool(name: string, args: readonly string[]): Promise<Outcome> {
  const startedMs = performance.now();
  const child = spawn(join(root, 'node_modules/.bin', name), args, {
    cwd: root,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ok = await new Promise<boolean>((resolve) => {
    child.on('error', (error) => {
      output += `${error.message}\n`;
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
  return { ok, output: stripVTControlCharacters(output), tookMs: performance.now() - startedMs };
}
