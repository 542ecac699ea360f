import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { forgetWell, keyAdder, patienceMs, type KeyValues } from './connection.ts';
import type { WriterAnswer } from './key-writer.ts';

/** The thread behind `keyWriter`: adds the wrapped keys of each message in one transaction, then answers. */
const db = new DatabaseSync(workerData as string, { timeout: patienceMs, enableForeignKeyConstraints: true });
if (!forgetWell(db, 'truncate')) throw new Error('SQLite does not overwrite deleted keys here');
const add = keyAdder(db);

parentPort?.on('message', (rows: readonly KeyValues[]) => parentPort?.postMessage(answerTo(rows)));

function answerTo(rows: readonly KeyValues[]): WriterAnswer {
  try {
    return { added: add(rows) };
  } catch (error) {
    // An error that crosses threads keeps its message only; the codes say what to do about it.
    const { message, code, errcode } = error as Error & { code?: string; errcode?: number };
    return { failure: { message, ...(code && { code }), ...(errcode && { errcode }) } };
  }
}
