import { link, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isProblem, problem, type Random } from '#base';

/** The line in `file`; undefined when there is no such file. Throws `root-key-unreadable` when others can read it. */
export async function readKeyFile(file: string): Promise<string | undefined> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return undefined;
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw unreadable(`${file} is no file. Check SOTTO_ROOT_KEY_FILE.`);
    // Windows keeps access lists, not modes; there every file looks world-readable.
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
      throw unreadable(`Others on this machine can read ${file}. Run: chmod 600 ${file}`);
    }
    return await handle.readFile('latin1');
  } finally {
    await handle.close();
  }
}

/**
 * Makes the line durable, then gives it its name. `link` never replaces, so of two first starts at once
 * one key wins and both processes read that one; a crash leaves no half-written key behind the name.
 */
export async function makeKeyFile(file: string, line: string, random: Random): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${random.bytes(8).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${line}\n`);
    await handle.sync();
    await link(draft, file).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  } finally {
    await handle.close();
    await rm(draft, { force: true });
  }
  await syncFolder(folder);
  await syncFolder(dirname(folder));
}

const nextMark = '.next-';

/** A name for a key that can take the place of the one in `file`. Each is used for one key only. */
export function nextName(file: string, random: Random): string {
  return `${file}${nextMark}${random.bytes(8).toString('hex')}`;
}

/** Files with keys that can take the place of the one in `file`. */
export async function nextNames(file: string): Promise<string[]> {
  const names = await readdir(dirname(file)).catch(() => []);
  const start = `${basename(file)}${nextMark}`;
  const whole = names.filter((name) => name.startsWith(start) && /^[0-9a-f]+$/.test(name.slice(start.length)));
  return whole.toSorted().map((name) => join(dirname(file), name));
}

/**
 * Puts it there, for good. Whoever comes late renames nothing: the name was used for this key only. Drafts go that were
 * left by a process that was killed: each may be another name of the key that was replaced.
 */
export async function settleKeyFile(name: string, file: string): Promise<void> {
  await rename(name, file).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  const drafts = (await readdir(dirname(file))).filter(
    (one) => one.startsWith(`${basename(file)}.`) && /\.[0-9a-f]{16}$/.test(one),
  );
  for (const draft of drafts) await rm(join(dirname(file), draft), { force: true });
  await syncFolder(dirname(file));
}

/** Runs `work`; what the file system refuses becomes `root-key-unreadable`. */
export async function aboutFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isProblem(error)) throw error;
    throw unreadable(`${file} cannot be used (${codeOf(error)}). Check the path and its permissions.`, error);
  }
}

export function unreadable(detail: string, cause?: unknown) {
  return problem('root-key-unreadable', detail, { cause });
}

/** A new name survives a power cut only once its folder is written. Windows cannot open folders, and need not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? 'unknown';
}
