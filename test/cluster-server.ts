import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { systemClock } from '#base';
import { migrationsHash, prepareDatabase, startEmbedded } from '#database';
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
  const folder = await mkdtemp(join(tmpdir(), `sotto-test-${process.pid}-`));
  const senses = { clock: systemClock, log: () => {}, derive: testDerive };
  const server = await startEmbedded({ ...senses, dataDir: folder, port: 0, settings: hasty });
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

/** Nothing here needs to survive a power cut. */
const hasty = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '300' };

/** Ends the clusters of test runs that were killed: their folder names the process that is gone. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = /^sotto-test-(\d+)-/.exec(name)?.[1];
    if (!owner || isAlive(Number(owner))) continue;
    const folder = join(tmpdir(), name);
    const senses = { clock: systemClock, log: () => {}, derive: testDerive };
    await startEmbedded({ ...senses, dataDir: folder, port: 0, settings: hasty }).then(
      (left) => left.stop(),
      () => {},
    );
    await rm(folder, { recursive: true, force: true });
  }
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
