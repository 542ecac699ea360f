import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { iso, newId, Personal, sql, type Id, type Sql } from '#base';
import { addPerson } from '#safeguards/accounts';
import { askHold } from '#safeguards/holds';
import { seal } from '#safeguards/vault';
import { captureLead } from '#secretary/contacts';
import { takeMessage } from '#secretary/messages';
import closes from './claims/accounts-end-thirty-days-after-closing.ts';
import nothing from './claims/closed-accounts-leave-nothing.ts';
import holds from './claims/holds-suspend-deletion.ts';
import { reachOf, rolledBack } from './means.ts';
import type { Claim } from './claim.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';
import { makeBusiness, makeCall, type Business } from '../../test/rows.ts';

const hour = 60 * 60_000;
const day = 24 * hour;

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
});
after(() => ground.close());

/** What the probe finds of these. */
async function faultsOf(claim: Claim, ids: readonly Id[]): Promise<string[]> {
  assert.ok(claim.kind === 'proven');
  const { probe } = claim;
  const { faults } = await rolledBack(ground.means.prove, (tx) => probe(reachOf(ground.means, tx)));
  return faults.flatMap(({ what, where }) => (ids.some((id) => where.endsWith(id)) ? [what] : []));
}

function run({ organisation }: Business, statement: Sql): Promise<number> {
  return ground.ctx.db.tenant(organisation, (tx) => tx.run(statement));
}

/** A call with a message, both an hour old, and a hold on it that is as old. */
async function held() {
  const { ctx } = ground;
  const business = await makeBusiness(ctx.db);
  const { organisation } = business;
  const call = await makeCall(ctx.db, business);
  const past = { ...ctx, clock: { ...ctx.clock, now: () => ctx.clock.now() - hour } };
  const place = { table: 'calls', row: call, column: 'conversation' };
  const conversation = await seal(ctx, { organisation, kind: 'call', id: call }, place, '{}');
  await run(business, sql`update app.calls set conversation = ${conversation} where id = ${call}`);
  const message = await ctx.db.tenant(organisation, (tx) =>
    takeMessage(past, tx, { organisation, callId: call, body: new Personal('x'), urgent: false }),
  );
  const person = await ctx.db.tenant(organisation, (tx) =>
    addPerson(ctx, tx, {
      organisation,
      role: 'owner',
      name: new Personal('Somebody'),
      email: new Personal('somebody@a.example'),
    }),
  );
  const asking = { who: { organisation, actor: `person:${person}` as const }, sender: {} };
  const plan = { target: { call }, reason: new Personal('A claim at law.'), until: ctx.clock.now() + 9 * day };
  const hold = await askHold(past, asking, plan);
  return { business, call, message, hold };
}

test('what is held and was taken, emptied, left out or left to die is found, each by its own name', async () => {
  const one = await held();
  const { business, call, message, hold } = one;
  const ids = [call, message, hold];
  assert.deepEqual(await faultsOf(holds, ids), []);
  const item = sql`hold_id = ${hold} and kind = 'message'`;
  await run(business, sql`update app.held_items set wrapped_at = null where ${item}`);
  assert.deepEqual(await faultsOf(holds, ids), ['is held and its key was not put where it is safe']);
  await run(business, sql`delete from app.held_items where ${item}`);
  assert.deepEqual(await faultsOf(holds, ids), ['belongs to what is held and is not']);
  await run(
    business,
    sql`
    insert into app.held_items (organisation_id, hold_id, kind, item_id, day, wrapped_at)
    values (${business.organisation}, ${hold}, 'message', ${message}, '2026-01-01', now())`,
  );
  await run(business, sql`delete from app.messages where id = ${message}`);
  assert.deepEqual(await faultsOf(holds, ids), ['is held and is not there']);
  await run(business, sql`delete from app.held_items where ${item}`);
  await run(
    business,
    sql`
    update app.calls set emptied_at = ${iso(ground.ctx.clock.now())}, conversation = null where id = ${call}`,
  );
  assert.deepEqual(await faultsOf(holds, ids), ['was emptied while it was held']);
  const ago = (ms: number) => iso(ground.ctx.clock.now() - ms);
  await run(
    business,
    sql`
    update app.holds set asked_at = ${ago(80 * hour)}, lapses_at = ${ago(8 * hour)} where id = ${hold}`,
  );
  await run(business, sql`update app.calls set emptied_at = ${ago(90 * hour)} where id = ${call}`);
  assert.deepEqual(await faultsOf(holds, ids), ['is over and still holds something']);
});

