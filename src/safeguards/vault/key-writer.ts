import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { KeyValues, OwnerValues } from './connection.ts';
import { translate } from './failures.ts';

/** Puts content keys on the disk, and takes many from it, while the event loop goes on. */
export type KeyWriter = {
  /**
   * Adds the rows in one transaction and resolves when they are on the disk: true for each that was added, false
   * where the subject has a key already. One round at a time; others wait for their turn.
   */
  add(rows: readonly KeyValues[]): Promise<boolean[]>;
  /** Removes the keys of these in one transaction, as a round of its own, and resolves when they are off the disk. */
  remove(owners: readonly OwnerValues[]): Promise<number>;
  isBusy(): boolean;
  /** Resolves when no round is under way: who reads then does not wait for its lock with the event loop stopped. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

export type WriterTask = { readonly add: readonly KeyValues[] } | { readonly remove: readonly OwnerValues[] };

export type WriterAnswer =
  | { readonly added: boolean[] }
  | { readonly removed: number }
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
  const send = async (task: WriterTask): Promise<WriterAnswer> => {
    const thread = (state.thread ??= start());
    thread.ref();
    try {
      thread.postMessage(task);
      const [answer] = (await once(thread, 'message')) as [WriterAnswer];
      if (!('failure' in answer)) return answer;
      throw Object.assign(new Error(answer.failure.message), answer.failure);
    } catch (error) {
      throw translate(error);
    } finally {
      thread.unref();
    }
  };
  const inTurn = (task: WriterTask): Promise<WriterAnswer> => {
    const before = state.round;
    const round = before ? before.then(() => send(task)) : send(task);
    const over = () => {
      if (state.round === settled) state.round = undefined;
    };
    const settled: Promise<void> = round.then(over, over);
    state.round = settled;
    return round;
  };
  return {
    async add(rows) {
      const answer = await inTurn({ add: rows });
      return 'added' in answer ? answer.added : [];
    },
    async remove(owners) {
      const answer = await inTurn({ remove: owners });
      return 'removed' in answer ? answer.removed : 0;
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
