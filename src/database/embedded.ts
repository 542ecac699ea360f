import { errorWords, isProblem, keepAlive, pause, problem, type Clock, type Log } from '#base';
import { withClient, type Connection } from './connect.ts';
import { ownerOf } from './identity.ts';
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
  /** Settings of PostgreSQL on top of ours: tests trade durability for speed. */
  readonly settings?: Readonly<Record<string, string>>;
};

/** Starting waits for whoever is starting or stopping the same database, a first initdb under load included. */
const startWithinMs = 120_000;
/** How long another process that uses this data directory gets to restart its own server. */
const comeBackWithinMs = 15_000;
const lookEveryMs = 1_000;

/**
 * Starts the PostgreSQL of `dataDir`, or takes over the one that a killed Sotto left running or that another
 * process started. Several processes may share it; the last one to stop stops the server, and a server that
 * was killed is started again on its port.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const layout = await layOut(options.dataDir);
  return whileStarting(layout, options.clock, async () => {
    const adopted = await adopt(layout, options.clock);
    const postmaster = adopted ?? (await startNew(options, layout, { port: options.port, mayMake: true }));
    const admin = await signIn(options, postmaster, adopted !== undefined);
    options.log(adopted ? 'boot.database-adopted' : 'boot.database-started', { port: postmaster.port });
    const inUse = tryLock(layout.useLock, 'shared');
    if (!inUse) throw problem('data-directory-busy', 'Another process is about to stop this database.');
    const tending = tend(options, layout, postmaster);
    return {
      admin,
      isAdopted: adopted !== undefined,
      stop: once(() => leave(layout, options.clock, { inUse, tending })),
    };
  });
}

/** Runs `work` as the only process that starts or stops this database, and keeps our own process alive meanwhile. */
async function whileStarting<T>(layout: Layout, clock: Clock, work: () => Promise<T>): Promise<T> {
  const stillHere = keepAlive();
  try {
    const starting = await lock(layout.startLock, clock, startWithinMs);
    try {
      return await work();
    } finally {
      starting();
    }
  } finally {
    stillHere();
  }
}

/**
 * The server that already runs on this data directory, if one does. None visible although somebody uses the
 * directory: either their server was killed and they are about to start it again, or it runs where we cannot
 * see it (another container on the same volume), and a second server would destroy the data.
 */
async function adopt(layout: Layout, clock: Clock): Promise<Postmaster | undefined> {
  for (let waitedMs = 0; ; waitedMs += lookEveryMs) {
    const found = await runningServer(layout);
    if (found) return waitUntilReady(layout.data, found.pid, clock);
    const unused = tryLock(layout.useLock, 'exclusive');
    if (unused) {
      unused();
      return undefined;
    }
    if (waitedMs >= comeBackWithinMs) {
      throw problem(
        'data-directory-busy',
        'Another Sotto uses this data directory and its PostgreSQL cannot be seen from here. Stop it first: two servers on one directory destroy the data.',
      );
    }
    await pause(clock, lookEveryMs);
  }
}

async function runningServer(layout: Layout): Promise<Postmaster | undefined> {
  const found = await readPostmaster(layout.data);
  return found && (await isPostmasterOf(layout.data, found.pid)) ? found : undefined;
}

/** Starts a server where none runs. Only the first start may make the data: what vanished later must be missed. */
async function startNew(
  options: EmbeddedOptions,
  layout: Layout,
  as: { port: number; mayMake: boolean },
): Promise<Postmaster> {
  const place = await preparePlace(options, layout);
  if (as.mayMake) {
    const salt = options.derive('database-salt:admin').subarray(0, 16);
    const verifier = scramVerifier(adminPassword(options.derive), salt);
    await ensureDataDirectory(layout, place, { verifier, isDurable: options.settings?.['fsync'] !== 'off' });
  }
  await forgetPostmaster(layout.data);
  return startPostmaster({ layout, place, clock: options.clock, port: as.port, settings: options.settings ?? {} });
}

async function preparePlace(options: EmbeddedOptions, layout: Layout): Promise<Place> {
  const identity = await ownerOf(layout.data);
  const runtime = await prepareRuntime({
    packageFolder: options.packageFolder ?? packagedPostgres(),
    identity,
    copyTo: [layout.runtimes, ...(identity ? [options.systemFolder ?? '/var/lib/sotto'] : [])],
  });
  return placeServer(runtime, identity, options.dataDir);
}

async function signIn(options: EmbeddedOptions, server: Postmaster, isAdopted: boolean): Promise<Connection> {
  const password = adminPassword(options.derive);
  const admin = { host: '127.0.0.1', port: server.port, user: adminName, password, database: 'postgres', ssl: false };
  try {
    await withClient(admin, () => Promise.resolve());
    return admin;
  } catch (error) {
    if (!isAdopted) await stopPostmaster(server.pid, options.clock);
    throw isProblem(error, 'database-refused') ? wrongKey(error) : isAdopted ? mute(server.pid, error) : error;
  }
}

function wrongKey(cause: unknown): Error {
  const detail = 'The embedded PostgreSQL does not accept our password: it was made with another root key.';
  return problem('database-refused', detail, { cause });
}

function mute(pid: number, cause: unknown): Error {
  const detail = `postmaster.pid in the data directory names process ${pid}, which lives but does not answer as PostgreSQL. If it is something else, remove that file and start again.`;
  return problem('data-directory-busy', detail, { cause });
}

function adminPassword(derive: Derive): string {
  return derive('database:admin').toString('hex');
}

/** Looks after the server while we use it: starts it again when it was killed, and keeps its log small. */
function tend(options: EmbeddedOptions, layout: Layout, { port }: Postmaster): Release {
  let isOver = false;
  let cancel = () => {};
  const look = async () => {
    await trimLog(layout.log);
    if (isOver || (await runningServer(layout))) return;
    await whileStarting(layout, options.clock, async () => {
      if (isOver || (await runningServer(layout))) return;
      await startNew(options, layout, { port, mayMake: false });
      options.log('boot.database-started', { port });
    });
  };
  const again = () => {
    if (!isOver) cancel = options.clock.after(lookEveryMs, () => void look().catch(refused).then(again));
  };
  const refused = (error: unknown) => options.log('boot.refused', errorWords(error));
  again();
  return () => {
    isOver = true;
    cancel();
  };
}

async function leave(layout: Layout, clock: Clock, held: { inUse: Release; tending: Release }): Promise<void> {
  held.tending();
  await whileStarting(layout, clock, async () => {
    held.inUse();
    const last = tryLock(layout.useLock, 'exclusive');
    if (!last) return;
    const found = await runningServer(layout);
    if (found) await stopPostmaster(found.pid, clock);
    last();
  });
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}
