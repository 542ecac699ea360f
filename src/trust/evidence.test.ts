import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql, type Item } from '#base';
import { instanceId } from '#safeguards/accounts';
import {
  evidenceKeeper,
  keepEvidence,
  loadClaims,
  scheduleProofs,
  trustState,
  type Claim,
  type Status,
  type Verdict,
} from '#trust';
import { latestEvidence } from './evidence.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';

let ground: ProvingGround;
/** A test on ground of its own: what it breaks for good harms no other. */
function onGround(promise: string, work: () => Promise<void>): void {
  test(promise, async (t) => {
    ground = await openProvingGround();
    t.after(() => ground.close());
    await work();
  });
}

const id = 'audit-refuses-change';
const minute = 60_000;

async function see(status: Status, { canFail = true, claim = id, why = '' } = {}): Promise<void> {
  const verdict: Verdict = { claim, status, checked: 3, why, canFail, at: ground.ctx.clock.now(), tookMs: 4.6 };
  await keepEvidence(ground.ctx, verdict);
}

async function stateOf(claim = id) {
  const { claims } = await trustState(ground.ctx);
  const found = claims.find((one) => one.id === claim);
  assert.ok(found);
  return found;
}

function kept(): Promise<{ status: Status; can_fail: boolean }[]> {
  return ground.ctx.db.tenant(instanceId, (tx) =>
    tx.rows(sql`select status, can_fail from app.evidence where organisation_id = ${instanceId} order by at, id`),
  );
}

async function audited(): Promise<number> {
  const { entries } = await ground.ctx.db.tenant(instanceId, (tx) =>
    tx.one<{ entries: number }>(sql`
      select count(*) as entries from app.audit_entries where organisation_id = ${instanceId} and action = 'claim.checked'`),
  );
  return entries;
}

onGround('a promise nobody has looked at is unknown', async () => {
  const state = await stateOf();
  assert.deepEqual([state.status, state.at, state.canFail], ['unknown', null, false]);
});

onGround('fresh evidence is shown as it is', async () => {
  await see('proven', { why: 'Nothing broken was found.' });
  const state = await stateOf();
  assert.deepEqual(
    [state.status, state.checked, state.at, state.since, state.canFail, state.tookMs, state.every],
    ['proven', 3, '2026-11-20T12:00:00.000Z', '2026-11-20T12:00:00.000Z', true, 5, 5 * minute],
  );
});

onGround('evidence older than two intervals proves nothing any more', async () => {
  await see('proven');
  ground.ctx.clock.advance(10 * minute);
  assert.equal((await stateOf()).status, 'proven');
  ground.ctx.clock.advance(1);
  const { status, since, why } = await stateOf();
  assert.deepEqual([status, since], ['unknown', null]);
  assert.match(why, /older than two intervals/);
});

onGround('a failure does not fade by not being looked at', async () => {
  await see('failing');
  ground.ctx.clock.advance(30 * 24 * 60 * minute);
  assert.deepEqual([(await stateOf()).status, (await stateOf()).since], ['failing', '2026-11-20T12:00:00.000Z']);
});

onGround('since when a promise fails is the first look of this failure', async () => {
  for (const status of ['failing', 'proven', 'failing', 'failing'] as const) {
    await see(status);
    ground.ctx.clock.advance(minute);
  }
  assert.equal((await stateOf()).since, '2026-11-20T12:02:00.000Z');
});

onGround('a change of status is audited, a look that changes nothing is not', async () => {
  await see('proven');
  await see('proven');
  assert.equal(await audited(), 1);
  await see('failing');
  assert.equal(await audited(), 2);
});

onGround('two hundred looks are kept, and every change before them', async () => {
  const statuses: Status[] = [
    'proven',
    'failing',
    'failing',
    'proven',
    ...Array.from({ length: 210 }, () => 'proven' as const),
  ];
  for (const status of statuses) {
    await see(status);
    ground.ctx.clock.advance(1);
    await evidenceKeeper(ground.ctx).run();
  }
  const rows = (await kept()).map(({ status }) => status);
  assert.equal(rows.length, 203);
  assert.deepEqual(rows.slice(0, 4), ['proven', 'failing', 'proven', 'proven']);
});

