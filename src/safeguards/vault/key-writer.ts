import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Round } from './connection.ts';
import { translate } from './failures.ts';

/** Changes content keys on the disk while the event loop goes on. */
export type KeyWriter = {
  /**
   * Does a round in one transaction and resolves when it is on the disk, with how many rows each part of it changed. One
   * round at a time; others wait for their turn.
   */
  run(round: Round): Promise<number[]>;
  isBusy(): boolean;
  /** Resolves when no round is under way: who reads then does not wait for its lock with the event loop stopped. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

export type WriterAnswer =
  | { readonly changed: number[] }
  | { readonly failure: { readonly message: string; readonly code?: string; readonly errcode?: number } };

/**
 * A thread with a connection of its own to the keystore file, started by its first round. It gets wrapped keys
 * only. It keeps the process alive while somebody waits for a round, and no longer.
 */
export function keyWriter(file: string): KeyWriter {
  const state: { thread?: Worker | undefined; round?: Promise<unknown> | undefined } = {};
  const start = () => {
    const thread = new Worker(new URL('./key-writer-thread.ts', import.meta.url), { workerData: file });
    // A thread that failed is replaced by the next round; who waits for it is told by `once`.
    return thread.on('error', () => (state.thread = undefined));
  };
  const send = async (task: Round): Promise<number[]> => {
    const thread = (state.thread ??= start());
    thread.ref();
    try {
      thread.postMessage(task);
      const [answer] = (await once(thread, 'message')) as [WriterAnswer];
      if ('changed' in answer) return answer.changed;
      throw Object.assign(new Error(answer.failure.message), answer.failure);
    } catch (error) {
      throw translate(error);
    } finally {
      thread.unref();
    }
  };
  return {
    run(task) {
      const before = state.round;
      const round = before ? before.then(() => send(task)) : send(task);
      const over = () => {
        if (state.round === settled) state.round = undefined;
      };
      const settled: Promise<void> = round.then(over, over);
      state.round = settled;
      return round;
    },
    isBusy: () => state.round !== undefined,
    async idle() {
      while (state.round) await state.round;
    },
    async close() {
      await state.round;
      // Ending is waited for, too.
      state.thread?.ref();
      await state.thread?.terminate();
    },
  };
}
