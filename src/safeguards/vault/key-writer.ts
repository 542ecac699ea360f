import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { KeyValues } from './connection.ts';
import { translate } from './failures.ts';

/** Puts content keys on the disk while the event loop goes on. */
export type KeyWriter = {
  /**
   * Adds the rows in one transaction and resolves when they are on the disk: true for each that was added, false
   * where the subject has a key already. One round at a time.
   */
  add(rows: readonly KeyValues[]): Promise<boolean[]>;
  isBusy(): boolean;
  /** Resolves when no round is under way: who reads then does not wait for its lock with the event loop stopped. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

export type WriterAnswer =
  | { readonly added: boolean[] }
  | { readonly failure: { readonly message: string; readonly code?: string; readonly errcode?: number } };

/**
 * A thread with a connection of its own to the keystore file, started by the first key that is made. It gets wrapped
 * keys only. It keeps the process alive while somebody waits for a round, and no longer.
 */
export function keyWriter(file: string): KeyWriter {
  const state: { thread?: Worker | undefined; round?: Promise<unknown> | undefined } = {};
  const start = () => {
    const thread = new Worker(new URL('./key-writer-thread.ts', import.meta.url), { workerData: file });
    // A thread that failed is replaced by the next round; who waits for it is told by `once`.
    return thread.on('error', () => (state.thread = undefined));
  };
  const send = async (rows: readonly KeyValues[]): Promise<boolean[]> => {
    const thread = (state.thread ??= start());
    thread.ref();
    try {
      thread.postMessage(rows);
      const [answer] = (await once(thread, 'message')) as [WriterAnswer];
      if ('added' in answer) return answer.added;
      throw Object.assign(new Error(answer.failure.message), answer.failure);
    } catch (error) {
      throw translate(error);
    } finally {
      thread.unref();
    }
  };
  return {
    add(rows) {
      const round = send(rows);
      const done = () => void (state.round = undefined);
      state.round = round.then(done, done);
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
