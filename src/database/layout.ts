import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { problem } from '#base';
import { codeOf } from './connect.ts';

/** Where the embedded database keeps its things, all inside the data directory. */
export type Layout = {
  /** PostgreSQL's own data directory. */
  readonly data: string;
  /** Folders with half-made data directories begin so: a whole one becomes `data` by a rename. */
  readonly making: string;
  /** What the server says: starts, stops, crashes; no statements. */
  readonly log: string;
  /** Held while a process starts or stops the server. */
  readonly startLock: string;
  /** Shared by every process that uses the server. */
  readonly useLock: string;
  /** Copies of the server's programs, where the package cannot be reached. */
  readonly runtimes: string;
};

/** Makes the data directory and names what lies in it. */
export async function layOut(dataDir: string): Promise<Layout> {
  // Others may pass, because the server's account may be one of them; they may not look round.
  await mkdir(dataDir, { recursive: true, mode: 0o711 }).catch(asUnwritable);
  const root = await realpath(resolve(dataDir));
  const layout = {
    data: join(root, 'postgres'),
    making: join(root, 'postgres.making-'),
    log: join(root, 'postgres.log'),
    startLock: join(root, 'postgres.start.lock'),
    useLock: join(root, 'postgres.use.lock'),
    runtimes: join(root, 'postgres.runtime'),
  };
  await makeLocks([layout.startLock, layout.useLock]);
  return layout;
}

/** Ours alone: whoever can open them could hold them. Made only when missing, see `lock.ts`. */
async function makeLocks(files: readonly string[]): Promise<void> {
  for (const file of files) {
    await writeFile(file, '', { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') asUnwritable(error);
    });
  }
}

export const noRoom = 'There is no room for the database. Free some space under SOTTO_DATA_DIR, then start again.';

/** Turns what the file system refuses into what its owner can do about it. */
export function asUnwritable(error: unknown): never {
  const code = codeOf(error);
  if (['ENOSPC', 'EDQUOT'].includes(code)) {
    throw problem('disk-full', noRoom, { cause: error });
  }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) {
    throw problem(
      'database-not-ready',
      `The data directory cannot be written (${code}). Let SOTTO_DATA_DIR name a folder that this user may write.`,
      { cause: error },
    );
  }
  throw error;
}
