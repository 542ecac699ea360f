import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { getTestContext } from 'node:test';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..');
const cli = join(root, 'src/cli.ts');
const run = promisify(execFile);

/** The product as a process of its own, started like a newcomer would, on a data directory of its own. */
export type Product = {
  readonly url: string;
  readonly process: ChildProcess;
  /** Everything it wrote to standard error: its log. */
  log(): string;
  /** Ends it in order; hurried, without waiting for calls that are left. Resolves to its exit code. */
  stop(how?: 'hurried'): Promise<number | null>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
};

export type Env = Readonly<Record<string, string>>;

/** Starts `serve` and waits until it answers. Rejects with its log when it ends instead. */
export async function startProduct(env: Env): Promise<Product> {
  const child = spawn(process.execPath, [cli, 'serve', '--json'], {
    cwd: root,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  killIfFailed(child);
  let written = '';
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => (written += chunk.toString('utf8')));
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      told += chunk.toString('utf8');
      const found = /"url": "([^"]+)"/.exec(told)?.[1];
      if (found) resolve(found);
    });
    ended.then(([code]) => reject(new Error(`serve ended with ${code}: ${written}${told}`)), reject);
  });
  return {
    url,
    process: child,
    log: () => written,
    async stop(how) {
      child.kill('SIGTERM');
      // A second signal says that nobody is waited for; sent before the first is taken, it would end the process.
      const hurry = () => {
        if (!/"event":"shutdown.started"/.test(written)) return void child.stderr.once('data', hurry);
        child.kill('SIGTERM');
      };
      if (how === 'hurried') hurry();
      const [code] = await ended;
      return code as number | null;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** What a failed test leaves running would take the machine from the others, and keep the run from its end. */
function killIfFailed(child: ChildProcess): void {
  const test = getTestContext();
  if (test && 'after' in test)
    test.after(() => {
      if (!test.passed) child.kill('SIGKILL');
    });
}

/** Runs one command to its end. */
export async function sotto(env: Env, ...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, [cli, ...words], {
      cwd: root,
      env: environment(env),
      maxBuffer: 2 ** 26,
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const failed = error as { code?: number; stdout?: string; stderr?: string };
    return { code: failed.code ?? -1, stdout: failed.stdout ?? '', stderr: failed.stderr ?? '' };
  }
}

/** Runs a command with --json and reads its document. */
export async function sottoJson<T>(env: Env, ...words: string[]): Promise<T> {
  const { stdout, stderr, code } = await sotto(env, ...words, '--json');
  if (code !== 0) throw new Error(`sotto ${words.join(' ')} exited ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}

/**
 * A port that is free now, for a product that must be found on the same one after a restart. It lies below those that any
 * system gives to whoever asks for one of its choice (RFC 6335 §6 and Linux alike), so nobody gets it meanwhile.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 30_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

/** The embedded PostgreSQL's process id. */
export async function postmasterPid(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}

/** Child processes of a process, on systems that tell. */
export async function childrenOf(pid: number): Promise<number[]> {
  const found = await run('ps', ['-o', 'pid=', '--ppid', String(pid)]).catch(() => ({ stdout: '' }));
  return found.stdout
    .split('\n')
    .map(Number)
    .filter((child) => child > 0);
}

function environment(env: Env): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SystemRoot'].flatMap((name) =>
    process.env[name] ? [[name, process.env[name]]] : [],
  );
  return { ...Object.fromEntries(kept), ...env };
}