onGround('that a check was once seen failing is not forgotten with its evidence', async () => {
  await see('proven', { canFail: true });
  for (let look = 0; look < 205; look += 1) {
    ground.ctx.clock.advance(minute);
    await see('proven', { canFail: false });
  }
  const [latest] = await latestEvidence(ground.ctx);
  assert.deepEqual([latest?.canFail, latest?.seenRedAt], [false, Date.UTC(2026, 10, 20, 12)]);
  const state = await stateOf();
  assert.deepEqual([state.canFail, state.seenFailingAt], [true, '2026-11-20T12:00:00.000Z']);
});

onGround('the summary counts every claim once, and what is declined is not claimed', async () => {
  await see('proven');
  const { summary, claims, promises } = await trustState(ground.ctx);
  const total = Object.values(summary).reduce((sum, count) => sum + count, 0);
  assert.equal(total, claims.length);
  // Without documents what others would have to say is not claimed either.
  const silent = claims.filter(({ kind }) => kind === 'declined' || kind === 'attested');
  assert.deepEqual([summary.proven, summary['not-claimed']], [1, silent.length]);
  assert.ok(promises.claimed > 5 && promises.claimed < promises.known);
});

/** One claim of the catalogue, with a signal that fires when its probe has been asked `times` times. */
async function watched(times: number): Promise<{ claim: Item<Claim>; asked: Promise<void> }> {
  const original = (await loadClaims()).find((one) => one.id === id);
  assert.ok(original && original.item.kind === 'proven');
  const { item } = original;
  const asked = Promise.withResolvers<void>();
  let count = 0;
  const probe: typeof item.probe = (reach) => {
    count += 1;
    if (count === times) asked.resolve();
    return item.probe(reach);
  };
  return { claim: { id, item: { ...item, probe } }, asked: asked.promise };
}

onGround('every claim is looked at soon after the start, and its evidence is kept', async () => {
  const { claim, asked } = await watched(2);
  const schedule = scheduleProofs(ground.ctx, ground.means, Promise.resolve([claim]));
  await schedule.ready;
  ground.ctx.clock.advance(10_000);
  await asked;
  await schedule.stop();
  assert.equal((await stateOf()).status, 'proven');
  assert.deepEqual(ground.logged, ['claim.proven']);
});

onGround('the next look comes before the evidence of the last one is old', async () => {
  const { claim } = await watched(6);
  const schedule = scheduleProofs(ground.ctx, ground.means, Promise.resolve([claim]));
  await schedule.ready;
  for (let looks = 0; looks < 3; looks += 1) {
    ground.ctx.clock.advance(5 * minute);
    while ((await kept()).length <= looks);
  }
  await schedule.stop();
  const { status, late } = await stateOf();
  assert.deepEqual([status, late], ['proven', false]);
});

onGround('after stop nothing is looked at any more', async () => {
  const { claim } = await watched(1);
  const schedule = scheduleProofs(ground.ctx, ground.means, Promise.resolve([claim]));
  await schedule.ready;
  await schedule.stop();
  ground.ctx.clock.advance(24 * 60 * minute);
  await schedule.stop();
  assert.deepEqual(await kept(), []);
});

onGround('a look whose evidence cannot be kept is logged, and the next one comes', async () => {
  const { claim, asked } = await watched(2);
  const deaf = { ...ground.ctx, db: { ...ground.ctx.db, tenant: () => Promise.reject(new Error('gone')) } };
  const schedule = scheduleProofs(deaf, ground.means, Promise.resolve([claim]));
  await schedule.ready;
  ground.ctx.clock.advance(10_000);
  await asked;
  await schedule.stop();
  assert.deepEqual(ground.logged, ['reconciler.failed']);
});

onGround('a look that a wrong clock dated into the future hides no failure', async () => {
  const day = 24 * 60 * minute;
  const at = ground.ctx.clock.now() + day;
  await keepEvidence(ground.ctx, { claim: id, status: 'proven', checked: 3, why: '', canFail: true, at, tookMs: 1 });
  assert.deepEqual([(await stateOf()).status, (await stateOf()).canFail], ['unknown', false]);
  await see('failing', { why: 'broken' });
  assert.deepEqual([(await stateOf()).status, (await stateOf()).why], ['failing', 'broken']);
});
