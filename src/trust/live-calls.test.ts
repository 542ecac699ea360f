import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { proveAll } from '#trust';
import { plantCall, plantEntry, type PlantedCall } from './canary.ts';
import outlives from './claims/live-calls-outlive-their-model.ts';
import { reachOf, rolledBack } from './means.ts';
import { lostCall } from '../../test/lost-call.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
});
after(() => ground.close());

const second = 1_000;

type Lost = Partial<PlantedCall> & {
  /** Since the loss, in milliseconds. */
  readonly agoMs?: number;
  /** From the loss until the assistant spoke again. */
  readonly spokeMs?: number;
  readonly endedMs?: number;
};

/** What the claim finds when a call has lost its model, all of it undone. */
function found({ agoMs = 60 * second, spokeMs, endedMs, ...call }: Lost) {
  const lostAt = ground.ctx.clock.now() - agoMs;
  return rolledBack(ground.means.prove, async (tx) => {
    const endedAt = endedMs === undefined ? {} : { state: 'ended' as const, endedAt: lostAt + endedMs };
    const planted = { state: 'live', startedAt: lostAt - second, modelLostAt: lostAt, ...endedAt, ...call } as const;
    const id = await plantCall(tx, ground.ctx, planted);
    const before = { seq: 0, at: lostAt - 1, speaker: 'agent', kind: 'speech' } as const;
    await plantEntry(tx, ground.ctx, id, before);
    if (spokeMs !== undefined) await plantEntry(tx, ground.ctx, id, { ...before, seq: 1, at: lostAt + spokeMs });
    const { checked, faults } = await outlives.probe(reachOf(ground.means, tx));
    return [checked, ...faults.map(({ what }) => what)];
  });
}

const silent = 'nobody spoke to the caller after the model was lost';
const failed = 'the call failed when its model was lost';

test('a call whose caller was spoken to again after the loss of the model has outlived it', async () => {
  assert.deepEqual(await found({ spokeMs: 2 * second }), [1]);
  assert.deepEqual(await found({ spokeMs: 2 * second, endedMs: 40 * second, endReason: 'completed' }), [1]);
});

test('a call that stayed silent after the loss of the model is found, live or ended', async () => {
  assert.deepEqual(await found({}), [1, silent]);
  assert.deepEqual(await found({ spokeMs: 11 * second }), [1, silent]);
  assert.deepEqual(await found({ endedMs: 0, endReason: 'completed' }), [1, silent]);
  assert.deepEqual(await found({ endedMs: 0 }), [1, silent]);
});

test('a call that failed with its model is found, whatever was said', async () => {
  assert.deepEqual(await found({ endedMs: 0, endReason: 'failed' }), [1, silent, failed]);
  assert.deepEqual(await found({ spokeMs: second, endedMs: 5 * second, endReason: 'failed' }), [1, failed]);
});

test('a caller who hung up before anybody could speak is nobody whom the product left alone; one who waited is', async () => {
  assert.deepEqual(await found({ endedMs: 3 * second, endReason: 'caller-hung-up' }), [1]);
  assert.deepEqual(await found({ endedMs: 20 * second, endReason: 'caller-hung-up' }), [1, silent]);
});

test('a loss of this moment is not judged yet, one of yesterday no more, and a call that kept its model never', async () => {
  assert.deepEqual(await found({ agoMs: 5 * second }), [0]);
  assert.deepEqual(await found({ agoMs: 25 * 3_600 * second }), [0]);
  const result = await rolledBack(ground.means.prove, async (tx) => {
    await plantCall(tx, ground.ctx, { state: 'ended', startedAt: ground.ctx.clock.now() - 60 * second });
    return outlives.probe(reachOf(ground.means, tx));
  });
  assert.deepEqual(result, { checked: 0, faults: [] });
});

async function verdictIn({ means }: ProvingGround) {
  const [verdict] = await proveAll(means, { which: ['live-calls-outlive-their-model'] });
  return [verdict?.status, verdict?.checked];
}

test('the product writes down that a call lost its model, and that somebody spoke to the caller again', async (t) => {
  const live = await openProvingGround({ hasLine: true });
  t.after(() => live.close());
  const goOn = await lostCall(live);
  live.ctx.clock.advance(2 * second);
  assert.match(await goOn(), /<Say[^>]*>[^<]+<\/Say><Connect[^>]*><ConversationRelay/);
  assert.deepEqual(await verdictIn(live), ['not-exercised', 0]);
  live.ctx.clock.advance(30 * second);
  assert.deepEqual(await verdictIn(live), ['proven', 1]);
  await lostCall(live);
  live.ctx.clock.advance(40 * second);
  assert.deepEqual(await verdictIn(live), ['failing', 2]);
});
