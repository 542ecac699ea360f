import { link, mkdir, open, readdir, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isProblem, problem, type Config, type Random } from '#base';
import type { KeyProvider } from '../key-provider.ts';
import { localRoot } from '../local-root.ts';

/**
 * The root key as 64 hex digits in a file that only its owner can read; made at the first start. The one that is to take
 * its place is made in a file of its own beside it, and gets its name once everything is wrapped by it.
 */
export default {
  isSetUp: () => true,
  async open(config, { create, random }) {
    const file = rootKeyFile(config);
    const found = await told(
      file,
      async () => (await readKey(file)) ?? (create ? await makeKey(file, random) : undefined),
    );
    if (found) return localRoot(found, random);
    throw unreadable(`${file} does not exist. Put the root key of this installation back, or set SOTTO_ROOT_KEY.`);
  },
  async next(config, { create, random }) {
    const file = rootKeyFile(config);
    return told(file, async () => {
      const found = await nextTo(file);
      if (found.length === 0 && create) found.push(`${file}${nextMark}${random.bytes(8).toString('hex')}`);
      const read = found.map(async (name) => {
        const key = (await readKey(name)) ?? (create ? await makeKey(name, random) : undefined);
        return key ? [{ root: localRoot(key, random), settle: () => told(file, () => settle(name, file)) }] : [];
      });
      return (await Promise.all(read)).flat();
    });
  },
} satisfies KeyProvider;

const nextMark = '.next-';

/** Files with a root key that can take the place of the one in `file`. */
async function nextTo(file: string): Promise<string[]> {
  const names = await readdir(dirname(file)).catch(() => []);
  const start = `${basename(file)}${nextMark}`;
  const whole = names.filter((name) => name.startsWith(start) && /^[0-9a-f]+$/.test(name.slice(start.length)));
  return whole.toSorted().map((name) => join(dirname(file), name));
}

/** Each name is used for one key only, so whoever comes late renames nothing. */
async function settle(name: string, file: string): Promise<void> {
  await rename(name, file).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  await syncFolder(dirname(file));
}

async function told<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isProblem(error)) throw error;
    throw unreadable(`${file} cannot be used (${codeOf(error)}). Check the path and its permissions.`, error);
  }
}

function rootKeyFile(config: Config): string {
  return config.rootKeyFile ?? join(config.dataDir, 'keys', 'root.key');
}

/** The key in `file`; undefined when there is no such file. */
async function readKey(file: string): Promise<Buffer | undefined> {
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
    const text = await handle.readFile('latin1');
    if (!/^[0-9a-f]{64}\s*$/i.test(text)) {
      throw unreadable(
        `${file} must hold 64 hex digits and nothing else. Put the right root key back; a new one opens no old data.`,
      );
    }
    return Buffer.from(text.slice(0, 64), 'hex');
  } finally {
    await handle.close();
  }
}

/**
 * Makes the key durable, then gives it its name. `link` never replaces, so of two first starts at once
 * one key wins and both processes read that one; a crash leaves no half-written key behind the name.
 */
async function makeKey(file: string, random: Random): Promise<Buffer | undefined> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${random.bytes(8).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${random.bytes(32).toString('hex')}\n`);
    await handle.sync();
    await link(draft, file).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  } finally {
    await handle.close();
    await unlink(draft);
  }
  await syncFolder(folder);
  await syncFolder(dirname(folder));
  return readKey(file);
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

function unreadable(detail: string, cause?: unknown) {
  return problem('root-key-unreadable', detail, { cause });
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? 'unknown';
}
