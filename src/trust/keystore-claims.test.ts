import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadClaims, type Means } from '#trust';
import type { KeySubject, SubjectKind } from '#base';
import { asIfSealed, canary, plantCall } from './canary.ts';
import sealed from './claims/personal-content-is-sealed.ts';
import { reachOf, rolledBack } from './means.ts';
import { prove } from './prove.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';

const day = 86_400_000;
const claims = await loadClaims();
let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround();
});
after(() => ground.close());

function of(number: number, kind: SubjectKind = 'call'): KeySubject {
  return { organisation: canary, kind, id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}` };
}

async function look(id: string, more: Partial<Means> = {}) {
  const claim = claims.find((one) => one.id === id);
  assert.ok(claim);
  const { status, why, checked } = await prove(claim, { ...ground.means, ...more });
  return { status, why, checked };
}

/** How long its calls are kept, as the setting of the canary says it, in milliseconds. */
const windowMs = 90 * day;

test('a day whose keys the keystore let live turns the claim red, and their death turns it green again', async () => {
  const { keys } = ground.ctx;
  const clock = ground.means.clock as typeof ground.means.clock & { advance(ms: number): void };
  const id = 'content-dies-with-its-epoch';
  await keys.keepFor(canary, { call: windowMs });
  await keys.contentKey(of(1));
  assert.equal((await look(id)).status, 'proven');
  clock.advance(windowMs + 2 * day + 3 * 3_600_000);
  const late = await look(id);
  assert.equal(late.status, 'failing');
  assert.match(
    late.why,
    /although their time is over \(keystore:00000000-0000-7000-8000-0000000000c1\/call\/2026-11-20\)/,
  );
  await keys.reap(clock.now());
  await keys.contentKey(of(2));
  assert.equal((await look(id)).status, 'proven');
});

test('a keystore whose schedule is longer than the setting turns the claim red before anything is late', async () => {
  const { keys } = ground.ctx;
  const clock = ground.means.clock as typeof ground.means.clock & { advance(ms: number): void };
  const id = 'content-dies-with-its-epoch';
  await keys.keepFor(canary, { call: null });
  clock.advance(3 * day);
  const red = await look(id);
  assert.equal(red.status, 'failing');
  assert.match(red.why, /would live longer than the business has set/);
  await keys.keepFor(canary, { call: windowMs });
  assert.equal((await look(id)).status, 'proven');
});

test('what is held is old and no fault', async () => {
  const { keys } = ground.ctx;
  const clock = ground.means.clock as typeof ground.means.clock & { advance(ms: number): void };
  await keys.hold([of(2)]);
  clock.advance(300 * day);
  await keys.reap(clock.now());
  await keys.contentKey(of(3));
  assert.equal((await look('content-dies-with-its-epoch')).status, 'proven');
});

test('a root key too many, and a replacement that nobody finished, turn the claim red', async () => {
  const id = 'replaced-roots-open-nothing';
  assert.equal((await look(id)).status, 'proven');
  const { keystore, clock } = ground.means;
  const roots = await keystore.roots();
  const saying = (more: Partial<typeof roots>) => ({
    keystore: { ...keystore, roots: async () => ({ ...roots, ...more }) },
  });
  assert.match((await look(id, saying({ active: 2 }))).why, /2 root keys are in use/);
  assert.match((await look(id, saying({ stagedAt: clock.now() - 2 * day }))).why, /left unfinished/);
  assert.equal((await look(id, saying({ stagedAt: clock.now() - 60_000 }))).status, 'proven');
});

test('two values under one key and nonce turn the claim red, though each is of the sealed form', async () => {
  const { means } = ground;
  const look = (values: readonly Buffer[]) =>
    rolledBack(means.prove, async (tx) => {
      for (const callerNumber of values) {
        await plantCall(tx, means, { state: 'ended', startedAt: means.clock.now(), callerNumber });
      }
      return sealed.probe(reachOf(means, tx));
    });
  const [one, other] = [asIfSealed(means), asIfSealed(means)];
  assert.deepEqual((await look([one, other])).faults, []);
  const what = '1 values have the nonce of another under their key';
  assert.deepEqual((await look([one, other, one])).faults, [{ what, where: 'app.calls.caller_number' }]);
});
