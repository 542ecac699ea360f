import { spawn } from 'node:child_process';
import { open, readFile, readlink, realpath, rm, stat, statfs, truncate } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { pause, problem, type Clock, standBack } from '#base';
import { codeOf } from './connect.ts';
import { asUnwritable, noRoom, type Layout } from './layout.ts';
import { childOptions, dataArgument, type Place } from './place.ts';

/** A running server: its process and its loopback port. */
export type Postmaster = { readonly pid: number; readonly port: number };

/** Crash recovery of a large database takes a while; a server that is alive is given this long. */
const readyWithinMs = 120_000;
const stopWithinMs = 60_000;
const lookEveryMs = 15;
/** Two segments of write-ahead log: with less, PostgreSQL may fail at any write. */
const leastRoomBytes = 33_554_432;
const logLimitBytes = 1_048_576;

/**
 * Reachable from this machine only, by password only. The log holds starts, stops and crashes: no statement,
 * no parameter, no DETAIL, and no ERROR either, because an error's text quotes the value it refused.
 */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  cluster_name: 'sotto',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_min_duration_sample: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_connections: 'off',
  log_disconnections: 'off',
  log_checkpoints: 'off',
  log_lock_waits: 'off',
  log_autovacuum_min_duration: '-1',
  log_temp_files: '-1',
};

export type StartOptions = {
  readonly layout: Layout;
  readonly place: Place;
  readonly clock: Clock;
  /** 0 takes a free port. */
  readonly port: number;
  /** Settings on top of ours: tests trade durability for speed. */
  readonly settings?: Readonly<Record<string, string>>;
};

/** Starts the server and returns when it accepts connections. It outlives us unless it is stopped. */
export async function startPostmaster(options: StartOptions): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port === 0 ? await freePort() : await claimPort(options.port);
    const end = await launch(options, port);
    if (!('ended' in end)) {
      standBack(end.pid);
      return end;
    }
    const other = await readPostmaster(options.layout.data);
    // A server that a killed Sotto had just begun to start was faster.
    if (other && (await isPostmasterOf(options.layout.data, other.pid))) {
      const ready = await waitUntilReady(options.layout.data, other.pid, options.clock);
      if (ready) return ready;
    }
    // Between our look and its bind somebody may take the port; a crashed server's children may linger as well.
    if (attempt === 5) throw await failure(options, end.ended);
    await pause(options.clock, 100 * attempt);
  }
}

/** The server that PostgreSQL's own pid file names, or undefined when there is none or it says nothing usable. */
export async function readPostmaster(data: string): Promise<(Postmaster & { isReady: boolean }) | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port, isReady: lines[7] === 'ready' };
}

/**
 * Whether the process of that number is this directory's server. A number is used again after a crash or in
 * a restarted container, so being alive is not enough: the server works inside its data directory.
 * Where the system does not tell (no /proc), an answer on its port with our password decides later.
 */
export async function isPostmasterOf(data: string, pid: number): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  if (process.platform !== 'linux') return true;
  const workingDirectory = await readlink(`/proc/${pid}/cwd`).catch(codeOf);
  return workingDirectory === (await realpath(data).catch(() => data)) || workingDirectory === 'EACCES';
}

/** Waits until a live server accepts connections. Undefined when it ended instead. */
export async function waitUntilReady(data: string, pid: number, clock: Clock): Promise<Postmaster | undefined> {
  for (let waitedMs = 0; waitedMs < readyWithinMs; waitedMs += lookEveryMs) {
    const found = await readPostmaster(data);
    if (found?.pid === pid && found.isReady) return { pid, port: found.port };
    if (!(await isAlive(pid))) return undefined;
    await pause(clock, lookEveryMs);
  }
  throw problem(
    'database-not-ready',
    `PostgreSQL (process ${pid}) is alive but was not ready within ${readyWithinMs / 1000} s.`,
  );
}

/** Fast shutdown: open transactions roll back, everything committed is on disk. Waits until the process is gone. */
export async function stopPostmaster(pid: number, clock: Clock): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!send(pid, signal)) return;
    for (let waitedMs = 0; waitedMs < stopWithinMs; waitedMs += lookEveryMs) {
      if (!(await isAlive(pid))) return;
      await pause(clock, lookEveryMs);
    }
  }
  throw problem('database-not-ready', `PostgreSQL (process ${pid}) does not stop.`);
}

/**
 * Removes a pid file whose number now belongs to some other process, which would keep the next server out.
 * A number that nobody has PostgreSQL sees through by itself, and any other pid file is its lock: never ours to touch.
 */
export async function forgetPostmaster(data: string): Promise<void> {
  const found = await readPostmaster(data);
  if (!found || !(await isAlive(found.pid)) || (await isPostmasterOf(data, found.pid))) return;
  await rm(join(data, 'postmaster.pid'), { force: true });
}

/** Empties the server's log when it has grown beyond a megabyte: it appends, so it goes on from the start. */
export async function trimLog(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > logLimitBytes) await truncate(file).catch(() => {});
}

/** Whether a process of that number runs. One that ended and that its parent has not noticed does not run. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  // "pid (name) state …", where the name may hold anything; elsewhere than on Linux there is no such file.
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/^[ZX]/.test(status.slice(status.lastIndexOf(')') + 2));
}

async function launch(options: StartOptions, port: number): Promise<Postmaster | { ended: string }> {
  const { layout, place } = options;
  const all = { ...settings, ...options.settings, port: String(port) };
  const chosen = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  await trimLog(layout.log);
  const log = await open(layout.log, 'a', 0o600).catch(asUnwritable);
  try {
    const child = spawn(
      join(place.runtime.folder, 'bin', 'postgres'),
      ['-D', dataArgument(layout.data, place), ...chosen],
      {
        ...childOptions(layout.data, place),
        // A group of its own: Ctrl-C in the terminal reaches us, and we stop it in order.
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      },
    );
    const ended = new Promise<{ ended: string }>((resolve) => {
      child.once('error', (error) => resolve({ ended: codeOf(error) }));
      child.once('exit', (status, signal) => resolve({ ended: String(signal ?? status) }));
    });
    child.unref();
    if (child.pid === undefined) return await ended;
    return (await Promise.race([waitUntilReady(layout.data, child.pid, options.clock), ended])) ?? (await ended);
  } finally {
    await log.close();
  }
}

async function failure({ layout }: StartOptions, ended: string): Promise<Error> {
  // Asked of the disk: on a full one the server could not write its reason into the log either.
  const { bavail, bsize } = await statfs(dirname(layout.log));
  if (bavail * bsize < leastRoomBytes) {
    return problem('disk-full', noRoom);
  }
  return problem('database-not-ready', `PostgreSQL ended while starting (${ended}); ${layout.log} says why.`);
}

/** A port nobody listens on at this moment. */
async function freePort(): Promise<number> {
  return (await tryPort(0)) ?? 0;
}

async function claimPort(port: number): Promise<number> {
  if ((await tryPort(port)) === undefined) {
    throw problem(
      'port-taken',
      `Port ${port} on 127.0.0.1 is taken. Free it, or set SOTTO_DATABASE_PORT to another port or to 0 for any free one.`,
    );
  }
  return port;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (['EADDRINUSE', 'EACCES'].includes(codeOf(error))) resolve(undefined);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === 'object' ? address.port : undefined));
    });
  });
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
    throw error;
  }
}
