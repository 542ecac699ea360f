import { spawn } from 'node:child_process';
import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { problem } from '#base';
import { codeOf } from './connect.ts';
import { asUnwritable, type Layout } from './layout.ts';
import { childOptions, dataArgument, type Place } from './place.ts';

/** The embedded server's superuser: used while starting, never by the running product. */
export const adminName = 'sotto_admin';

/** SCRAM verifier of the superuser's password; a test's cluster need not survive a power cut. */
export type FirstUser = { readonly verifier: string; readonly isDurable: boolean };

/** Only this machine, only with a password, and never for replication. */
const hostRules = 'host all all 127.0.0.1/32 scram-sha-256\n';

/**
 * Makes PostgreSQL's data directory unless it is there. It is made under another name and renamed when whole,
 * so a start that dies half way leaves nothing that a later start could take for data.
 * `data-directory-foreign` when something else lies there; nothing of it is touched.
 */
export async function ensureDataDirectory(layout: Layout, place: Place, as: FirstUser): Promise<void> {
  if (await isPresent(layout.data, place.runtime.major)) return;
  await sweepHalves(layout);
  // A name of its own: an initdb whose Sotto was killed may still be at work in the folder before.
  const making = await mkdtemp(layout.making).catch(asUnwritable);
  try {
    const data = join(making, 'data');
    const password = join(making, 'password');
    await mkdir(data, { mode: 0o700 });
    // initdb wants a file. It gets the verifier, not the password, and the file is gone with the folder.
    await writeFile(password, `${as.verifier}\n`, { mode: 0o600 });
    await give([making, data, password], place);
    await runInitdb(data, place, { passwordFile: password, isDurable: as.isDurable });
    await writeFile(join(data, 'pg_hba.conf'), hostRules);
    await rename(data, layout.data);
  } catch (error) {
    asUnwritable(error);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** Removes what starts that died half way left behind. Best effort: nothing ever reads it. */
async function sweepHalves(layout: Layout): Promise<void> {
  const root = dirname(layout.making);
  for (const name of await readdir(root)) {
    if (name.startsWith(basename(layout.making)))
      await rm(join(root, name), { recursive: true, force: true }).catch(() => {});
  }
}

async function isPresent(data: string, major: string): Promise<boolean> {
  const files = await readdir(data).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    return asUnwritable(error);
  });
  if (files === undefined) return false;
  if (files.length === 0) {
    await rmdir(data).catch(asUnwritable);
    return false;
  }
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => '');
  if (version.trim() === major) return true;
  const found = version ? `data of PostgreSQL ${version.trim()}` : 'files that are not PostgreSQL data';
  throw problem(
    'data-directory-foreign',
    `${data} holds ${found}; this Sotto runs PostgreSQL ${major}. Nothing was touched. Use the Sotto that made it, or another SOTTO_DATA_DIR.`,
  );
}

async function give(paths: readonly string[], { identity }: Place): Promise<void> {
  for (const path of paths) {
    if (identity) await chown(path, identity.uid, identity.gid);
  }
}

async function runInitdb(data: string, place: Place, how: { passwordFile: string; isDurable: boolean }): Promise<void> {
  // Written out, because joining would resolve the dots: only the system may, from the working directory.
  const passwordArgument = place.isReachable ? how.passwordFile : '/proc/self/cwd/../password';
  const options = [
    `--pgdata=${dataArgument(data, place)}`,
    `--username=${adminName}`,
    '--auth=scram-sha-256',
    `--pwfile=${passwordArgument}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--data-checksums',
    '--no-instructions',
    ...(how.isDurable ? [] : ['--no-sync']),
  ];
  const child = spawn(join(place.runtime.folder, 'bin', 'initdb'), options, {
    ...childOptions(data, place),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000);
  });
  const code = await new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(codeOf(error)));
    child.once('close', (status, signal) => resolve(status ?? signal ?? 'killed'));
  });
  if (code === 0) return;
  if (said.includes('No space left on device')) asUnwritable({ code: 'ENOSPC' });
  const last =
    said
      .trim()
      .split('\n')
      .findLast((line) => line.includes('error')) ?? `it ended with ${code}`;
  throw problem('database-not-ready', `PostgreSQL could not make its data directory: ${last}`);
}
