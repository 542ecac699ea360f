import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql, type Item } from '#base';
import { openServer } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { openingOf } from '#safeguards/log';
import { trustRoutes } from '#trust';
import type { Claim, Verdict } from './claim.ts';
import { evidenceKeeper } from './leaf-looks.ts';
import { lookAt } from './look-at.ts';
import { opaque } from './opaque.ts';
import { loadClaims } from './prove-all.ts';
import { always } from '../../test/edge.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';
import { sequenceNow } from '../../test/sequencing.ts';

const uuids = /[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}/gi;

let ground: ProvingGround;
let server: Awaited<ReturnType<typeof openServer>>;
let failing: readonly Verdict[];
before(async () => {
  ground = await openProvingGround();
  server = await openServer(ground.ctx, {
    routes: trustRoutes({
      ...ground.ctx,
      publicUrl: () => 'http://localhost:8080',
      maySeeDrafts: () => Promise.resolve(true),
    }),
    identify: () => Promise.resolve(undefined),
    admit: always,
  });
  failing = await broken();
  await evidenceKeeper(ground.ctx).run();
  await sequenceNow(ground.ctx, ground.database);
});
after(async () => {
  await server.close();
  await ground.close();
});

/** What is found wrong when the counterexamples that are rows lie in the tables for good. */
async function broken(): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const claim of await loadClaims())
    if (await plant(claim)) verdicts.push(await lookAt(ground.ctx, ground.means, claim));
  return verdicts.filter(({ status }) => status === 'failing' || status === 'overdue');
}

async function plant({ item }: Item<Claim>): Promise<boolean> {
  if (!('counterexample' in item) || item.counterexample?.kind !== 'rows') return false;
  const { counterexample } = item;
  // Two of them plant the same agent; one is enough.
  await ground.means.prove
    .open((tx) => counterexample.plant(tx, ground.means))
    .catch((error: { code?: unknown }) => {
      if (error.code !== '23505') throw error;
    });
  return true;
}

async function got(path: string): Promise<string> {
  const { status, body } = await server.inject({ method: 'GET', url: path });
  assert.equal(status, 200, path);
  return body;
}

test('no public document of a broken promise holds the id of an organisation, a call or a report', async () => {
  const named = new Set(failing.flatMap(({ why }) => why.match(uuids) ?? []));
  for (const kind of ['call:', 'organisation:', 'report:']) {
    assert.ok(
      failing.some(({ why }) => why.includes(kind)),
      kind,
    );
  }
  const pages = failing.flatMap(({ claim }) => [
    `/trust/claims/${claim}`,
    `/trust/claims/${claim}/history.json`,
    `/trust/claims/${claim}/evidence.json`,
  ]);
  for (const path of [
    '/trust',
    '/trust.json',
    '/trust/claims.json',
    '/trust/controls',
    '/trust/frameworks',
    ...pages,
  ]) {
    const body = await got(path);
    const told = [...named].filter((id) => body.includes(id));
    assert.deepEqual(told, [], path);
  }
  assert.match(await got('/trust/claims/calls-are-summarised/history.json'), /\(call:id-[0-9a-f]{10}\)/);
});

test('two findings about one thing are seen to be about the same, and no other installation names it so', () => {
  const id = '01a1f978-b580-77f4-a8f3-f8df17bed2c3';
  const here = opaque(ground.ctx, `call:${id}`);
  assert.match(here, /^call:id-[0-9a-f]{10}$/);
  assert.equal(opaque(ground.ctx, `call:${id.replaceAll('-', '').toUpperCase()}`), here);
  assert.notEqual(opaque(ground.ctx, `call:${id.replace('01', '02')}`), here);
  const keys = { ...ground.ctx.keys, derive: () => Buffer.alloc(32) };
  assert.notEqual(opaque({ keys }, `call:${id}`), here);
});

test('hashes and what is too long to be an id stay as they are', () => {
  const words = `the root ${'ab'.repeat(32)} of app.calls has 12345678 rows`;
  assert.equal(opaque(ground.ctx, words), words);
});

test('whoever proves it on the machine is told the whole id, and so is the sealed entry of the turn', async () => {
  const verdict = failing.find(({ claim }) => claim === 'calls-are-summarised')!;
  assert.match(verdict.why, /call:[0-9a-f]{8}-/);
  const why = await ground.ctx.db.tenant(instanceId, async (tx) => {
    const { id } = await tx.one<{ id: string }>(sql`
      select id from app.audit_entries where organisation_id = ${instanceId} and action = 'claim.checked'
        and convert_from(leaf, 'UTF8') like '%"claim:calls-are-summarised"%'`);
    return (await openingOf(ground.ctx, tx, instanceId, id))?.details['why'];
  });
  assert.equal(why, verdict.why);
});
