import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem, Personal, sql, type Id } from '#base';
import {
  addPerson,
  ensureInstance,
  instanceId,
  linkPerson,
  makeApiKey,
  membershipHints,
  type Asking,
} from '#safeguards/accounts';
import { askHold, holdKeeper, liftHold } from '#safeguards/holds';
import { provenIdentity } from '#safeguards/identity';
import { kept, tablesBelow } from '../src/safeguards/erasure/tables.ts';
import { openErasing, rowsOf, type Erasing } from './erasing.ts';
import type { Left } from './keeping.ts';
import type { Business } from './rows.ts';

const all = { organisation: true } as const;
const day = 86_400_000;

type Team = { readonly owner: Asking; readonly alone: Id; readonly both: Id };

/** An owner who belongs nowhere else, and a member of both businesses. */
async function teamOf({ ctx, keeping }: Erasing): Promise<Team> {
  const [mine, theirs] = keeping.businesses;
  await ensureInstance(ctx);
  const identify = (email: string) =>
    ctx.db.tenant(instanceId, async (tx) => {
      const given = { email: new Personal(email), name: new Personal('Somebody'), language: 'en' };
      return (await provenIdentity(ctx, tx, given)).identity;
    });
  const join = ({ organisation }: Business, identity: Id, role: 'owner' | 'admin', email: string) =>
    ctx.db.tenant(organisation, async (tx) => {
      const given = { organisation, role, name: new Personal('Somebody'), email: new Personal(email) };
      const person = await addPerson(ctx, tx, given);
      await linkPerson(tx, { organisation, person, identity });
      return person;
    });
  const [alone, both] = [await identify('alone@a.example'), await identify('both@a.example')];
  const person = await join(mine, alone, 'owner', 'alone@a.example');
  await join(mine, both, 'admin', 'both@a.example');
  await join(theirs, both, 'owner', 'both@a.example');
  return { owner: { who: { organisation: mine.organisation, actor: `person:${person}` }, sender: {} }, alone, both };
}

/** All that is stored and names the organisation or what was in it, but for what stays by name. */
async function traces({ ctx, keeping }: Erasing, words: readonly string[]): Promise<string[]> {
  const seen: string[] = [];
  for (const organisation of [...keeping.businesses.map((one) => one.organisation), instanceId]) {
    for (const row of await rowsOf(ctx.db, organisation)) {
      const [table = ''] = row.split(' ', 1);
      if (!(table in kept) && words.some((word) => row.includes(word))) seen.push(row);
    }
  }
  return seen;
}

test('of an erased organisation nothing is left but what is named, and of everybody else everything', async (t) => {
  const erasing = await openErasing(t);
  const { ctx, keeping } = erasing;
  const [mine, theirs] = keeping.businesses;
  const { organisation } = mine;
  const team = await teamOf(erasing);
  const left = await keeping.leave(mine, { isRecorded: true });
  const foreign = await keeping.leave(theirs);
  await ctx.db.tenant(organisation, (tx) =>
    makeApiKey(ctx, tx, { organisation, name: 'a key', scopes: ['calls:read'] }),
  );
  const before = { theirs: await rowsOf(ctx.db, theirs.organisation), readable: await keeping.readable(foreign) };
  const asked = await erasing.ask(mine, all);
  const done = await erasing.goOn(asked);
  assert.deepEqual([done?.state, done?.waitsFor], ['erased', 'processors']);
  assert.deepEqual(await keeping.readable(left).catch((error: unknown) => isProblem(error)), {
    summary: undefined,
    from: undefined,
    words: [],
    message: undefined,
    recording: false,
    lead: undefined,
    appointment: undefined,
  });
  assert.equal((await erasing.text(asked)).state, 'interim');
  await erasing.settle(mine, 'confirmed');
  assert.equal((await erasing.goOn(asked))?.state, 'done');
  const text = await erasing.text(asked);
  assert.equal(text.state, 'final');
  assert.ok(text.stores.length > 15);
  for (const store of text.stores) assert.equal(store.after, 0, store.store);
  assert.deepEqual(await traces(erasing, [organisation, left.call, left.contact, team.alone]), []);
  const names = await ctx.db.tenant(organisation, (tx) =>
    tx.one<{ name: string; erased_at: Date | null }>(sql`
      select name, erased_at from app.organisations where id = ${organisation}`),
  );
  assert.ok(names.name === '' && names.erased_at !== null);
  assert.deepEqual(
    (await ctx.keys.epochs()).filter((one) => one.organisation === organisation),
    [],
  );
  await assert.rejects(ctx.keys.indexKey(organisation, 'phone'), (error) => isProblem(error, 'content-erased'));
  assert.deepEqual((await keeping.archive.ctx.objects.list(`recordings/${organisation}/`)).names, []);
  assert.deepEqual((await rowsOf(ctx.db, theirs.organisation)).toSorted(), before.theirs.toSorted());
  assert.deepEqual(await keeping.readable(foreign), before.readable);
  assert.equal((await membershipHints(ctx, team.both)).length, 1, 'who belongs elsewhere stays there');
});

