import { fork } from 'node:child_process';
import { childEnvironment, type Config } from '#base';
import type { Form } from './byte-search-forms.ts';

/** What is searched: everything below these folders, or a file, as long as it has its turn. */
export type FileSearch = {
  readonly roots: readonly string[];
  readonly forms: readonly Form[];
  /** How much is read, and for how long at most (milliseconds). */
  readonly mostBytes: number;
  readonly mostMs: number;
  /** Counts the searches: each reads another part. */
  readonly turn: number;
};

export type FilesSearched = {
  /** Paths below their root, and as what something was found there. */
  readonly found: readonly { readonly path: string; readonly as: string }[];
  readonly files: number;
  readonly bytes: number;
  /** After so many searches all of it has been read. */
  readonly turns: number;
  /** Files that could not be read, or were not reached in time. */
  readonly missed: number;
};

/**
 * Searches files in a process of its own, which gives way to every other one: what it reads at once never keeps a call
 * waiting. Rejects with code `search-broken` when it ends without an answer.
 */
export function searchFiles(config: Config, search: FileSearch): Promise<FilesSearched> {
  const { promise, resolve, reject } = Promise.withResolvers<FilesSearched>();
  const child = fork(new URL('./byte-search-process.ts', import.meta.url), [], {
    env: childEnvironment(config),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.once('message', (answer) => resolve(answer as FilesSearched));
  child.once('error', reject);
  child.once('exit', () => reject(Object.assign(new Error('the search ended early'), { code: 'search-broken' })));
  child.send(search);
  return promise;
}
