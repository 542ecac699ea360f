import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { newId, sql, type Tx } from '#base';
import { canary, otherCanary, plantCall, plantEntry } from './canary.ts';
import { isCard } from './card-numbers.ts';
import transcripts from './claims/transcripts-are-sealed-field-by-field.ts';
import never from './claims/what-is-never-stored.ts';
import numbers from './claims/numbers-are-hashed-for-analytics.ts';
import rule from './claims/everything-kept-has-a-rule.ts';
import type { Reach } from './claim.ts';
import { reachOf, rolledBack } from './means.ts';
import { isSound } from './sound-marks.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
});
after(() => ground.close());

type Probe = { readonly probe: (reach: Reach) => Promise<{ faults: readonly { what: string; where: string }[] }> };

/** What a probe finds in a world with these rows, which are undone. */
async function faultsOf({ probe }: Probe, plant: (tx: Tx) => Promise<unknown> = async () => {}): Promise<string[]> {
  const { faults } = await rolledBack(ground.means.prove, async (tx) => {
    await plant(tx);
    return probe(reachOf(ground.means, tx));
  });
  return faults.map(({ what, where }) => `${where}: ${what}`);
}

const startedAt = () => ground.ctx.clock.now();
const plantLive = (tx: Tx) => plantCall(tx, ground.ctx, { state: 'live', startedAt: startedAt() });

test('a number of a caller in the clear is found in whatever kind of column it stands', async () => {
  const planted: Readonly<Record<string, (tx: Tx, call: string) => Promise<unknown>>> = {
    'app.calls.carrier_call_id': (tx, call) =>
      tx.run(
        sql`update app.calls set carrier_call_id = 'from +34600111222' where id = ${call} and organisation_id = ${canary}`,
      ),
    'app.call_decisions.about': (tx, call) =>
      tx.run(sql`
        insert into app.call_decisions (organisation_id, call_id, id, at, what, about, why)
        values (${canary}, ${call}, ${newId(ground.ctx)}, now(), 'tool', 'tel:+34600111222', 'ran')`),
    'app.evidence.why': (tx) =>
      tx.run(sql`
        insert into app.evidence (organisation_id, id, claim, at, status, checked, why, can_fail, took_ms)
        values (${canary}, ${newId(ground.ctx)}, 'a-claim', now(), 'proven', 1, '+34600111222', true, 1)`),
  };
  for (const [where, plant] of Object.entries(planted)) {
    const found = await faultsOf(numbers, async (tx) => plant(tx, await plantLive(tx)));
    assert.deepEqual(found, [`${where}: 1 telephone numbers in the clear`]);
  }
});

test('a hash of a number that anybody could make, or that two businesses share, is found', async () => {
  const setIndex = (index: Buffer) => async (tx: Tx) => {
    const call = await plantLive(tx);
    await tx.run(sql`update app.calls set caller_index = ${index} where organisation_id = ${canary} and id = ${call}`);
  };
  const { e164 } = await rolledBack(ground.means.prove, (tx) =>
    tx.one<{ e164: string }>(sql`select e164 from app.lines where e164 ~ '^[+]' limit 1`),
  );
  const plain = createHash('sha256').update(e164).digest();
  assert.deepEqual(await faultsOf(numbers, setIndex(plain)), [
    'app.calls.caller_index: 1 hashes of numbers were made without a key',
  ]);
  for (const odd of [Buffer.alloc(32, 7), Buffer.from('+34600111222'.padEnd(32)), Buffer.from('+34 600 111 2222')])
    assert.deepEqual(await faultsOf(numbers, setIndex(odd)), [
      'app.calls.caller_index: 1 values that no keyed hash can be',
    ]);
  const random = ground.ctx.random.bytes(32);
  assert.deepEqual(await faultsOf(numbers, setIndex(random)), []);
  const both = async (tx: Tx) => {
    for (const organisation of [canary, otherCanary])
      await tx.run(sql`
        insert into app.suppressions (organisation_id, id, phone_index, reason, created_at)
        values (${organisation}, ${newId(ground.ctx)}, ${random}, 'asked', now())`);
  };
  assert.deepEqual(await faultsOf(numbers, both), [
    'app.suppressions.phone_index: 2 hashes of numbers are the same in two businesses',
  ]);
});