test('whatever step it is broken off at, the next run ends it', async (t) => {
  const erasing = await openErasing(t);
  const { ctx, keeping } = erasing;
  const [mine] = keeping.businesses;
  await teamOf(erasing);
  const left = await keeping.leave(mine, { isRecorded: true });
  const asked = await erasing.ask(mine, all);
  let stopAt = 1;
  for (; stopAt < 400; stopAt += 1) {
    const state = await erasing.goOn(asked, stopAt).then(
      (one) => one?.state,
      () => 'broken',
    );
    if (state === 'erased') break;
  }
  assert.ok(stopAt > 5 && stopAt < 400, String(stopAt));
  await erasing.settle(mine, 'given-up');
  for (stopAt = 1; stopAt < 400; stopAt += 1) {
    const state = await erasing.goOn(asked, stopAt).then(
      (one) => one?.state,
      () => 'broken',
    );
    if (state === 'done') break;
  }
  assert.ok(stopAt > 5 && stopAt < 400, String(stopAt));
  assert.deepEqual(await traces(erasing, [mine.organisation, left.call]), []);
  const { stores, keys } = await erasing.text(asked);
  const before = (table: string) => stores.find(({ store }) => store === `table app.${table}`)?.before;
  assert.deepEqual([before('calls'), before('people')], [1, 2], 'what was there first is what counts');
  assert.ok(keys.openBefore > 5 && keys.openAfter === 0);
  assert.deepEqual(
    (await ctx.keys.epochs()).filter((one) => one.organisation === mine.organisation),
    [],
  );
});

test('a legal hold keeps an organisation from being erased until it is over, and no hold is asked for behind shut doors', async (t) => {
  const erasing = await openErasing(t);
  const { ctx, keeping } = erasing;
  const [mine] = keeping.businesses;
  const { owner } = await teamOf(erasing);
  const left = await keeping.leave(mine);
  const free = await keeping.leave(mine, { phone: '+34600111333' });
  const ask = () =>
    askHold(ctx, owner, {
      target: { call: left.call },
      reason: new Personal('A claim at law.'),
      until: ctx.clock.now() + 9 * day,
    });
  const hold = await ask();
  const asked = await erasing.ask(mine, all);
  const waiting = await erasing.goOn(asked);
  assert.deepEqual([waiting?.state, waiting?.waitsFor], ['asked', 'hold']);
  const lines = await ctx.db.tenant(mine.organisation, (tx) =>
    tx.rows(sql`select id from app.lines where organisation_id = ${mine.organisation} and removed_at is null`),
  );
  assert.deepEqual(lines, [], 'nobody rings it any more');
  assert.equal((await erasing.goOn(asked))?.waitsFor, 'hold');
  await keeping.sweep();
  const keys = (one: Left, kinds: readonly ('call' | 'message' | 'lead' | 'appointment')[]) =>
    ctx.keys.count(kinds.map((kind) => ({ organisation: mine.organisation, kind, id: one[kind] })));
  const kinds = ['call', 'message', 'lead', 'appointment'] as const;
  assert.equal(await keys(left, kinds), 4);
  assert.equal(await keys(free, kinds), 0, 'what is not held goes on its day');
  assert.equal((await keeping.readable(left)).summary, undefined);
  await assert.rejects(ask(), (error) => isProblem(error, 'closing-over'));
  await liftHold(ctx, owner, hold);
  await holdKeeper({ ...keeping.archive.jobs }).run();
  assert.equal((await erasing.goOn(asked))?.state, 'erased');
  await assert.rejects(ask(), (error) => isProblem(error, 'not-found'), 'nobody belongs to it any more');
});

test('what belongs to the installation is never erased as an organisation', async (t) => {
  const erasing = await openErasing(t);
  await ensureInstance(erasing.ctx);
  const asked = await erasing.ask({ ...erasing.keeping.businesses[0], organisation: instanceId }, all);
  await assert.rejects(erasing.goOn(asked), (error) => isProblem(error, 'not-found'));
});

test('every table below an organisation is one that background work may delete from, or is kept by name', async (t) => {
  const { keeping } = await openErasing(t);
  const { jobs, business } = keeping.archive;
  await jobs.db.tenant(business.organisation, async (tx) => {
    const tables = await tablesBelow(tx);
    assert.ok(tables.length > 30, String(tables.length));
    for (const table of tables) {
      const { may } = await tx.one<{ may: boolean }>(sql`
        select has_table_privilege(current_user, ${`app.${table}`}, 'delete') as may`);
      assert.ok(
        may,
        `grant delete on app.${table} to sotto_jobs, or say in src/safeguards/erasure/tables.ts why it stays`,
      );
    }
  });
});
