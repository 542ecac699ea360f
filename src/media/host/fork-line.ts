import { fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { childEnvironment, problem, type Ctx } from '#base';
import type { Arrival } from '../desk.ts';
import { isReady, type Ready } from './parent.ts';

/** A line process of ours. */
export type LineProcess = {
  readonly pid: number;
  /** Resolves when it can be met and takes sockets. Rejects (`not-running`) when it ends before, or takes too long. */
  readonly ready: Promise<Ready>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /**
   * Gives a socket away that nothing here reads any more (`reopened`): what is read here would be lost. False when the
   * process is gone or too busy to take more; the socket is still the caller's.
   */
  hand(arrival: Arrival, socket: Socket): boolean;
  /** Lets it go: from now on it takes no sockets, and ends when it has nothing left to carry. */
  letGo(): void;
  kill(): void;
};

/** How the process is started. Only tests start another program, or do without its log. */
export type ForkOptions = {
  readonly program: readonly [file: string, ...words: string[]];
  readonly stderr: 'inherit' | 'ignore';
};

export const lineProgram: ForkOptions = {
  program: [join(import.meta.dirname, '../../cli.ts'), 'line'],
  stderr: 'inherit',
};

/** Sockets on their way to a process that does not take them. */
const mostOnTheWay = 256;
const readyMs = 30_000;
/** Frames of many calls die young: with more room for the young, fewer are copied before they do. Costs 2 MB. */
const flags = ['--max-semi-space-size=16'];

/** Starts a line in a process group of its own, with the settings of this process and, of its secrets, only what stores recordings. */
export function forkLine(
  { config, clock }: Pick<Ctx, 'config' | 'clock'>,
  { program, stderr }: ForkOptions,
): LineProcess {
  const [file, ...words] = program;
  const child = fork(file, words, {
    execArgv: flags,
    env: childEnvironment(config, ['s3Secret']),
    detached: true,
    stdio: ['ignore', 'ignore', stderr, 'ipc'],
  });
  // A serve that fails must not be kept alive by its line; who waits for the line keeps itself alive.
  child.unref();
  child.channel?.unref();
  const ready = Promise.withResolvers<Ready>();
  const ended = Promise.withResolvers<{ code: number | null; signal: string | null }>();
  const onTheWay = new Set<Socket>();
  const fail = () => ready.reject(problem('not-running', 'The process that carries live audio could not be started.'));
  const tooLate = clock.after(readyMs, () => {
    fail();
    child.kill('SIGKILL');
  });
  ready.promise.catch(() => {});
  child.on('message', (message) => {
    if (!isReady(message)) return;
    tooLate();
    ready.resolve(message);
  });
  const over = (code: number | null, signal: string | null) => {
    tooLate();
    fail();
    for (const socket of onTheWay) socket.destroy();
    ended.resolve({ code, signal });
  };
  child.on('exit', over);
  child.on('error', () => {
    if (child.pid === undefined) over(null, null);
  });
  return {
    pid: child.pid ?? 0,
    ready: ready.promise,
    ended: ended.promise,
    hand(arrival, socket) {
      if (!child.connected || onTheWay.size >= mostOnTheWay) return false;
      onTheWay.add(socket);
      child.send(arrival, socket, { keepOpen: false }, () => {
        onTheWay.delete(socket);
        // What is left here is an empty shell, or a socket that could not be sent.
        socket.destroy();
      });
      return true;
    },
    letGo() {
      if (child.connected) child.disconnect();
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
