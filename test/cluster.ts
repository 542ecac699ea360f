import { AsyncResource } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import pg from 'pg';
import { systemClock, type DbRole } from '#base';
import { admitRoles, connectionOf, migrationsHash, prepareDatabase, startEmbedded, type Embedded } from '#database';
import { testDerive } from './root-key.ts';

export { testDerive, testRootKey } from './root-key.ts';

/** A database of a test's own, migrated, with the tenant key of `testDerive`. */
export type TestDatabase = {
  readonly name: string;
  /** How a role signs in; `migrate` owns the schema. */
  connection(role: DbRole | 'migrate'): pg.ClientConfig;
  /** The superuser, for planting faults that no role of ours could make. */
  admin(): pg.ClientConfig;
  drop(): Promise<void>;
};

/**
 * A fresh database, cloned from a migrated template in some 30 ms. One cluster serves the whole test run: it
 * starts with the first clone and ends with the run. Drop the clone in the test's `after`.
 */
export async function cloneDatabase(): Promise<TestDatabase> {
  const { server, template } = await (running ??= start());
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(server.admin, (client) =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  );
  const here = { ...server.admin, database: name };
  // Rights on a database itself are not cloned.
  await asAdmin(here, admitRoles);
  return {
    name,
    connection: (role) => connectionOf(here, role, testDerive),
    admin: () => here,
    async drop() {
      await asAdmin(server.admin, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

type Cluster = { readonly server: Embedded; readonly template: string; readonly folder: string };

let running: Promise<Cluster> | undefined;

// All test files share one root, and hooks run in the order they were made. Made anew once the first runs, this
// one comes after those of the test files, which still need the server to close what they opened.
const atRoot = AsyncResource.bind((hook: () => Promise<void>) => after(hook));
after(() => atRoot(stop));

async function stop(): Promise<void> {
  if (!running) return;
  const { server, folder } = await running;
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function start(): Promise<Cluster> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), `sotto-test-${process.pid}-`));
  const senses = { clock: systemClock, log: () => {}, derive: testDerive };
  const server = await startEmbedded({ ...senses, dataDir: folder, port: 0, settings: hasty });
  const template = `template_${(await migrationsHash()).slice(0, 16)}`;
  await asAdmin(server.admin, (client) => client.query(`create database ${template}`));
  await prepareDatabase({ ...server.admin, database: template }, senses);
  return { server, template, folder };
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

async function asAdmin<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
