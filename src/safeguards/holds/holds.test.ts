import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem, Personal, sql, type Id, type ProblemCode } from '#base';
import { heldKeys, itemsOf, openHolding, type HoldingTest } from '../../../test/holding.ts';
import { day, type Left } from '../../../test/keeping.ts';
import { approveHold, askHold, heldAmong, liftHold, readHold } from './index.ts';

const hour = 3_600_000;
const phone = '+34600111222';
const person = { person: new Personal(phone) };

const refusedAs = (code: ProblemCode) => (error: unknown) => isProblem(error, code);

function stateOf({ archive: { ctx }, businesses }: HoldingTest, id: Id) {
  const { organisation } = businesses[0];
  return ctx.db.tenant(organisation, async (tx) => (await readHold(ctx, tx, organisation, id)).state);
}

const all = ['call', 'message', 'lead', 'appointment', 'person'] as const;

function itemsLeft({ call, message, lead, appointment, contact, recording }: Left): string[] {
  const ids = { call, message, lead, appointment, contact, recording };
  return Object.entries(ids)
    .filter(([, id]) => id !== undefined)
    .map(([kind, id]) => `${kind}:${id}`)
    .toSorted();
}

test('what a hold names stays when its time is over, is read nowhere, and goes soon after the hold ends', async (t) => {
  const holding = await openHolding(t);
  const { archive, businesses } = holding;
  await holding.keep(businesses[0], { recordings: 10, calls: 10, messages: 10, leads: 10, appointments: 10 });
  const held = await holding.leave(businesses[0], { isRecorded: true });
  const free = await holding.leave(businesses[0], { phone: '+34600111333' });
  const hold = await holding.hold({ call: held.call }, 200 * day);
  archive.ctx.clock.advance(100 * day);
  await holding.sweep();
  await holding.keepHolds();
  assert.deepEqual(await holding.keysOf(free), []);
  assert.deepEqual((await holding.keysOf(held)).toSorted(), [...all, 'recording'].toSorted());
  assert.equal((await holding.readable(held)).summary, undefined);
  assert.equal((await holding.readable(held)).recording, false);
  archive.ctx.clock.advance(100 * day);
  await holding.keepHolds();
  assert.equal(await stateOf(holding, hold), 'ended');
  await holding.sweep();
  assert.deepEqual(await holding.keysOf(held), []);
  assert.deepEqual((await archive.ctx.objects.list('recordings/')).names, []);
});

test('exactly the keys of what is held lie under the key of holds, and go back under their day when it is over', async (t) => {
  const holding = await openHolding(t);
  const { businesses, archive } = holding;
  const { organisation } = businesses[0];
  const before = async () => (await archive.ctx.keys.epochs()).filter((one) => one.held > 0).length;
  const mine = await holding.leave(businesses[0], { isRecorded: true });
  await holding.leave(businesses[0], { phone: '+34600111333' });
  await holding.leave(businesses[1]);
  assert.equal(await before(), 0);
  const hold = await holding.ask({ call: mine.call });
  const held = { call: 1, recording: 1, message: 1, lead: 1, appointment: 1, person: 1 };
  assert.deepEqual(await heldKeys(holding, organisation), held);
  assert.deepEqual(await itemsOf(holding, organisation, hold), itemsLeft(mine));
  assert.deepEqual(await heldKeys(holding, businesses[1].organisation), {});
  await liftHold(archive.ctx, holding.people[0], hold);
  await holding.keepHolds();
  assert.deepEqual(await heldKeys(holding, organisation), {});
  assert.deepEqual(await itemsOf(holding, organisation, hold), []);
  assert.deepEqual((await holding.readable(mine)).words, ['word']);
});

test('a person is held with all their calls, and with what comes while the hold is there', async (t) => {
  const holding = await openHolding(t);
  const { businesses, archive } = holding;
  const { organisation } = businesses[0];
  await holding.keep(businesses[0], { recordings: 10, calls: 10, messages: 10, leads: 10, appointments: 10 });
  const first = await holding.leave(businesses[0]);
  const hold = await holding.hold(person);
  archive.ctx.clock.advance(day);
  const second = await holding.leave(businesses[0]);
  const among = await archive.ctx.db.tenant(organisation, (tx) =>
    heldAmong(tx, { organisation, kind: 'message', ids: [second.message] }),
  );
  assert.deepEqual(
    among.map(({ id, hold: by, state }) => [id, by, state]),
    [[second.message, hold, 'in-force']],
    'before anybody has written it down',
  );
  await holding.keepHolds();
  const items = await itemsOf(holding, organisation, hold);
  assert.deepEqual(items, [...new Set([...itemsLeft(first), ...itemsLeft(second)])].toSorted());
  assert.equal((await heldKeys(holding, organisation))['call'], 2);
  archive.ctx.clock.advance(20 * day);
  await holding.sweep();
  assert.deepEqual((await holding.keysOf(second)).toSorted(), all.toSorted());
});

