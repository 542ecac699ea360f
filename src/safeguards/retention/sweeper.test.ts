import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iso, sql, type Id } from '#base';
import { seal } from '#safeguards/vault';
import { day, openKeeping, type KeepingTest, type Left } from '../../../test/keeping.ts';

const whole = {
  summary: 'summary',
  from: '+34600111222',
  words: ['word'],
  message: 'message',
  recording: false,
  lead: 'lead',
  appointment: 'appointment',
} as const;
/** What stays when everything with a time is past it: leads and appointments have none here. */
const gone = { ...whole, summary: undefined, from: undefined, words: [], message: undefined } as const;

/** And when those have one that is over. */
const nothing = { ...gone, lead: undefined, appointment: undefined } as const;

type Row = { readonly [column: string]: unknown };

function rowOf({ archive: { ctx } }: KeepingTest, { business: { organisation }, call }: Left): Promise<Row> {
  return ctx.db.tenant(organisation, (tx) =>
    tx.one<Row>(sql`
      select c.*, (select count(*) from app.call_entries e where e.organisation_id = ${organisation} and e.call_id = ${call}) as entries,
        (select count(*) from app.tool_runs r where r.organisation_id = ${organisation} and r.call_id = ${call}) as runs
      from app.calls c where c.organisation_id = ${organisation} and c.id = ${call}`),
  );
}

async function keysLeft({ archive: { ctx } }: KeepingTest, left: Left): Promise<string[]> {
  const { organisation } = left.business;
  const subjects = [
    ['call', left.call],
    ['message', left.message],
    ['person', left.contact],
    ['lead', left.lead],
    ['appointment', left.appointment],
    ['recording', left.recording ?? left.call],
  ] as const;
  const alive: string[] = [];
  // Destroying tells how many there were; whoever asks this is done with them.
  for (const [kind, id] of subjects) if ((await ctx.keys.destroy({ organisation, kind, id })) > 0) alive.push(kind);
  return alive;
}

test('what is past its time is read nowhere from that instant on, whether it has been destroyed yet or not', async (t) => {
  const keeping = await openKeeping(t);
  const { archive, businesses } = keeping;
  await keeping.keep(businesses[0], { recordings: 7, calls: 30, messages: 60 });
  const left = await keeping.leave(businesses[0], { isRecorded: true });
  archive.ctx.clock.advance(7 * day - 2 - (left.at - left.recordedAt));
  assert.deepEqual(await keeping.readable(left), { ...whole, recording: true });
  archive.ctx.clock.advance(2);
  assert.deepEqual(await keeping.readable(left), whole);
  archive.ctx.clock.advance(left.at + 30 * day - archive.ctx.clock.now() - 1);
  assert.deepEqual(await keeping.readable(left), whole);
  archive.ctx.clock.advance(1);
  assert.deepEqual(await keeping.readable(left), { ...gone, message: 'message' });
  archive.ctx.clock.advance(30 * day);
  assert.deepEqual(await keeping.readable(left), gone);
});

test('the sweep destroys keys, words, numbers and sound, and leaves when, how long, with whom and how it ended', async (t) => {
  const keeping = await openKeeping(t);
  const { archive, businesses } = keeping;
  const left = await keeping.leave(businesses[0], { isRecorded: true });
  const before = await rowOf(keeping, left);
  const objects = (await archive.ctx.objects.list('recordings/')).names.length;
  archive.ctx.clock.advance(90 * day);
  await keeping.sweep();
  const after = await rowOf(keeping, left);
  for (const column of ['agent_id', 'started_at', 'ended_at', 'end_reason', 'outcome', 'language', 'line_id', 'state'])
    assert.deepEqual(after[column], before[column], column);
  for (const column of ['conversation', 'caller_number', 'caller_index', 'contact_id', 'summary', 'extraction'])
    assert.equal(after[column], null, column);
  assert.deepEqual([after['entries'], after['runs']], [0, 0]);
  assert.ok(objects > 0);
  assert.deepEqual((await archive.ctx.objects.list('recordings/')).names, []);
  assert.deepEqual(await counted(keeping, left.business.organisation), { contacts: 0, messages: 0, recordings: 0 });
  assert.deepEqual(await keeping.readable(left), gone);
  assert.deepEqual(await keysLeft(keeping, left), ['lead', 'appointment'], 'which stay with the account');
  const actions = await audited(keeping, left.business.organisation);
  assert.equal(actions.filter((one) => one === 'content.ended').length, 4, 'one receipt for each rule');
  // Without an entry of its own, a change that is committed before they end would turn `every-mutation-has-its-leaf`.
  assert.ok(actions.includes('content.ending'), 'what is committed before has an entry');
});

