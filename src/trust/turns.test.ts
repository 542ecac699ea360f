import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId, sql, type Clock, type Item, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import type { Claim } from './claim.ts';
import { keepEvidence } from './evidence.ts';
import { evidenceKeeper } from './leaf-looks.ts';
import { lookAt } from './look-at.ts';
import { lostTurns } from './opened-looks.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
});
after(() => ground.close());

function look(claim: string, status: 'proven' | 'failing', clock: Clock = ground.ctx.clock) {
  ground.ctx.clock.advance(120_000);
  const at = ground.ctx.clock.now();
  const verdict = { claim, status, checked: 3, why: 'Seen.', canFail: true, at, tookMs: 1 };
  return keepEvidence({ ...ground.ctx, clock }, verdict);
}

/** As the application's own role. */
function typed(change: (tx: Tx) => Promise<unknown>): Promise<unknown> {
  return ground.ctx.db.tenant(instanceId, change);
}

async function lost(): Promise<readonly string[]> {
  const { ctx, means } = ground;
  const faults = await means.prove.open((tx) => lostTurns({ look: tx, clock: ctx.clock }));
  return faults.map(({ where }) => where.split(',', 1)[0]!);
}

test('a turn is in the audit log although somebody typed before it that it had come already', async () => {
  const claim = 'leads-are-kept';
  await look(claim, 'proven');
  await evidenceKeeper(ground.ctx).run();
  const soon = new Date(ground.ctx.clock.now() + 1_000);
  await typed((tx) =>
    tx.run(sql`
      insert into app.evidence (organisation_id, id, claim, at, status, checked, why, can_fail, took_ms)
      values (${instanceId}, ${newId(ground.ctx)}, ${claim}, ${soon}, 'failing', 1, 'Typed.', true, 1)`),
  );
  await look(claim, 'failing');
  assert.deepEqual(await lost(), []);
  await typed((tx) => tx.run(sql`delete from app.evidence where claim = ${claim} and status = 'failing'`));
  assert.deepEqual(await lost(), [claim]);
  await look(claim, 'proven');
});

test('no turn counts as lost because the clock was set while it was written', async () => {
  const before = await lost();
  for (const [claim, stepMs] of [
    ['calls-are-answered', -5],
    ['calls-are-recorded', 90_000],
  ] as const) {
    const state = { steps: 0 };
    const clock = { ...ground.ctx.clock, now: () => ground.ctx.clock.now() + (state.steps += 1) * stepMs };
    await look(claim, 'proven', clock);
  }
  assert.deepEqual(await lost(), before);
});

test('no turn counts as lost because many looks waited for their entry', async () => {
  const before = await lost();
  await look('calls-are-summarised', 'proven');
  for (let count = 0; count < 205; count += 1) await look('calls-are-summarised', 'proven');
  await look('messages-are-kept', 'proven');
  ground.ctx.clock.advance(120_000);
  await evidenceKeeper(ground.ctx).run();
  assert.deepEqual(
    (await lost()).filter((one) => !before.includes(one)),
    [],
  );
});

const said = { en: 'A sentence.', es: 'Una frase.', pt: 'Uma frase.', hi: 'Uma frase.' };

/** Its counterexample is a table, which it sees or does not. */
function claimOf(sees: boolean): Item<Claim> {
  const item: Claim = {
    fulfils: ['OURS-01'],
    group: 'trust',
    kind: 'proven',
    say: said,
    how: said,
    yourself: said,
    kept: [claimOf],
    every: 60_000,
    async probe({ look: tx }) {
      const planted = await tx.maybe(sql`select from pg_class where relname = 'planted'`);
      return { checked: 3, faults: planted && sees ? [{ what: 'planted', where: 'app.planted' }] : [] };
    },
    counterexample: {
      kind: 'structure',
      change: (tx) => tx.run(sql`create table app.planted (id uuid primary key)`).then(() => {}),
    },
  };
  return { id: 'everything-kept-has-a-rule', item };
}

test('a check that missed its counterexample shows no promise kept until it has seen it again', async () => {
  const { ctx, means } = ground;
  const { structure: _none, ...serving } = means;
  const statusOf = async (sees: boolean, by: typeof serving) => {
    ctx.clock.advance(60_000);
    return (await lookAt(ctx, by, claimOf(sees))).status;
  };
  assert.equal(await statusOf(true, means), 'proven');
  assert.equal(await statusOf(true, serving), 'proven');
  assert.equal(await statusOf(false, means), 'failing');
  assert.equal(await statusOf(false, serving), 'failing');
  assert.equal(await statusOf(false, serving), 'failing');
  assert.equal(await statusOf(true, means), 'proven');
  assert.equal(await statusOf(true, serving), 'proven');
});
