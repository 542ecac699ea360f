import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openHttp, readConfig, sql, type Id } from '#base';
import { openServer } from '#edge';
import { addWitness, logKeys, openWitness, verifyExport, witnessAsker, type WitnessedHead } from '#safeguards/log';
import { noteKey, noteSigner } from '#tlog';
import { witnessRoutes } from '../../src/commands/audit/witness.ts';
import { always } from '../edge.ts';
import { copyAll, restoreAll } from './copies.ts';
import { installation, openScene, shop, type Scene } from './scene.ts';

/** A witness on a real port, with a memory that outlives it. */
async function openPort(t: TestContext, scene: Scene) {
  const signer = noteSigner('witness.example/w1', Buffer.alloc(32, 60), 'ml-dsa-44');
  const logs = (await logKeys(scene.ctx)).map((vkey) => noteKey(vkey)!);
  const memory: { heads: ReadonlyMap<string, WitnessedHead> } = { heads: new Map() };
  const save = async (heads: ReadonlyMap<string, WitnessedHead>) => void (memory.heads = heads);
  const kept = openWitness({ signers: [signer], logs, heads: memory.heads, save, now: scene.clock.now });
  const ctx = { ...scene.ctx, config: readConfig({ SOTTO_PORT: '0' }) };
  const server = await openServer(ctx, { routes: witnessRoutes(kept), identify: async () => undefined, admit: always });
  t.after(() => server.close());
  const { url } = await server.listen();
  return { url, key: signer.vkey, memory, close: () => server.close() };
}

async function watched(t: TestContext) {
  const scene = await openScene(t);
  await scene.live(5);
  const port = await openPort(t, scene);
  const witnesses = [`${port.url} ${port.key}`];
  const config = { ...readConfig({}), witnesses };
  const http = openHttp({ config, log: () => {}, extraHosts: ['127.0.0.1'] });
  t.after(() => http.close());
  const asker = witnessAsker({ ...scene.jobs, http, config });
  const look = (organisation: Id) =>
    scene.ctx.db.tenant(organisation, (tx) =>
      tx.one<{ state: string; why: string | null; size: number }>(sql`
        select state, why, size from app.log_witnesses where organisation_id = ${organisation}`),
    );
  const refusals = (organisation: Id) =>
    scene.ctx.db.tenant(organisation, async (tx) => {
      const rows = await tx.rows(sql`
        select 1 from app.audit_entries where organisation_id = ${organisation} and action = 'witness.refused'`);
      return rows.length;
    });
  return { scene, port, asker, look, refusals };
}

/** The customer names their own witness. The address is a private one here, which only the operator could allow. */
const ownWitness = async (scene: Scene, { url, key }: { readonly url: string; readonly key: string }) => {
  const made = { organisation: shop, by: 'system', url: 'https://witness.example.com', key } as const;
  await scene.ctx.db.tenant(shop, (tx) => addWitness(scene.ctx, tx, made));
  await scene.asAdministrator((client) => client.query('update app.log_witnesses set url = $1', [url]));
};

test('a witness signs every head that continues the last one, and the export shows it', async (t) => {
  const { scene, port, asker, look, refusals } = await watched(t);
  await ownWitness(scene, port);
  for (let round = 0; round < 3; round += 1) {
    await asker.run();
    assert.equal((await look(installation)).state, 'signed');
    assert.equal((await look(shop)).state, 'signed');
    await scene.live(2);
  }
  const witnesses = [noteKey(port.key)!];
  const keys = (await logKeys(scene.ctx)).map((vkey) => noteKey(vkey)!);
  const lines = await scene.exported();
  const check = await verifyExport(each(lines), { keys, witnesses, seen: new Map() });
  assert.deepEqual([check.faults, check.notes], [[], []]);
  assert.deepEqual([...new Set(check.cosigned.map(({ by }) => by))], ['witness.example/w1']);
  assert.equal(check.cosigned.length, 2);
  assert.equal(await refusals(installation), 0);
});

test('an old copy that is restored is refused by the witness, and that is written down', async (t) => {
  const { scene, asker, look, refusals } = await watched(t);
  await copyAll(scene);
  await scene.live(5);
  await scene.live(5);
  await asker.run();
  assert.equal((await look(installation)).state, 'signed');
  await restoreAll(scene);
  // What the product knows of its witness may be as old as the rest.
  await scene.asAdministrator((client) => client.query('update app.log_witnesses set size = 0, due_at = added_at'));
  await asker.run();
  assert.deepEqual((({ state, why }) => ({ state, why }))(await look(installation)), {
    state: 'refused',
    why: 'saw-larger',
  });
  assert.equal(await refusals(installation), 1);
});

test('a fork is refused by the witness, however it is told', async (t) => {
  const { scene, asker, look, refusals } = await watched(t);
  await copyAll(scene);
  await scene.live(5);
  await asker.run();
  await restoreAll(scene);
  await scene.live(5);
  await scene.live(5);
  await asker.run();
  assert.deepEqual((({ state, why }) => ({ state, why }))(await look(installation)), {
    state: 'refused',
    why: 'not-consistent',
  });
  assert.equal(await refusals(installation), 1);
  scene.clock.advance(600_000);
  await asker.run();
  assert.equal(await refusals(installation), 1, 'said once');
});

test('an answer that got lost is made up for, and a witness that is away is asked again later', async (t) => {
  const { scene, port, asker, look } = await watched(t);
  await asker.run();
  await scene.live(2);
  await scene.asAdministrator((client) => client.query('update app.log_witnesses set size = 0'));
  assert.equal(await asker.run(), 1);
  assert.equal((await look(installation)).state, 'signed');
  await port.close();
  await scene.live(2);
  assert.equal(await asker.run(), 0);
  assert.equal((await look(installation)).state, 'unreachable');
  assert.equal(await asker.run(), 0);
});

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
