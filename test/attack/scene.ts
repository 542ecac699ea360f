import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { TestContext } from 'node:test';
import pg from 'pg';
import { manualClock, openDb, readConfig, seededRandom, sql, type DbRole, type Id, type Keystore } from '#base';
import { record, type Details } from '#safeguards/audit';
import {
  exportBytes,
  planExport,
  sequenceAll,
  verifyExport,
  linesOf,
  type ExportCheck,
  type Trusted,
} from '#safeguards/log';
import { noteKey } from '#tlog';
import { cloneDatabase, testDerive } from '../cluster.ts';
import { testKeystore } from '../keys.ts';

export const installation: Id = '00000000-0000-7000-8000-000000000001';
export const shop: Id = '00000000-0000-7000-8000-0000000000aa';
const neighbour: Id = '00000000-0000-7000-8000-0000000000bb';

const minute = 60_000;

/**
 * An installation whose log is kept by the product's own sequencer, an administrator of its database who can do whatever
 * PostgreSQL does (triggers off), and a customer who verifies exports offline, with keys and memory of their own.
 */
export async function openScene(t: TestContext) {
  const database = await cloneDatabase();
  const random = seededRandom(t.name);
  const clock = manualClock(Date.UTC(2026, 10, 20, 12));
  const keys = testKeystore(random, clock);
  const open = (role: DbRole) =>
    openDb({ connection: database.connection(role), role, tenantKey: testDerive('tenant-token') });
  const [db, jobs] = [open('app'), open('jobs')];
  const close = async () => {
    await Promise.all([db.close(), jobs.close()]);
    await keys.close();
    await database.drop();
  };
  t.after(close);
  const log = () => {};
  const held: { keys: Pick<Keystore, 'derive' | 'id'> } = { keys };
  const ctx = { clock, random, keys, db, log, config: readConfig({}), installation };
  const asHeld = () => ({ ...ctx, keys: { ...keys, derive: held.keys.derive, id: held.keys.id } });
  /** From now on the product signs with keys of another root key. */
  const useRootKey = (name: string) => {
    const derive = (label: string) => createHash('sha256').update(`${name} ${label}`).digest();
    held.keys = { derive, id: keys.id };
  };
  for (const [kind, id] of [
    ['instance', installation],
    ['customer', shop],
    ['customer', neighbour],
  ] as const) {
    await db.tenant(id, (tx) =>
      tx.run(sql`
        insert into app.organisations (id, kind, name, time_zone, language, region, created_at)
        values (${id}, ${kind}, 'A firm', 'Etc/UTC', 'en', 'US', now())`),
    );
  }

  /** Something happens: an entry of the organisation. */
  const act = (organisation: Id = shop, details?: Details): Promise<Id> =>
    db.tenant(organisation, (tx) =>
      record(ctx, tx, {
        organisation,
        actor: 'system',
        action: 'call.answered',
        object: `organisation:${organisation}`,
        details,
      }),
    );
  /** A checkpoint interval of the running product: as many entries of each, then the sequencer's minute. */
  const live = async (entries: number) => {
    for (let one = 0; one < entries; one += 1) {
      clock.advance(1_000);
      await act();
      await act(neighbour, { note: `entry ${one}` });
    }
    clock.advance(minute);
    await sequenceAll({ ...asHeld(), db: jobs }, new Set(), true);
  };
  /** What somebody with the database can do: any SQL, no trigger. */
  const asAdministrator = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client(database.admin());
    await client.connect();
    try {
      await client.query("set session_replication_role = 'replica'");
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const exported = async (since: readonly number[] = []): Promise<string[]> => {
    const plan = await db.tenant(shop, (tx) => planExport(tx, { organisation: shop, since, openings: true }));
    return Array.fromAsync(linesOf(exportBytes(asHeld(), plan)));
  };
  return { ctx, jobs: { ...ctx, db: jobs }, database, clock, act, live, asAdministrator, exported, useRootKey };
}

export type Scene = Awaited<ReturnType<typeof openScene>>;

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

/** A customer: the public keys of the installation, and what they saw last. Verifies in memory, with nothing else. */
export type Customer = {
  /** Verifies an export that is fetched now; remembers what it saw when all was well. */
  look(): Promise<ExportCheck>;
  readonly trusted: () => Trusted;
};

export async function customerOf(scene: Scene): Promise<Customer> {
  const [header] = await scene.exported();
  const vkeys = (JSON.parse(header!) as { keys: string[] }).keys;
  const keys = vkeys.map((vkey) => noteKey(vkey)!);
  let seen: Trusted['seen'] = new Map();
  const trusted = () => ({ keys, witnesses: [], seen });
  return {
    trusted,
    async look() {
      const known = [...seen].find(([origin]) => origin === keys[0]!.name)?.[1].size;
      const globalSize = await sizeOfGlobal(scene);
      const since = known !== undefined && known <= globalSize ? [known] : [];
      const check = await verifyExport(each(await scene.exported(since)), trusted());
      if (check.faultCount === 0) seen = new Map([...seen, ...check.seen]);
      return check;
    },
  };
}

async function sizeOfGlobal({ ctx }: Scene): Promise<number> {
  const { size } = await ctx.db.open((tx) => tx.one<{ size: number }>(sql`select size from sec.log_head()`));
  return size;
}

/** An attack is found, in words that name it, and the same run without the attack is clean. */
export async function isFound(
  t: TestContext,
  attack: (scene: Scene, customer: Customer) => Promise<unknown>,
  expected: RegExp,
): Promise<ExportCheck> {
  const found = new Map<boolean, ExportCheck>();
  for (const isAttacked of [false, true]) {
    const scene = await openScene(t);
    await scene.live(5);
    await scene.live(5);
    const customer = await customerOf(scene);
    const before = await customer.look();
    assert.deepEqual(before.faults, [], 'nothing is wrong before');
    assert.deepEqual(before.notes, []);
    if (isAttacked) await attack(scene, customer);
    // One checkpoint interval of the product, which knows of nothing.
    await scene.live(5);
    found.set(isAttacked, await customer.look());
  }
  const [clean, attacked] = [found.get(false)!, found.get(true)!];
  assert.deepEqual(clean.faults, [], 'without the attack nothing is found');
  assert.deepEqual(clean.notes, []);
  assert.equal(clean.entries, 15);
  const told = attacked.faults.map(({ what, where, say }) => `${what} at ${where}: ${say}`).join('\n');
  assert.match(told, expected);
  return attacked;
}
