import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId, sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { evidenceFile } from './evidence-file.ts';
import { keepEvidence } from './evidence.ts';
import { claimHistory } from './history.ts';
import { evidenceKeeper } from './leaf-looks.ts';
import { trustState } from './state.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';
import { sequenceNow } from '../../test/sequencing.ts';
import { asAdmin } from '../../test/visiting.ts';

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
});
after(() => ground.close());

const [altered, typed] = ['audit-refuses-change', 'leads-are-kept'] as const;

function look(claim: string): Promise<unknown> {
  ground.ctx.clock.advance(1_000);
  const at = ground.ctx.clock.now();
  return keepEvidence(ground.ctx, { claim, status: 'proven', checked: 3, why: 'Seen.', canFail: true, at, tookMs: 1 });
}

/** As the application's own role, with what it wrote beside a look of another claim. */
function type(claim: string): Promise<unknown> {
  return ground.ctx.db.tenant(instanceId, (tx) =>
    tx.run(sql`
      insert into app.evidence (organisation_id, id, claim, at, status, checked, why, can_fail, took_ms, mac)
      select ${instanceId}, ${newId(ground.ctx)}, ${claim}, at, 'proven', 4711, why, true, 1, mac
      from app.evidence where organisation_id = ${instanceId} and claim = ${altered} order by at desc limit 1`),
  );
}

async function shown(claim: string) {
  const { claims } = await trustState(ground.ctx);
  const { status, checked, why } = claims.find(({ id }) => id === claim)!;
  return { status, checked, isOurs: !why.includes('not written by this program') };
}

test('a look that somebody typed counts for nothing: not on the page, not in the history, and no entry commits to it', async () => {
  await look(altered);
  assert.deepEqual(await shown(altered), { status: 'proven', checked: 3, isOurs: true });
  await type(typed);
  assert.deepEqual(await shown(typed), { status: 'unknown', checked: 0, isOurs: false });
  const { items } = await claimHistory(ground.ctx, typed, { limit: 3 });
  assert.deepEqual(
    items.map(({ status, checked }) => [status, checked]),
    [['unknown', 0]],
  );
  assert.equal(await evidenceKeeper(ground.ctx).run(), 0);
  await look(altered);
  assert.equal(await evidenceKeeper(ground.ctx).run(), 1);
});

test('a look of the program after it counts again', async () => {
  await look(typed);
  assert.deepEqual(await shown(typed), { status: 'proven', checked: 3, isOurs: true });
});

test('a look in which anything was altered counts for nothing', async () => {
  const changes = [
    sql`checked = 4711`,
    sql`status = 'in-force'`,
    sql`why = 'Else.'`,
    sql`at = at + interval '1 second'`,
    sql`can_fail = false`,
    sql`took_ms = 2`,
    sql`claim = 'calls-are-answered'`,
    sql`mac = null`,
  ];
  for (const [at, change] of changes.entries()) {
    await look(altered);
    const last = sql`(select id from app.evidence where claim = ${altered} order by at desc limit 1)`;
    await asAdmin(ground, sql`update app.evidence set ${change} where id = ${last}`);
    const claim = change.text.includes('claim =') ? 'calls-are-answered' : altered;
    assert.deepEqual(await shown(claim), { status: 'unknown', checked: 0, isOurs: false }, String(at));
    await asAdmin(ground, sql`delete from app.evidence where id = ${last}`);
  }
});

test('every look can be taken along as it was found, by its instant', async () => {
  await look(altered);
  const first = new Date(ground.ctx.clock.now()).toISOString();
  await look(altered);
  await evidenceKeeper(ground.ctx).run();
  await sequenceNow(ground.ctx, ground.database);
  assert.equal((await evidenceFile(ground.ctx, altered, first)).look.at, first);
  assert.notEqual((await evidenceFile(ground.ctx, altered)).look.at, first);
  for (const never of ['2026-11-01T00:00:00.000Z', '0000-01-01T00:00:00Z', '2026-12-31T23:59:60Z'])
    await assert.rejects(evidenceFile(ground.ctx, altered, never), { code: 'not-found' });
});
