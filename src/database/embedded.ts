import { keepAlive, problem, type Clock, type Log } from '#base';
import { withClient, type Connection } from './connect.ts';
import { serverIdentity } from './identity.ts';
import { adminName, ensureDataDirectory } from './initdb.ts';
import { layOut, type Layout } from './layout.ts';
import { lock, tryLock, type Release } from './lock.ts';
import { placeServer, type Place } from './place.ts';
import {
  forgetPostmaster,
  isPostmasterOf,
  readPostmaster,
  startPostmaster,
  stopPostmaster,
  trimLog,
  waitUntilReady,
  type Postmaster,
} from './postmaster.ts';
import type { Derive } from './roles.ts';
import { packagedPostgres, prepareRuntime } from './runtime.ts';
import { scramVerifier } from './scram.ts';

/** A PostgreSQL that this machine runs for us. */
export type Embedded = {
  /** Its superuser, for the time of starting only. */
  readonly admin: Connection;
  readonly isAdopted: boolean;
  /** Stops the server, unless another process on this machine still uses it. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  readonly dataDir: string;
  /** Loopback port; 0 takes a free one. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly derive: Derive;
  /** The npm package with the binaries; found by itself unless a test brings another. */
  readonly packageFolder?: string;
  /** Folder for a copy of the programs when even the data directory is closed to the server's account. */
  readonly systemFolder?: string;
  readonly settings?: Readonly<Record<string, string>>;
};

/** Starting waits for whoever is starting or stopping the same database, a first initdb under load included. */
const startWithinMs = 120_000;
const trimEveryMs = 3_600_000;

/**
 * Starts the PostgreSQL of `dataDir`, or takes over the one that a killed Sotto left running or that another
 * process started. Several processes may share it; the last one to stop stops the server.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { clock } = options;
  const stillHere = keepAlive();
  try {
    const layout = await layOut(options.dataDir);
    const starting = await lock(layout.startLock, clock, startWithinMs);
    try {
      return await startLocked(options, layout);
    } finally {
      starting();
    }
  } finally {
    stillHere();
  }
}

async function startLocked(options: EmbeddedOptions, layout: Layout): Promise<Embedded> {
  const { clock, derive, log } = options;
  const password = derive('database:admin').toString('hex');
  const adopted = await adopt(layout, clock);
  const postmaster = adopted ?? (await startNew(options, layout, password));
  const admin = {
    host: '127.0.0.1',
    port: postmaster.port,
    user: adminName,
    password,
    database: 'postgres',
    ssl: false,
  };
  try {
    await withClient(admin, () => Promise.resolve());
  } catch (error) {
    if (!adopted) await stopPostmaster(postmaster.pid, clock);
    throw problem(
      'database-refused',
      'The embedded PostgreSQL does not accept our password: it was made with another root key.',
      { cause: error },
    );
  }
  log(adopted ? 'boot.database-adopted' : 'boot.database-started', { port: postmaster.port });
  const inUse = tryLock(layout.useLock, 'shared');
  if (!inUse) throw problem('data-directory-busy', 'Another process is about to stop this database.');
  return {
    admin,
    isAdopted: adopted !== undefined,
    stop: stopOnce(layout, clock, { inUse, tending: tend(layout, clock) }),
  };
}

/** The server that already runs on this data directory, if one does. */
async function adopt(layout: Layout, clock: Clock): Promise<Postmaster | undefined> {
  const found = await readPostmaster(layout.data);
  if (found && (await isPostmasterOf(layout.data, found.pid))) return waitUntilReady(layout.data, found.pid, clock);
  return undefined;
}

async function startNew(options: EmbeddedOptions, layout: Layout, password: string): Promise<Postmaster> {
  const place = await preparePlace(options, layout);
  const salt = options.derive('database-salt:admin').subarray(0, 16);
  await ensureDataDirectory(layout, place, scramVerifier(password, salt));
  await forgetPostmaster(layout.data);
  const { clock, port } = options;
  return startPostmaster({ layout, place, clock, port, ...(options.settings && { settings: options.settings }) });
}

async function preparePlace(options: EmbeddedOptions, layout: Layout): Promise<Place> {
  const identity = await serverIdentity();
  const runtime = await prepareRuntime({
    packageFolder: options.packageFolder ?? packagedPostgres(),
    identity,
    copyTo: [layout.runtimes, ...(identity ? [options.systemFolder ?? '/var/lib/sotto'] : [])],
  });
  return placeServer(runtime, identity, options.dataDir);
}

/** Keeps the server's log small while we run. */
function tend(layout: Layout, clock: Clock): Release {
  let cancel = () => {};
  const again = () => {
    cancel = clock.after(trimEveryMs, () => {
      void trimLog(layout.log);
      again();
    });
  };
  again();
  return () => cancel();
}

function stopOnce(layout: Layout, clock: Clock, held: { inUse: Release; tending: Release }): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    const stillHere = keepAlive();
    held.tending();
    const deciding = await lock(layout.startLock, clock, startWithinMs);
    try {
      held.inUse();
      const last = tryLock(layout.useLock, 'exclusive');
      if (!last) return;
      const found = await readPostmaster(layout.data);
      if (found && (await isPostmasterOf(layout.data, found.pid))) await stopPostmaster(found.pid, clock);
      last();
    } finally {
      deciding();
      stillHere();
    }
  };
  return () => (stopping ??= stop());
}
