import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { forgetWell, keyAdder, keyRemover, patienceMs } from './connection.ts';
import type { WriterAnswer, WriterTask } from './key-writer.ts';

/** The thread behind `keyWriter`: does each task in one transaction, then answers. */
const db = new DatabaseSync(workerData as string, { timeout: patienceMs, enableForeignKeyConstraints: true });
if (!forgetWell(db, 'truncate')) throw new Error('SQLite does not overwrite deleted keys here');
const [add, remove] = [keyAdder(db), keyRemover(db)];

parentPort?.on('message', (task: WriterTask) => parentPort?.postMessage(answerTo(task)));

function answerTo(task: WriterTask): WriterAnswer {
  try {
    return 'add' in task ? { added: add(task.add) } : { removed: remove(task.remove) };
  } catch (error) {
    // An error that crosses threads keeps its message only; the codes say what to do about it.
    const { message, code, errcode } = error as Error & { code?: string; errcode?: number };
    return { failure: { message, ...(code && { code }), ...(errcode && { errcode }) } };
  }
}