test('nobody puts a hold into force alone, no key does at all, and another organisation finds none', async (t) => {
  const holding = await openHolding(t);
  const { archive, people, strangers } = holding;
  const { ctx } = archive;
  const { call } = await holding.leave(holding.businesses[0]);
  const hold = await holding.ask({ call });
  await assert.rejects(approveHold(ctx, people[0], hold), refusedAs('second-person-needed'));
  await assert.rejects(approveHold(ctx, strangers[0], hold), refusedAs('not-found'));
  await assert.rejects(liftHold(ctx, strangers[0], hold), refusedAs('not-found'));
  await assert.rejects(holding.ask({ call }, { by: strangers[0] }), refusedAs('not-found'));
  const key = { who: { ...people[1].who, actor: `api-key:${call}` as const }, sender: {} };
  await assert.rejects(approveHold(ctx, key, hold), refusedAs('session-needed'));
  await assert.rejects(holding.ask({ call }, { by: key }), refusedAs('session-needed'));
  assert.equal(await stateOf(holding, hold), 'asked');
  await approveHold(ctx, people[1], hold);
  assert.equal(await stateOf(holding, hold), 'in-force');
  await assert.rejects(approveHold(ctx, people[1], hold), refusedAs('hold-over'));
});

test('the database itself takes no hold that one person has decided, and none without an end', async (t) => {
  const holding = await openHolding(t);
  const { ctx } = holding.archive;
  const { organisation } = holding.businesses[0];
  const { call } = await holding.leave(holding.businesses[0]);
  const hold = await holding.ask({ call });
  const refuses = (change: ReturnType<typeof sql>) =>
    assert.rejects(
      ctx.db.tenant(organisation, (tx) =>
        tx.run(sql`update app.holds set ${change} where organisation_id = ${organisation} and id = ${hold}`),
      ),
      /violates check constraint/,
    );
  await refuses(sql`state = 'in-force'`);
  await refuses(sql`state = 'in-force', approved_by = asked_by, approved_at = asked_at`);
  await refuses(sql`state = 'lifted', over_at = asked_at, over_by = asked_by, lift_asked_by = asked_by`);
  await refuses(sql`until = asked_at + interval '11 years'`);
  await refuses(sql`lapses_at = asked_at + interval '73 hours'`);
});

test('an end that is past, or more than ten years away, is refused', async (t) => {
  const holding = await openHolding(t);
  const { call } = await holding.leave(holding.businesses[0]);
  for (const ms of [0, -day, 3_654 * day, Number.NaN]) {
    await assert.rejects(holding.ask({ call }, { ms }), refusedAs('input-invalid'), String(ms));
  }
  await holding.ask({ call }, { ms: 3_652 * day });
});

test('deletion is suspended from the asking on, for 72 hours, and nobody can suspend it again alone', async (t) => {
  const holding = await openHolding(t);
  const { archive, businesses, people } = holding;
  await holding.keep(businesses[0], { recordings: 1, calls: 1, messages: 1, leads: 1, appointments: 1 });
  const left = await holding.leave(businesses[0]);
  const hold = await holding.ask({ call: left.call });
  archive.ctx.clock.advance(72 * hour - 1);
  await holding.keepHolds();
  await holding.sweep();
  assert.deepEqual((await holding.keysOf(left)).toSorted(), all.toSorted());
  archive.ctx.clock.advance(1);
  await assert.rejects(approveHold(archive.ctx, people[1], hold), refusedAs('hold-over'));
  await holding.keepHolds();
  assert.equal(await stateOf(holding, hold), 'lapsed');
  await assert.rejects(holding.ask({ call: left.call }), refusedAs('hold-not-approved'));
  const other = await holding.ask({ call: left.call }, { by: people[1] });
  await liftHold(archive.ctx, people[0], other);
  await holding.keepHolds();
  await holding.sweep();
  assert.deepEqual(await holding.keysOf(left), ['appointment'], 'its time is that of the visit');
});

