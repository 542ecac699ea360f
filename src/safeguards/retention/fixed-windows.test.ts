import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iso, newId, sql, type Item } from '#base';
import { choose, confirm } from '../../../test/hand-over.ts';
import { day, openKeeping } from '../../../test/keeping.ts';
import { rules, type Rule } from './index.ts';

const minute = 60_000;
const hour = 60 * minute;
const fiveYears = 5 * 366 * day;

/** What is the same for everybody: the longest time that a promise allows. */
const longest: Readonly<Record<string, number>> = {
  'screen-pops': 5 * minute,
  'calendar-cache': 24 * hour,
  'repeats': 24 * hour,
  'address-hashes': 90 * day,
  'mail-log': 365 * day,
};

/** What somebody asked for or agreed to: to be able to show it is a duty. */
const consents = ['app.suppressions.*', 'app.purposes.*'];

/** What of the catalogue breaks a promise about these windows, by rule. */
function mistakesIn(all: readonly Item<Rule>[]): readonly string[] {
  const tooLong = Object.entries(longest).flatMap(([id, ms]) => {
    const keeps = all.find((rule) => rule.id === id)?.item.keeps;
    return keeps?.by === 'law' && !keeps.atLeast && keeps.ms <= ms ? [] : [`${id} is kept for longer than promised`];
  });
  const tooShort = consents.flatMap((place) => {
    const rule = all.find(({ item }) => item.covers.some((one) => one === place));
    const keeps = rule?.item.keeps;
    const isKept = keeps?.by === 'law' && keeps.atLeast === true && keeps.ms >= fiveYears;
    return isKept ? [] : [`${place} is not kept for five years`];
  });
  const swept = all.flatMap(({ id, item: { keeps, sweep, afterHandOver } }) =>
    keeps.by === 'law' && keeps.atLeast && (sweep ?? afterHandOver) ? [`${id} must be kept and is swept`] : [],
  );
  return [...tooLong, ...tooShort, ...swept];
}

function changed(all: readonly Item<Rule>[], id: string, change: Partial<Rule>): readonly Item<Rule>[] {
  return all.map((rule) => (rule.id === id ? { id, item: { ...rule.item, ...change } } : rule));
}

test('windows that are the same for everybody are those that were promised, and consent is kept for five years at least', async () => {
  assert.deepEqual(mistakesIn(await rules()), []);
});

test('a catalogue in which one is too long, or consent too short, is found', async () => {
  const all = await rules();
  const keeps = (id: string, ms: number) => {
    const { item } = all.find((rule) => rule.id === id)!;
    assert.ok(item.keeps.by === 'law');
    return changed(all, id, { keeps: { ...item.keeps, ms } });
  };
  for (const [id, ms] of Object.entries(longest)) {
    assert.deepEqual(mistakesIn(keeps(id, ms + 1)), [`${id} is kept for longer than promised`]);
  }
  assert.deepEqual(mistakesIn(keeps('suppressions', fiveYears - day)), [
    'app.suppressions.* is not kept for five years',
  ]);
  assert.deepEqual(mistakesIn(keeps('consent', day)), ['app.purposes.* is not kept for five years']);
  const { sweep } = all.find(({ id }) => id === 'messages')!.item;
  assert.deepEqual(mistakesIn(changed(all, 'suppressions', { sweep: sweep! })), [
    'suppressions must be kept and is swept',
  ]);
});

test('whoever must not be contacted stays on the list when all else of them has gone, however long ago it was', async (t) => {
  const keeping = await openKeeping(t);
  const { ctx } = keeping.archive;
  const [mine] = keeping.businesses;
  await choose(keeping, 'sync-and-purge');
  const left = await keeping.leave(mine, { isNamed: true });
  const { organisation } = mine;
  await ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      insert into app.suppressions (organisation_id, id, phone_index, reason, call_id, created_at)
      select ${organisation}, ${newId(ctx)}, caller_index, 'asked-in-call', id, ${iso(ctx.clock.now())}
      from app.calls where organisation_id = ${organisation} and id = ${left.call}`),
  );
  await confirm(keeping, left);
  ctx.clock.advance(6 * minute);
  await keeping.sweep();
  ctx.clock.advance(10 * 366 * day);
  await keeping.sweep();
  const { listed, callers } = await ctx.db.tenant(organisation, (tx) =>
    tx.one<{ listed: number; callers: number }>(sql`
      select (select count(*) from app.suppressions where organisation_id = ${organisation}) as listed,
        (select count(*) from app.contacts where organisation_id = ${organisation}) as callers`),
  );
  assert.deepEqual({ listed, callers }, { listed: 1, callers: 0 });
});
