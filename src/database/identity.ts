import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { problem } from '#base';

/** The account the server runs under; undefined means our own. */
export type Identity = { readonly uid: number; readonly gid: number } | undefined;

/**
 * PostgreSQL refuses to run as root, so root lends it an unprivileged account. It must have a passwd entry
 * (initdb looks itself up): `postgres` where the system has one, else `nobody`.
 */
export async function serverIdentity(passwdFile = '/etc/passwd'): Promise<Identity> {
  if (process.getuid?.() !== 0) return undefined;
  const entries = (await readFile(passwdFile, 'utf8')).split('\n').map((line) => line.split(':'));
  const entry = entries.find(([name]) => name === 'postgres') ?? entries.find(([name]) => name === 'nobody');
  if (!entry) {
    throw problem(
      'database-not-ready',
      'PostgreSQL does not run as root and this system has neither a postgres nor a nobody account. Start Sotto as an ordinary user, or set SOTTO_DATABASE_URL.',
    );
  }
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

/** Whoever owns the data runs the server, so that installing a postgres account later changes nothing. */
export async function ownerOf(data: string): Promise<Identity> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(data).catch(() => undefined);
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : serverIdentity();
}

/** True when the account may pass through every folder above `path` and read (or, a folder, enter) `path` itself. */
export async function isReachable(path: string, identity: Identity): Promise<boolean> {
  if (!identity) return true;
  const real = await realpath(path);
  const target = await stat(real);
  const needed = target.isDirectory() ? 1 : 4;
  if (!allows(target, identity, needed)) return false;
  for (let folder = dirname(real); ; folder = dirname(folder)) {
    if (!allows(await stat(folder), identity, 1)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** POSIX permission bits for one access: 4 read, 2 write, 1 pass. The first class that matches decides, alone. */
function allows(
  file: { mode: number; uid: number; gid: number },
  as: { uid: number; gid: number },
  access: number,
): boolean {
  if (file.uid === as.uid) return ((file.mode >> 6) & access) === access;
  if (file.gid === as.gid) return ((file.mode >> 3) & access) === access;
  return (file.mode & access) === access;
}
