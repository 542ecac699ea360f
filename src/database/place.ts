import type { SpawnOptions } from 'node:child_process';
import { problem } from '#base';
import { isReachable, type Identity } from './identity.ts';
import type { Runtime } from './runtime.ts';

/** What runs, as whom, and whether that account can walk to the data directory by its path. */
export type Place = { readonly runtime: Runtime; readonly identity: Identity; readonly isReachable: boolean };

/** Looks whether the server's account gets to `folder`. Only Linux offers a way round when it does not. */
export async function placeServer(runtime: Runtime, identity: Identity, folder: string): Promise<Place> {
  const reachable = await isReachable(folder, identity);
  if (!reachable && process.platform !== 'linux') {
    throw problem(
      'database-not-ready',
      `The account that runs PostgreSQL cannot enter ${folder}. Let SOTTO_DATA_DIR name a folder that others may enter, start Sotto as an ordinary user, or set SOTTO_DATABASE_URL.`,
    );
  }
  return { runtime, identity, isReachable: reachable };
}

/**
 * How to name the data directory to a server that is started inside it. Below a closed folder (/root,
 * a mktemp folder) the path leads nowhere for its account, but the working directory it is born in does,
 * and PostgreSQL stays in it: `/proc/self/cwd` is that directory under a name that is always open to it.
 */
export function dataArgument(data: string, place: Place): string {
  return place.isReachable ? data : '/proc/self/cwd';
}

/** Born in the data directory, as its owner, and with nothing of our environment: it holds secrets. */
export function childOptions(data: string, place: Place): SpawnOptions {
  return { cwd: data, env: { LC_ALL: 'C', TZ: 'UTC' }, ...place.identity };
}
