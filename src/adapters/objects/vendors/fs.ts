import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { problem, type Clock, type VendorProcessor } from '#base';
import { largestPage, type Listed, type ListPage, type ObjectReach, type ObjectVendor } from '../object-store.ts';

/** Where objects are written before they get their name. No object name begins with a dot. */
const draftsFolder = '.drafts';
/** Nobody is still writing a draft of that age; whoever did has died. */
const deadDraftMs = 60 * 60_000;

const processor: VendorProcessor = {
  name: 'Own disk',
  purpose: 'Keeps recordings, sealed, on this machine',
  data: [],
  region: 'this machine',
  hosts: [],
  keeps: [],
};

/** Objects as files below SOTTO_DATA_DIR/objects, readable by their owner alone. */
export default {
  processor,
  processorFor: () => processor,
  async open({ config, clock, random }) {
    const root = join(config.dataDir, 'objects');
    await sweep(join(root, draftsFolder), clock);
    const fileOf = (name: string) => join(root, ...name.split('/'));
    return {
      put: (name, bytes) => orDiskFull(() => put({ root, random }, fileOf(name), bytes)),
      get: (name) => unlessMissing(readFile(fileOf(name))),
      delete: (name) => orDiskFull(() => remove(root, fileOf(name))),
      head: async (name) => (await unlessMissing(stat(fileOf(name))))?.isFile() ?? false,
      list: (prefix, page = {}) => list(root, prefix, page),
    };
  },
} satisfies ObjectVendor;

type Place = Pick<ObjectReach, 'random'> & { readonly root: string };

/** A crash leaves the old object or the new one: the bytes are on the disk before they get their name. */
async function put({ root, random }: Place, file: string, bytes: Buffer): Promise<void> {
  const draft = join(root, draftsFolder, random.bytes(16).toString('hex'));
  try {
    await inFolderOf(draft, () => writeDurably(draft, bytes));
    await inFolderOf(file, () => rename(draft, file));
    // Missing: it has been deleted already, and its folder with it.
    await unlessMissing(syncFolder(dirname(file)));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeDurably(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Makes the file's folder when it is not there: most objects follow others into theirs. It may go away meanwhile, when
 * the last other object in it is deleted; then it is made again.
 */
async function inFolderOf(file: string, work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isMissing(error) || tries === 10) throw error;
      await makeFolder(dirname(file));
    }
  }
}

async function remove(root: string, file: string): Promise<void> {
  await unlessMissing(unlink(file));
  await unlessMissing(syncFolder(dirname(file)));
  for (let folder = dirname(file); folder !== root; folder = dirname(folder)) {
    const isGone = await rmdir(folder).then(
      () => true,
      (error: unknown) => isMissing(error),
    );
    if (!isGone) return;
  }
}

async function list(root: string, prefix: string, { after = '', limit = largestPage }: ListPage): Promise<Listed> {
  const names: string[] = [];
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  for await (const found of namesUnder(root, folder, { prefix, after })) {
    if (names.length === limit) return { names, next: names.at(-1)! };
    names.push(found);
  }
  return { names, next: null };
}

type Wanted = { readonly prefix: string; readonly after: string };

/** In the order of whole names: a folder stands where its name with the slash belongs. */
async function* namesUnder(root: string, folder: string, wanted: Wanted): AsyncGenerator<string> {
  const entries = (await unlessMissing(readdir(join(root, folder), { withFileTypes: true }))) ?? [];
  const visible = entries.filter((entry) => !entry.name.startsWith('.'));
  const names = visible.map((entry) => folder + entry.name + (entry.isDirectory() ? '/' : ''));
  for (const found of names.toSorted()) {
    const isFolder = found.endsWith('/');
    if (isFolder && mayHold(found, wanted)) yield* namesUnder(root, found, wanted);
    if (!isFolder && found.startsWith(wanted.prefix) && found > wanted.after) yield found;
  }
}

function mayHold(folder: string, { prefix, after }: Wanted): boolean {
  const isOnTheWay = folder.startsWith(prefix) || prefix.startsWith(folder);
  return isOnTheWay && (folder > after || after.startsWith(folder));
}

/** Drafts of a process that died. They hold sealed bytes under a random name, which nobody will ask for. */
async function sweep(drafts: string, clock: Clock): Promise<void> {
  for (const draft of (await unlessMissing(readdir(drafts))) ?? []) {
    const file = join(drafts, draft);
    const found = await unlessMissing(stat(file));
    if (found && clock.now() - found.mtimeMs > deadDraftMs) await rm(file, { force: true });
  }
}

/** Makes a folder that survives a power cut: so does every folder that had to be made above it. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
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

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error));
}

async function orDiskFull<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error))) throw error;
    throw problem('disk-full', 'There is no room for recordings below SOTTO_DATA_DIR. Free some.', { cause: error });
  }
}

function codeOf(error: unknown): string {
  return (error as { code?: string }).code ?? 'unknown';
}