test('a hold is lifted by two people within 72 hours of each other, and by nobody alone', async (t) => {
  const holding = await openHolding(t);
  const { archive, people, businesses } = holding;
  const { ctx } = archive;
  const { call } = await holding.leave(businesses[0]);
  const hold = await holding.hold({ call });
  assert.equal(await liftHold(ctx, people[1], hold), 'asked');
  await assert.rejects(liftHold(ctx, people[1], hold), refusedAs('second-person-needed'));
  ctx.clock.advance(72 * hour);
  assert.equal(await liftHold(ctx, people[1], hold), 'asked', 'the first asking has lapsed');
  assert.equal(await liftHold(ctx, people[0], hold), 'lifted');
  await assert.rejects(liftHold(ctx, people[0], hold), refusedAs('hold-over'));
  await holding.keepHolds();
  assert.deepEqual(await heldKeys(holding, businesses[0].organisation), {});
});

test('what two holds hold stays until both are over', async (t) => {
  const holding = await openHolding(t);
  const { archive, people, businesses } = holding;
  const { organisation } = businesses[0];
  const left = await holding.leave(businesses[0]);
  const one = await holding.ask({ call: left.call });
  await holding.hold(person);
  await liftHold(archive.ctx, people[0], one);
  await holding.keepHolds();
  const held = { call: 1, message: 1, lead: 1, appointment: 1, person: 1 };
  assert.deepEqual(await heldKeys(holding, organisation), held);
});

test('the number goes when the hold is over, the reason a year later, and neither can be read from any copy', async (t) => {
  const holding = await openHolding(t);
  const { archive, businesses } = holding;
  const { ctx } = archive;
  const { organisation } = businesses[0];
  await holding.leave(businesses[0]);
  const hold = await holding.hold(person, day);
  const view = () => ctx.db.tenant(organisation, (tx) => readHold(ctx, tx, organisation, hold));
  assert.deepEqual([(await view()).number?.reveal(), (await view()).reason?.reveal()], [phone, 'A claim at law.']);
  const keys = async () =>
    (await ctx.keys.epochs()).find((one) => one.organisation === organisation && one.kind === 'hold');
  ctx.clock.advance(day);
  await holding.keepHolds();
  assert.deepEqual([(await view()).number, (await view()).reason?.reveal()], [null, 'A claim at law.']);
  ctx.clock.advance(365 * day);
  await holding.keepHolds();
  assert.equal((await view()).reason, null);
  const row = await ctx.db.tenant(organisation, (tx) =>
    tx.one<object>(sql`select phone_index, number, number_id, reason, forget_at from app.holds where id = ${hold}`),
  );
  assert.ok(Object.values(row).every((value) => value === null));
  assert.equal(await ctx.keys.count([{ organisation, kind: 'hold', id: hold }]), 0);
  assert.ok((await keys()) === undefined || (await keys())!.held === 0);
});

test('each step is in the audit log, by who took it', async (t) => {
  const holding = await openHolding(t);
  const { archive, people, businesses } = holding;
  const { ctx } = archive;
  const { organisation } = businesses[0];
  const { call } = await holding.leave(businesses[0]);
  const next = () => ctx.clock.advance(1);
  const hold = await holding.ask({ call });
  for (const step of [approveHold, liftHold] as const) {
    next();
    await step(ctx, people[1], hold);
  }
  next();
  await liftHold(ctx, people[0], hold);
  next();
  const lapsing = await askHold(ctx, people[0], {
    target: { call },
    reason: new Personal('Another.'),
    until: ctx.clock.now() + 9 * day,
  });
  ctx.clock.advance(4 * day);
  await holding.keepHolds();
  const rows = await ctx.db.tenant(organisation, (tx) =>
    tx.rows<{ action: string; leaf: Buffer }>(sql`
      select action, leaf from app.audit_entries
      where organisation_id = ${organisation} and action like 'hold.%' order by at, id`),
  );
  const said = rows.map(({ action, leaf }) => {
    const { actor, object } = JSON.parse(leaf.toString()) as { actor: string; object: string };
    return [action, actor, object];
  });
  const [first, second] = people.map(({ who }) => who.actor);
  assert.deepEqual(said.slice(0, 6), [
    ['hold.asked', first, `hold:${hold}`],
    ['hold.approved', second, `hold:${hold}`],
    ['hold.lift-asked', second, `hold:${hold}`],
    ['hold.lifted', first, `hold:${hold}`],
    ['hold.asked', first, `hold:${lapsing}`],
    ['hold.lapsed', 'system', `hold:${lapsing}`],
  ]);
  // At the same instant, so in no order.
  const rest = [hold, lapsing].flatMap((one) => [`hold.emptied hold:${one}`, `hold.released hold:${one}`]);
  assert.deepEqual(
    said
      .slice(6)
      .map(([action, , object]) => `${action} ${object}`)
      .toSorted(),
    rest.toSorted(),
  );
});
