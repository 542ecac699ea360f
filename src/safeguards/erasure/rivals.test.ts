import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iso, newId, outside, Personal, sql, type Id } from '#base';
import { openRepeats } from '#safeguards/repeats';
import { seal } from '#safeguards/vault';
import { recordTake } from '../../../test/archive.ts';
import { openErasing, type Erasing } from '../../../test/erasing.ts';
import { eraser, proceed } from './index.ts';

const phone = '+34600111222';
const person = { person: new Personal(phone) };
const organisationIsAll = { organisation: true } as const;

const away = ({ ctx }: Erasing) => ({
  ...ctx,
  objects: { ...ctx.objects, list: () => Promise.reject(outside('objects', 'unreachable')) },
});

test('a person whom a sweep had hidden already, and got no further, is erased with their calls', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  const left = await keeping.leave(mine, { isNamed: true });
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.contacts set phone_index = null where organisation_id = ${organisation} and id = ${left.contact}`),
  );
  const { text } = await erasing.erase(mine, person);
  assert.equal(text.stores.find(({ store }) => store === 'table app.contacts')?.before, 1);
  assert.equal(await ctx.keys.count([{ organisation, kind: 'person', id: left.contact }]), 0);
  assert.deepEqual(
    [...(await erasing.dump())].filter((row) => row.startsWith('contacts ')),
    [],
  );
});

test('whoever rings again while their first call is being erased stays known, and the erasure comes to its end', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const { organisation, agentId, lineId } = mine;
  const left = await keeping.leave(mine);
  const asked = await erasing.ask(mine, { call: left.call });
  const again = newId(ctx);
  let going: ReturnType<Erasing['goOn']> | undefined;
  await ctx.db.tenant(organisation, async (tx) => {
    await tx.run(sql`
      update app.contacts set seen_at = ${iso(ctx.clock.now())}
      where organisation_id = ${organisation} and id = ${left.contact}`);
    going = erasing.goOn(asked);
    await waitedFor(erasing, organisation);
    await tx.run(sql`
      insert into app.calls (organisation_id, id, carrier, carrier_call_id, line_id, agent_id, contact_id, language, state,
        turn, started_at, watch_at)
      values (${organisation}, ${again}, 'twilio', 'CA-again', ${lineId}, ${agentId}, ${left.contact}, 'es', 'live', 0,
        ${iso(ctx.clock.now())}, ${iso(ctx.clock.now())})`);
  });
  assert.equal((await going)?.state, 'erased');
  assert.equal(await ctx.keys.count([{ organisation, kind: 'person', id: left.contact }]), 1);
  const rows = [...(await erasing.dump())].filter((row) => /^(?:calls|contacts) /.test(row));
  assert.ok(rows.length === 2 && rows.some((row) => row.includes(again)), String(rows.length));
});

/** Until somebody waits for a lock. */
async function waitedFor({ ctx }: Erasing, organisation: Id): Promise<void> {
  const look = () =>
    ctx.db.tenant(organisation, (tx) =>
      tx.one<{ waits: boolean }>(sql`
        select exists (select from pg_locks
          where not granted and locktype in ('transactionid', 'tuple')) as waits`),
    );
  while (!(await look()).waits);
}

test('what a line still stores of a call that has just ended goes as well, and nothing is certified before', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const { archive } = keeping;
  const call = await archive.call();
  const recording = await recordTake(archive, call, { ms: 6_000, end: 'never' });
  await archive.hangUp(call);
  const asked = await erasing.ask(mine, { call });
  const waiting = await erasing.goOn(asked);
  assert.deepEqual([waiting?.state, waiting?.waitsFor], ['planned', 'object-store']);
  assert.ok(waiting?.unreadableAt, 'what is stored cannot be opened all the same');
  await archive.ctx.objects.put(`recordings/${mine.organisation}/${recording}/000001`, Buffer.from('the last seconds'));
  ctx.clock.advance(60_000);
  const done = await erasing.goOn(asked);
  assert.equal(done?.state, 'erased');
  assert.deepEqual((await archive.ctx.objects.list('recordings/')).names, []);
});

test('of an organisation that ends the last seconds of its last call go as well', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const { archive } = keeping;
  const call = await archive.call();
  const recording = await recordTake(archive, call, { ms: 6_000, end: 'never' });
  await archive.hangUp(call);
  const asked = await erasing.ask(mine, organisationIsAll);
  const waiting = await erasing.goOn(asked);
  assert.deepEqual([waiting?.state, waiting?.waitsFor], ['asked', 'live-call']);
  await archive.ctx.objects.put(`recordings/${mine.organisation}/${recording}/000001`, Buffer.from('the last seconds'));
  ctx.clock.advance(60_000);
  assert.equal((await erasing.goOn(asked))?.state, 'erased');
  assert.deepEqual((await archive.ctx.objects.list('recordings/')).names, []);
});

test('a summary that was being written when the keys died dies too, and no earlier time is certified', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  const { call } = await keeping.leave(mine, { isRecorded: true });
  const asked = await erasing.ask(mine, person);
  assert.equal((await proceed(away(erasing), asked.erasure))?.state, 'planned');
  const place = { table: 'calls', row: call, column: 'summary' };
  const late = await seal(ctx, { organisation, kind: 'call', id: call }, place, 'late');
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`update app.calls set summary = ${late} where organisation_id = ${organisation} and id = ${call}`),
  );
  ctx.clock.advance(30_000);
  await erasing.goOn(asked);
  const { times } = await erasing.text(asked);
  assert.equal(times.unreadableToProduct.at, iso(ctx.clock.now()), 'until a moment ago it could be read');
});

test('an erasure that is under way when its organisation ends comes to its end first, and leaves nothing below it', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  await keeping.leave(mine, { isRecorded: true });
  const first = await erasing.ask(mine, person);
  assert.equal((await proceed(away(erasing), first.erasure))?.state, 'planned');
  const all = await erasing.ask(mine, organisationIsAll);
  await erasing.goOn(all);
  await erasing.settle(mine, 'confirmed');
  assert.equal((await erasing.goOn(all))?.state, 'erased');
  await erasing.goOn(first);
  await erasing.settle(mine, 'confirmed');
  assert.equal((await erasing.goOn(first))?.state, 'done');
  assert.equal((await erasing.goOn(all))?.state, 'done');
  const left = await ctx.db.tenant(organisation, (tx) =>
    tx.rows(sql`select from app.suppressions where organisation_id = ${organisation}`),
  );
  assert.equal(left.length, 0);
});

test('however many answers to repeated requests are kept, each that tells of the person is emptied', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  const { organisation } = mine;
  await keeping.leave(mine);
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      insert into app.repeats (organisation_id, name, body_hash, answer, began_at)
      select ${organisation}, decode(lpad(to_hex(n), 64, '0'), 'hex'), decode(repeat('00', 32), 'hex'),
        decode('01' || repeat('00', 60), 'hex'), ${iso(ctx.clock.now())}
      from generate_series(1, 10000) n`),
  );
  const repeats = openRepeats(ctx, organisation);
  const asker = { who: undefined, signedIn: undefined };
  const about = { asker, route: 'POST /x', key: 'k', target: '/x', body: Buffer.from('{}') };
  const begun = await repeats.begin(about);
  const body = Buffer.from(JSON.stringify({ from: phone }));
  if (begun.state === 'new') await begun.keep({ status: 200, headers: {}, body });
  await erasing.erase(mine, person);
  assert.equal((await repeats.begin(about)).state, 'running');
});

test('an erasure that fails where it had waited does not go on saying that it waits', async (t) => {
  const erasing = await openErasing(t);
  const { keeping, ctx } = erasing;
  const [mine] = keeping.businesses;
  await keeping.leave(mine, { isRecorded: true });
  const asked = await erasing.ask(mine, person);
  assert.equal((await proceed(away(erasing), asked.erasure))?.waitsFor, 'object-store');
  ctx.clock.advance(60_000);
  const objects = { ...ctx.objects, list: () => Promise.reject(new Error('broken')) };
  await eraser({ ...ctx, db: keeping.archive.jobs.db, objects }).run();
  const { erasure } = await erasing.ask(mine, person);
  assert.deepEqual([erasure.state, erasure.waitsFor], ['planned', null]);
});