test('a card number is found by its check digit, and what only looks like one is not', async () => {
  const about = (text: string) => async (tx: Tx) => {
    const call = await plantLive(tx);
    await tx.run(
      sql`update app.calls set carrier_call_id = ${text} where organisation_id = ${canary} and id = ${call}`,
    );
  };
  for (const card of [
    '4111111111111111',
    '4111-1111-1111-1111',
    '5500 0000 0000 0004',
    '3782 822463 10005',
    '30569309025904',
  ])
    assert.deepEqual(await faultsOf(never, about(`paid ${card}`)), ['app.calls.carrier_call_id: 1 card numbers'], card);
  for (const other of [
    '4111111111111112',
    '1795176000000000',
    'CA41111111111111112222',
    '+34600111222',
    '41111111111111110000',
  ])
    assert.deepEqual(await faultsOf(never, about(other)), [], other);
  assert.ok(isCard('6011 0009 9013 9424') && !isCard('6011 0009 9013 9425') && !isCard('0000000000000000'));
});

test('no id of ours is taken for a card', () => {
  for (let at = 0; at < 2_000; at += 1) assert.ok(!isCard(newId(ground.ctx)));
});

test('sound in a column, or anything outside of the recordings, is found', async () => {
  const wave = Buffer.concat([Buffer.from('RIFF'), Buffer.of(1, 2, 3, 4), Buffer.from('WAVEfmt ')]);
  for (const text of [`x ${wave.toString('base64')}`, 'RIFF....WAVEfmt ']) {
    const found = await faultsOf(never, async (tx) => {
      const call = await plantLive(tx);
      await tx.run(
        sql`update app.calls set carrier_call_id = ${text} where organisation_id = ${canary} and id = ${call}`,
      );
    });
    assert.deepEqual(found, ['app.calls.carrier_call_id: holds sound']);
  }
  for (const mark of ['RIFFxxxxWAVE', 'OggS', 'fLaC', 'ID3', '#!AMR']) assert.ok(isSound(Buffer.from(mark)), mark);
  assert.ok(!isSound(ground.ctx.random.bytes(64)));
  await ground.objects.plant('calls/one.wav', wave);
  await ground.objects.plant('exports/list', Buffer.from('names'));
  assert.deepEqual((await faultsOf(never)).toSorted(), [
    'calls/one.wav: lies outside of the recordings and is sound',
    'exports/list: lies outside of the recordings',
  ]);
  assert.deepEqual((await faultsOf(rule)).toSorted(), [
    'objects:calls: no rule covers it',
    'objects:exports: no rule covers it',
  ]);
  await ground.objects.delete('calls/one.wav');
  await ground.objects.delete('exports/list');
});

test('a page that sets a cookie is found', async () => {
  const reach = (tx: Tx): Reach => {
    const whole = reachOf(ground.means, tx);
    const self: Reach['self'] = async (request) => {
      const answer = await whole.self(request);
      return { ...answer, headers: { ...answer.headers, ...(request.path === '/trust' && { 'set-cookie': '_ga=1' }) } };
    };
    return { ...whole, self };
  };
  const { faults } = await rolledBack(ground.means.prove, (tx) => never.probe(reach(tx)));
  assert.deepEqual(faults, [{ what: 'sets a cookie', where: '/trust' }]);
});

test('sentences that are not sealed, share a nonce or stand in two places are found, and others are not', async () => {
  const of = (make: (tx: Tx, call: string) => Promise<unknown>) =>
    faultsOf(transcripts, async (tx) => make(tx, await plantLive(tx)));
  const entry = { at: startedAt(), speaker: 'agent', kind: 'speech' } as const;
  const fine = await of(async (tx, call) => {
    await plantEntry(tx, ground.ctx, call, { ...entry, seq: 1 });
    await plantEntry(tx, ground.ctx, call, { ...entry, seq: 2 });
  });
  assert.deepEqual(fine, []);
  const copied = await of(async (tx, call) => {
    await plantEntry(tx, ground.ctx, call, { ...entry, seq: 1 });
    await plantEntry(tx, ground.ctx, call, { ...entry, seq: 2 });
    await tx.run(sql`
      update app.call_entries e set heard = other.heard from app.call_entries other
      where e.organisation_id = ${canary} and other.organisation_id = ${canary} and e.call_id = ${call}
        and other.call_id = ${call} and e.seq = 2 and other.seq = 1`);
  });
  assert.deepEqual(copied, ['app.call_entries: 1 sealed values stand in two places']);
  const bare = await of(async (tx, call) => {
    await plantEntry(tx, ground.ctx, call, { ...entry, seq: 1 });
    await tx.run(sql`
      update app.call_entries set heard = 'good morning, I would like to book a table for two'::bytea
      where organisation_id = ${canary} and call_id = ${call}`);
  });
  assert.deepEqual(bare, ['app.call_entries: 1 sentences are not of the sealed form']);
});
