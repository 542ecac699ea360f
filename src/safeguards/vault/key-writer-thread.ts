import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { forgetWell, patienceMs, roundWorker, type Round } from './connection.ts';
import type { WriterAnswer } from './key-writer.ts';

/** The thread behind `keyWriter`: does each round in one transaction, then answers. */
const db = new DatabaseSync(workerData as string, { timeout: patienceMs, enableForeignKeyConstraints: true });
if (!forgetWell(db, 'truncate')) throw new Error('SQLite does not overwrite deleted keys here');
const work = roundWorker(db);

parentPort?.on('message', (round: Round) => parentPort?.postMessage(answerTo(round)));

function answerTo(round: Round): WriterAnswer {
  try {
    return { changed: work(round) };
  } catch (error) {
    // An error that crosses threads keeps its message only; the codes say what to do about it.
    const { message, code, errcode } = error as Error & { code?: string; errcode?: number };
    return { failure: { message, ...(code && { code }), ...(errcode && { errcode }) } };
  }
}