test('nothing of another organisation, of a call that goes on or of one in its time is touched', async (t) => {
  const keeping = await openKeeping(t);
  const { archive, businesses } = keeping;
  const [mine, theirs] = businesses;
  await keeping.keep(mine, { recordings: 1, calls: 1, messages: 1 });
  const [old, foreign] = [await keeping.leave(mine), await keeping.leave(theirs)];
  const live = await archive.call(false);
  archive.ctx.clock.advance(day);
  const young = await keeping.leave(mine, { phone: '+34600111333' });
  await keeping.sweep();
  assert.deepEqual(await keeping.readable(old), gone);
  assert.deepEqual(await keeping.readable(foreign), whole);
  assert.deepEqual(await keeping.readable(young), { ...whole, from: '+34600111333' });
  const row = await rowOf(keeping, { ...old, call: live });
  assert.ok(row['conversation'] !== null && row['emptied_at'] === null);
  assert.equal(await keeping.sweep(), 0, 'and a second look finds nothing to do');
});

test('a caller who rings again is known as long as one of their calls is in its time', async (t) => {
  const keeping = await openKeeping(t);
  const { archive, businesses } = keeping;
  await keeping.keep(businesses[0], { recordings: 10, calls: 10, messages: 10 });
  const first = await keeping.leave(businesses[0]);
  archive.ctx.clock.advance(6 * day);
  const second = await keeping.leave(businesses[0]);
  assert.equal(second.contact, first.contact);
  archive.ctx.clock.advance(6 * day);
  await keeping.sweep();
  assert.deepEqual(await counted(keeping, businesses[0].organisation), { contacts: 1, messages: 1, recordings: 0 });
  archive.ctx.clock.advance(6 * day);
  await keeping.sweep();
  assert.deepEqual(await counted(keeping, businesses[0].organisation), { contacts: 0, messages: 0, recordings: 0 });
  const third = await keeping.leave(businesses[0]);
  assert.notEqual(third.contact, first.contact);
});

test('a shorter time applies to what is there, a longer one brings nothing back', async (t) => {
  const keeping = await openKeeping(t);
  const { archive, businesses } = keeping;
  const old = await keeping.leave(businesses[0]);
  archive.ctx.clock.advance(20 * day);
  const young = await keeping.leave(businesses[0], { phone: '+34600111333' });
  await keeping.keep(businesses[0], { recordings: 10, calls: 10, messages: 10 });
  assert.deepEqual(await keeping.readable(old), gone);
  // Nothing was swept: rows and keys are all there still.
  await keeping.keep(businesses[0], { recordings: 365, calls: 365, messages: 365 });
  assert.deepEqual(await keeping.readable(old), gone);
  assert.deepEqual(await keeping.readable(young), { ...whole, from: '+34600111333' });
  await keeping.sweep();
  assert.equal((await rowOf(keeping, old))['conversation'], null);
  assert.deepEqual(await keeping.readable(young), { ...whole, from: '+34600111333' });
});

