import { DatabaseSync } from 'node:sqlite';
import { pause, problem, type Clock } from '#base';

/** Gives a lock back; calling it twice is harmless. */
export type Release = () => void;

const sqliteBusy = 5;
const retryMs = 25;

/**
 * Locks between processes that die with their holder, kill -9 included: the operating system's own record
 * locks, taken through SQLite because Node has no call for them. The files stay empty. Nothing else in this
 * process may open them: closing a file drops the process's locks on it, whoever took them (POSIX, fcntl).
 */
export function tryLock(file: string, kind: 'exclusive' | 'shared'): Release | undefined {
  const handle = new DatabaseSync(file, { timeout: 0 });
  try {
    // Without a journal on disk nothing is written, so a full disk does not keep us from stopping.
    handle.exec('pragma journal_mode = memory');
    handle.exec(kind === 'exclusive' ? 'begin exclusive' : 'begin; select 1 from sqlite_schema');
  } catch (error) {
    handle.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) return undefined;
    throw problem('database-not-ready', `The lock file ${file} cannot be used: is the folder writable?`, {
      cause: error,
    });
  }
  return () => {
    if (handle.isOpen) handle.close();
  };
}

/** The exclusive lock, waiting for it at most `withinMs`; then `data-directory-busy`. */
export async function lock(file: string, clock: Clock, withinMs: number): Promise<Release> {
  for (let waitedMs = 0; ; waitedMs += retryMs) {
    const release = tryLock(file, 'exclusive');
    if (release) return release;
    if (waitedMs >= withinMs) {
      throw problem(
        'data-directory-busy',
        `Another process has been starting or stopping the database behind ${file} for ${withinMs / 1000} s.`,
      );
    }
    await pause(clock, retryMs);
  }
}
