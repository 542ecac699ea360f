import { link, mkdir, open, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isProblem, problem, type Config, type Random } from '#base';
import type { KeyProvider } from '../key-provider.ts';
import { localRoot } from '../local-root.ts';

/** The root key as 64 hex digits in a file that only its owner can read; made at the first start. */
export default {
  chosen: (config) => config.rootKey === undefined,
  async open(config, { create, random }) {
    const file = rootKeyFile(config);
    try {
      const found = (await readKey(file)) ?? (create ? await makeKey(file, random) : undefined);
      if (found) return localRoot(found, random);
    } catch (error) {
      throw isProblem(error)
        ? error
        : unreadable(`${file} cannot be used (${codeOf(error)}). Check the path and its permissions.`, error);
    }
    throw unreadable(`${file} does not exist. Put the root key of this installation back, or set SOTTO_ROOT_KEY.`);
  },
} satisfies KeyProvider;

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