test("what outlives its call is not lost with the call's key, though an earlier version sealed it under that", async (t) => {
  const keeping = await openKeeping(t);
  const { archive, businesses } = keeping;
  const { ctx } = archive;
  const { organisation } = businesses[0];
  await keeping.keep(businesses[0], { recordings: 5, calls: 5, messages: 50 });
  const left = await keeping.leave(businesses[0]);
  const subject = { organisation, kind: 'call', id: left.call } as const;
  const under = (table: string, row: Id, column: string, text: string) =>
    seal(ctx, subject, { table, row, column }, text);
  const [body, interest, reason] = [
    await under('messages', left.message, 'body', 'message'),
    await under('leads', left.lead, 'interest', 'lead'),
    await under('appointments', left.appointment, 'reason', 'appointment'),
  ];
  await ctx.db.tenant(organisation, async (tx) => {
    await tx.run(sql`update app.messages set body = ${body} where organisation_id = ${organisation}`);
    await tx.run(sql`update app.leads set interest = ${interest} where organisation_id = ${organisation}`);
    await tx.run(sql`update app.appointments set reason = ${reason} where organisation_id = ${organisation}`);
  });
  ctx.clock.advance(5 * day);
  await keeping.sweep();
  assert.deepEqual(await keeping.readable(left), { ...gone, message: 'message' });
  ctx.clock.advance(45 * day);
  await keeping.sweep();
  assert.deepEqual(await keeping.readable(left), gone);
});

test('wherever a sweep is broken off, nothing past its time is readable, and the next sweep ends it', async (t) => {
  const keeping = await openKeeping(t);
  const { archive, businesses } = keeping;
  const all = { recordings: 60, calls: 60, messages: 60, people: 60, leads: 60, appointments: 60 };
  await keeping.keep(businesses[0], all);
  const everything = async () => {
    const left = await keeping.leave(businesses[0], { isRecorded: true, appointmentInDays: 1 });
    archive.ctx.clock.advance(90 * day);
    return left;
  };
  await everything();
  await keeping.sweep();
  const steps = keeping.steps();
  assert.ok(steps > 12, `${steps} steps`);
  for (let stopAt = 1; stopAt <= steps; stopAt++) {
    const left = await everything();
    await keeping.sweep(stopAt);
    assert.deepEqual(await keeping.readable(left), nothing, `broken off at ${stopAt}`);
    // A recording whose deletion failed is tried again after a while.
    archive.ctx.clock.advance(5 * 60_000);
    await keeping.sweep();
    assert.equal((await rowOf(keeping, left))['conversation'], null, `broken off at ${stopAt}`);
    assert.deepEqual(await keysLeft(keeping, left), [], `broken off at ${stopAt}`);
  }
  assert.deepEqual(await counted(keeping, businesses[0].organisation), { contacts: 0, messages: 0, recordings: 0 });
  assert.deepEqual((await archive.ctx.objects.list('recordings/')).names, []);
});

test('a store that is down keeps nothing else from its end, and the recording goes once it is back', async (t) => {
  const keeping = await openKeeping(t);
  const { archive, businesses } = keeping;
  const left = await keeping.leave(businesses[0], { isRecorded: true });
  archive.ctx.clock.advance(90 * day);
  archive.ctx.objects.isDown = true;
  await keeping.sweep();
  assert.equal((await rowOf(keeping, left))['conversation'], null);
  assert.equal((await counted(keeping, businesses[0].organisation)).recordings, 1);
  assert.ok(!(await keysLeft(keeping, left)).includes('recording'), 'its key is gone all the same');
  archive.ctx.objects.isDown = false;
  await keeping.sweep();
  assert.equal((await counted(keeping, businesses[0].organisation)).recordings, 1, 'it stands back for a while');
  archive.ctx.clock.advance(5 * 60_000);
  await keeping.sweep();
  assert.equal((await counted(keeping, businesses[0].organisation)).recordings, 0);
  assert.deepEqual((await archive.ctx.objects.list('recordings/')).names, []);
});

async function counted({ archive: { ctx } }: KeepingTest, organisation: Id) {
  return ctx.db.tenant(organisation, (tx) =>
    tx.one<{ contacts: number; messages: number; recordings: number }>(sql`
      select (select count(*) from app.contacts where organisation_id = ${organisation}) as contacts,
        (select count(*) from app.messages where organisation_id = ${organisation}) as messages,
        (select count(*) from app.recordings where organisation_id = ${organisation}) as recordings`),
  );
}

async function audited({ archive: { ctx } }: KeepingTest, organisation: Id): Promise<string[]> {
  const rows = await ctx.db.tenant(organisation, (tx) =>
    tx.rows<{ action: string }>(sql`
      select action from app.audit_entries where organisation_id = ${organisation} and at <= ${iso(ctx.clock.now())}`),
  );
  return rows.map(({ action }) => action);
}
