import { access, chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { errorWords, type Config, type Random } from '#base';
import { isObject, isText } from './messages.ts';

/** Where a line can be reached, and the words by which it and a desk that inherits it know each other. */
export type Notice = {
  readonly socket: string;
  /** What a desk must say that did not start this line. */
  readonly heirWord: string;
  /** What the line answers. */
  readonly lineWord: string;
};

/** A line's notice in the data directory. */
export type Place = { readonly file: string; readonly notice: Notice };

/** Linux takes 107 bytes for the path of a Unix socket, macOS 103. */
const mostPathBytes = 100;
const privateFolder = 'sotto-line-';

/**
 * Lets `server` listen where only this user can reach it, and leaves a notice of it at `<data>/line/` for a desk that
 * comes later. The socket lies beside the notice; where its path would be too long, or the file system has no sockets,
 * in a private folder of the system's temporary ones.
 */
export async function settle(
  senses: { readonly config: Pick<Config, 'dataDir'>; readonly random: Random },
  server: Server,
): Promise<Place> {
  const folder = folderOf(senses.config);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The folder may be older than this rule, and a mask may have narrowed or widened it.
  await chmod(folder, 0o700);
  const word = () => senses.random.bytes(32).toString('hex');
  const name = `${process.pid}-${senses.random.bytes(8).toString('hex')}`;
  const socket = await listenNear(server, folder, name);
  const place = { file: join(folder, `${name}.json`), notice: { socket, heirWord: word(), lineWord: word() } };
  // Whole or not at all: a desk may be reading the folder.
  await writeFile(`${place.file}.part`, JSON.stringify(place.notice), { mode: 0o600 });
  await rename(`${place.file}.part`, place.file);
  return place;
}

/** The notices of lines that run or ran on this data directory. What cannot be read as one belongs to nobody. */
export async function findPlaces(config: Pick<Config, 'dataDir'>): Promise<readonly Place[]> {
  const folder = folderOf(config);
  const names = await readdir(folder).catch(() => []);
  const places = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => readPlace(join(folder, name))),
  );
  return places.filter((place) => place !== undefined);
}

/** Takes away what lines left that died before their notice was written. */
export async function clearUnborn(config: Pick<Config, 'dataDir'>): Promise<void> {
  const folder = folderOf(config);
  const names = await readdir(folder).catch((): string[] => []);
  const unborn = names.filter((name) => {
    const [, line, pid] = /^((\d+)-[0-9a-f]{16})\.(?:sock|json\.part)$/.exec(name) ?? [];
    return line !== undefined && !names.includes(`${line}.json`) && !isAlive(Number(pid));
  });
  await Promise.all(unborn.map((name) => rm(join(folder, name), { force: true })));
}

/** Whether a desk that looks for lines would find this one. */
export function isFindable({ file }: Place): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Takes a dead line's notice and socket away. Harmless when they are gone already. */
export async function clearPlace({ file, notice }: Place): Promise<void> {
  await rm(file, { force: true });
  if (isPipe(notice.socket)) return;
  await rm(notice.socket, { force: true });
  const folder = dirname(notice.socket);
  if (basename(folder).startsWith(privateFolder)) await rmdir(folder).catch(() => {});
}

function folderOf({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(resolve(dataDir), 'line');
}

async function readPlace(file: string): Promise<Place | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    const notice: unknown = JSON.parse(text);
    return isNotice(notice) ? { file, notice } : undefined;
  } catch {
    return undefined;
  }
}

function isNotice(value: unknown): value is Notice {
  return isObject(value) && [value['socket'], value['heirWord'], value['lineWord']].every(isText);
}

async function listenNear(server: Server, folder: string, name: string): Promise<string> {
  if (process.platform === 'win32') return listen(server, `\\\\.\\pipe\\sotto-${name}`);
  const beside = join(folder, `${name}.sock`);
  if (isShort(beside)) {
    const found = await listen(server, beside).catch(() => undefined);
    if (found !== undefined) return found;
  }
  const other = isShort(join(tmpdir(), `${privateFolder}XXXXXX`, 's')) ? tmpdir() : '/tmp';
  // Made with mode 0700.
  return listen(server, join(await mkdtemp(join(other, privateFolder)), 's'));
}

function listen(server: Server, path: string): Promise<string> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(path, () => {
      server.off('error', fail);
      done(path);
    });
  });
}

function isShort(path: string): boolean {
  return Buffer.byteLength(path) <= mostPathBytes;
}

function isPipe(path: string): boolean {
  return path.startsWith('\\\\.\\pipe\\');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorWords(error)['code'] !== 'ESRCH';
  }
}