test('what has the number of a held person and is not held is found, whatever call it came of', async () => {
  const { ctx } = ground;
  const { business } = await held();
  const { organisation } = business;
  const phone = new Personal('+34600111555');
  const past = { ...ctx, clock: { ...ctx.clock, now: () => ctx.clock.now() - hour } };
  const other = await makeCall(ctx.db, business);
  const person = await ctx.db.tenant(organisation, (tx) =>
    addPerson(ctx, tx, { organisation, role: 'admin', name: new Personal('A'), email: new Personal('a@b.example') }),
  );
  const asking = { who: { organisation, actor: `person:${person}` as const }, sender: {} };
  await askHold(past, asking, {
    target: { person: phone },
    reason: new Personal('A claim at law.'),
    until: ctx.clock.now() + 9 * day,
  });
  const lead = await ctx.db.tenant(organisation, (tx) =>
    captureLead(past, tx, { organisation, callId: other, phone, interest: new Personal('x') }),
  );
  assert.deepEqual(await faultsOf(holds, [lead]), ['belongs to what is held and is not']);
});

test('keys of what is held that lie elsewhere than they should are found by their number', async () => {
  const { business, call, message, hold } = await held();
  const { organisation } = business;
  const ids = [organisation, call, message, hold];
  assert.deepEqual(await faultsOf(holds, ids), []);
  const day = iso(ground.ctx.clock.now()).slice(0, 10);
  await ground.ctx.keys.release([{ subject: { organisation, kind: 'message', id: message }, day }]);
  assert.deepEqual(await faultsOf(holds, ids), ['has fewer held keys of the kind message than it should']);
});

/** Asks to close an account so long ago. */
function closing({ organisation }: Business, agoMs: number): Sql {
  const at = ground.ctx.clock.now() - agoMs;
  return sql`
    update app.organisations set closing_asked_at = ${iso(at)}, closes_at = ${iso(at + 30 * day)} where id = ${organisation}`;
}

test('an account whose day is over for a day and of which something is there is found, unless a hold keeps it', async () => {
  const { business } = await held();
  const ids = [business.organisation];
  await run(business, closing(business, 30 * day + hour));
  assert.deepEqual(await faultsOf(closes, ids), []);
  await run(business, closing(business, 32 * day));
  assert.deepEqual(await faultsOf(closes, ids), [], 'a hold keeps it');
  await run(business, sql`delete from app.held_items`);
  await run(business, sql`delete from app.holds`);
  const found = await faultsOf(closes, ids);
  assert.deepEqual(
    found,
    ['calls', 'messages', 'people'].map((table) => `was to be erased and has rows in app.${table}`),
  );
});

test('a row, a name or an object below an account that was erased is found', async () => {
  const { ctx, means } = ground;
  const organisation = newId(ctx);
  const mine = { organisation } as Business;
  const now = iso(ctx.clock.now());
  await run(
    mine,
    sql`
    insert into app.organisations (id, kind, name, time_zone, language, region, created_at, closing_asked_at, closes_at, erased_at)
    values (${organisation}, 'customer', '', 'Etc/UTC', 'en', 'ZZ', ${now}, ${now}, ${now}, ${now})`,
  );
  assert.deepEqual(await faultsOf(nothing, [organisation]), []);
  await run(
    mine,
    sql`
    insert into app.setup_lists (organisation_id, dismissed_at) values (${organisation}, ${now})`,
  );
  assert.deepEqual(await faultsOf(nothing, [organisation]), ['has 1 rows in app.setup_lists']);
  const shelf = { list: async (prefix: string) => ({ names: [`${prefix}x`], next: null }), get: means.objects.get };
  const { probe } = nothing;
  const { faults } = await rolledBack(means.prove, (tx) => probe(reachOf({ ...means, objects: shelf }, tx)));
  assert.ok(faults.some(({ what, where }) => what === 'has objects in recordings' && where.endsWith(organisation)));
});
