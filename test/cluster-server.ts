import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { systemClock } from '#base';
import { migrationsHash, prepareDatabase, startEmbedded, type Embedded } from '#database';
import { reach } from '#safeguards/audit';
import { testDerive } from './root-key.ts';

/** A PostgreSQL for tests with a migrated database to clone. */
export type Cluster = Shared & { stop(): Promise<void> };

/** What another process needs to clone from the same template. */
export type Shared = { readonly admin: pg.ClientConfig; readonly template: string };

/** By this name the processes that a test run starts are told of its cluster, as JSON. */
export const clusterVariable = 'SOTTO_TEST_CLUSTER';

/** The cluster that this process was told of; its end is the business of whoever started it. */
export function joinCluster(): Cluster | undefined {
  const told = process.env[clusterVariable];
  return told === undefined ? undefined : { ...(JSON.parse(told) as Shared), stop: async () => {} };
}

export async function startCluster(): Promise<Cluster> {
  await sweep();
  const { server, folder } = await startServer();
  const template = `template_${(await migrationsHash()).slice(0, 16)}`;
  await asAdmin(server.admin, (client) => client.query(`create database ${template}`));
  await prepareDatabase({ ...server.admin, database: template }, { ...senses, reach });
  return {
    admin: server.admin,
    template,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A server without a database of ours, in a folder that names the process it belongs to. */
export async function startServer(): Promise<{ readonly server: Embedded; readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), `sotto-test-${process.pid}-`));
  return { server: await startEmbedded({ ...senses, dataDir: folder, port: 0, settings: hasty }), folder };
}

/** Nothing here needs to survive a power cut. */
const hasty = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '300' };

const senses = { clock: systemClock, log: () => {}, derive: testDerive };

/**
 * Ends the clusters of test runs that were killed: their folder names the process that is gone. Runs that begin together
 * find the same ones; a folder is of whoever gave it their own name, and of nobody else.
 */
export async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = /^sotto-test-(\d+)-/.exec(name)?.[1];
    if (!owner || isAlive(Number(owner))) continue;
    const folder = join(tmpdir(), `sotto-test-${process.pid}-${randomUUID()}`);
    const isOurs = await rename(join(tmpdir(), name), folder).then(
      () => true,
      () => false,
    );
    if (isOurs) await endCluster(folder);
  }
}

/** What cannot be removed now is left to the next run: nothing of this one depends on it. */
async function endCluster(folder: string): Promise<void> {
  await startEmbedded({ ...senses, dataDir: folder, port: 0, settings: hasty })
    .then((left) => left.stop())
    .catch(() => {});
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

export async function asAdmin<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
