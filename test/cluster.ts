import assert from 'node:assert/strict';
import { AsyncResource } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { after } from 'node:test';
import type pg from 'pg';
import type { DbRole } from '#base';
import { admitRoles, connectionOf } from '#database';
import { asAdmin, joinCluster, startCluster, type Cluster, type Shared } from './cluster-server.ts';
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
  const { admin, template } = await (running ??= joinCluster() ?? startCluster());
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(admin, (client) => client.query(`create database ${name} template ${template} strategy file_copy`));
  const here = { ...admin, database: name };
  // Rights on a database itself are not cloned.
  await asAdmin(here, admitRoles);
  return {
    name,
    connection: (role) => connectionOf(here, role, testDerive),
    admin: () => here,
    async drop() {
      const beyond = await asAdmin(here, (client) => client.query<{ change: string }>(beyondReach));
      await asAdmin(admin, (client) => client.query(`drop database if exists ${name} with (force)`));
      assert.deepEqual(
        beyond.rows.map(({ change }) => change),
        [],
        'an entry says less than its transaction changed: see src/safeguards/audit/actions.ts',
      );
    },
  };
}

/**
 * Whatever a test did: where a transaction wrote entries, one of them covers each change beside them. What a test changes by
 * itself it changes in a transaction of its own.
 */
const beyondReach = `
  select distinct c.relation || ' ' || c.operation || ' beside ' || string_agg(distinct e.operation, ', ') as change
  from sec.changes c join sec.changes e on e.xid = c.xid and e.relation = 'audit_entries'
  where c.relation <> 'audit_entries'
  group by c.xid, c.relation, c.operation
  having not bool_or((e.operation, c.relation) in (select action, relation from sec.action_reach))`;

/** What another process needs to make clones of its own. They go with the cluster, if not before. */
export async function sharedCluster(): Promise<Shared> {
  const { admin, template } = await (running ??= joinCluster() ?? startCluster());
  return { admin, template };
}

let running: Cluster | Promise<Cluster> | undefined;

// All test files share one root, and hooks run in the order they were made. Made anew once the first runs, this
// one comes after those of the test files, which still need the server to close what they opened.
const atRoot = AsyncResource.bind((hook: () => Promise<void>) => after(hook));
after(() => atRoot(stop));

async function stop(): Promise<void> {
  if (running) await (await running).stop();
}
