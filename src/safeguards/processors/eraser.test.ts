import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Personal, sql } from '#base';
import { addCarrierAccount, revokeCredential } from '#safeguards/accounts';
import { day, hour, minute, openEraserDesk, record, type EraserDesk } from '../../../test/eraser-desk.ts';
import { askProcessors, processorEraser } from './index.ts';

const deletions = (desk: EraserDesk) => desk.store.asked.filter((line) => line.startsWith('DELETE '));
const what = ({ stays }: { readonly stays: readonly { readonly what: string }[] }) => stays.map((one) => one.what);

test('what is deleted here is deleted at the carrier, and confirmed by another look alone', async (t) => {
  const desk = await openEraserDesk(t);
  const erasure = await desk.erase([await desk.call()]);
  assert.equal((await desk.state(erasure)).state, 'waiting');
  assert.equal(await desk.eraser().run(), 1);
  assert.equal(desk.store.left(), 0);
  const asked = await desk.state(erasure);
  assert.deepEqual([asked.state, asked.removed, asked.answer, asked.settledAt], ['asked', 2, 204, null]);
  assert.ok(what(asked).includes('recordings'), 'until it is confirmed it may be there');
  const before = desk.store.asked.length;
  await desk.pass(2 * minute);
  const confirmed = await desk.state(erasure);
  assert.deepEqual([confirmed.state, confirmed.answer, confirmed.trouble], ['confirmed', 404, null]);
  assert.ok(confirmed.settledAt! > confirmed.askedAt!);
  assert.ok(
    desk.store.asked.slice(before).every((line) => line.startsWith('GET ')),
    'it only looked',
  );
  assert.ok(!what(confirmed).includes('recordings') && !what(confirmed).includes('call-records'));
  const numbers = confirmed.stays.find((one) => one.what === 'numbers-for-settlement');
  assert.ok((numbers?.until ?? 0) > confirmed.settledAt!);
  await desk.pass(day);
  assert.equal(desk.store.asked.length, before + 3, 'and nobody is asked again');
});

test('a recording that appears after the call is gone is deleted as well, before anything is confirmed', async (t) => {
  const desk = await openEraserDesk(t);
  const erasure = await desk.erase([await desk.call({ agoMs: 0 })]);
  await desk.pass(5 * minute);
  assert.equal(desk.store.left(), 0);
  const { state, name } = await desk.state(erasure);
  assert.equal(state, 'asked', 'it is too soon to be sure');
  record(desk.store, name!);
  await desk.pass(30 * minute);
  assert.equal(desk.store.left(), 0);
  const { state: then, removed } = await desk.state(erasure);
  assert.deepEqual([then, removed], ['confirmed', 3]);
});

test('what is still found after its deletion was taken is never confirmed; after a week it is given up, and said so', async (t) => {
  const desk = await openEraserDesk(t);
  const erasure = await desk.erase([await desk.call()]);
  for (const [name, one] of desk.store.recordings) desk.store.recordings.set(name, { ...one, isStubborn: true });
  await desk.pass(6 * day);
  assert.equal((await desk.state(erasure)).state, 'asked');
  await desk.pass(day + hour);
  const { state, trouble, stays } = await desk.state(erasure);
  assert.deepEqual([state, trouble], ['given-up', 'still-there']);
  assert.ok(what({ stays }).includes('recordings'));
  const asked = desk.store.asked.length;
  await desk.pass(2 * day);
  assert.equal(desk.store.asked.length, asked);
});

test('what the carrier lets go only after ten days goes then', async (t) => {
  const desk = await openEraserDesk(t);
  const erasure = await desk.erase([await desk.call()]);
  const [name, one] = [...desk.store.calls][0]!;
  desk.store.calls.set(name, { ...one, isUnfinished: true });
  await desk.pass(10 * day);
  assert.deepEqual([(await desk.state(erasure)).state, (await desk.state(erasure)).trouble], ['asked', 'too-early']);
  desk.store.calls.set(name, one);
  await desk.pass(2 * hour);
  assert.equal((await desk.state(erasure)).state, 'confirmed');
});

test('what nobody could try for weeks, because nothing ran here, is tried all the same and confirmed', async (t) => {
  const desk = await openEraserDesk(t);
  const [one, other] = [await desk.erase([await desk.call()]), await desk.erase([await desk.call()])];
  desk.ctx.clock.advance(60 * day);
  desk.store.fate = (before) => (before < 3 ? 'cut' : undefined);
  await desk.pass(hour);
  assert.deepEqual([(await desk.state(one)).state, (await desk.state(other)).state], ['confirmed', 'confirmed']);
});

test('a token that is refused stops the account at the first answer, and another one lets everything go on', async (t) => {
  const desk = await openEraserDesk(t);
  const erasure = await desk.erase([await desk.call(), await desk.call(), await desk.call()]);
  const refusing = { status: 401, code: 20_003 };
  desk.store.fate = () => refusing;
  await desk.eraser().run();
  assert.equal(desk.store.asked.length, 1);
  await desk.pass(hour);
  const troubles = (await desk.states(erasure)).map(({ state, trouble }) => [state, trouble]);
  assert.ok(troubles.every(([state]) => state === 'waiting'));
  assert.ok(troubles.some(([, trouble]) => trouble === 'key-refused'));
  assert.equal(desk.store.left(), 6);
  desk.store.fate = () => undefined;
  await desk.pass(3 * hour);
  assert.ok((await desk.states(erasure)).every(({ state }) => state === 'confirmed'));
});

test('who asks to be left alone is, for so long, with everything of that account', async (t) => {
  const desk = await openEraserDesk(t);
  const erasure = await desk.erase([await desk.call(), await desk.call()]);
  desk.store.fate = (before) => (before === 0 ? { status: 429, code: 20_429, retryAfter: 600 } : undefined);
  await desk.pass(9 * minute);
  assert.equal(desk.store.asked.length, 1);
  await desk.pass(5 * minute);
  assert.ok((await desk.states(erasure)).every(({ state }) => state === 'confirmed'));
});

test('after each failure the pause grows, to an hour at most', async (t) => {
  const desk = await openEraserDesk(t);
  await desk.erase([await desk.call()]);
  const at: number[] = [];
  desk.store.fate = (before) => {
    at.push(desk.ctx.clock.now());
    return before % 2 === 0 ? 'cut' : { status: 500 };
  };
  await desk.pass(day);
  const pauses = at.slice(1).map((time, index) => time - at[index]!);
  assert.ok(pauses.length > 20 && pauses.length < 60, `${pauses.length} tries in a day`);
  assert.ok(pauses[0]! < 2 * minute && pauses[6]! > 20 * minute, pauses.join(' '));
  assert.ok(
    Math.max(...pauses) <= 1.2 * hour + minute && Math.min(...pauses.slice(8)) >= 0.8 * hour - minute,
    pauses.join(' '),
  );
});

test('without a credential nobody can be asked, what stays is named, and it goes on once there is one again', async (t) => {
  const desk = await openEraserDesk(t);
  const { organisation } = desk.business;
  const who = { organisation, actor: 'system' } as const;
  const asking = { who, sender: {} } as unknown as Parameters<typeof revokeCredential>[1];
  await revokeCredential(desk.ctx, asking, desk.account);
  const erasure = await desk.erase([await desk.call()]);
  await desk.pass(hour);
  const one = await desk.state(erasure);
  assert.deepEqual([one.state, one.trouble, desk.store.asked.length], ['cannot-ask', 'no-credential', 0]);
  assert.ok(what(one).includes('call-records'));
  await desk.office.db.tenant(organisation, (tx) =>
    addCarrierAccount(desk.ctx, tx, {
      organisation,
      carrier: 'twilio',
      accountSid: desk.store.account,
      authToken: new Personal(desk.store.token),
    }),
  );
  await desk.pass(2 * hour);
  assert.equal((await desk.state(erasure)).state, 'confirmed');
});

test('what an organisation has to have deleted goes on when all of its keys but those of credentials are gone', async (t) => {
  const desk = await openEraserDesk(t);
  const { organisation } = desk.business;
  const erasure = await desk.erase([await desk.call()]);
  await desk.ctx.keys.destroyOrganisation(organisation, ['credential']);
  await desk.pass(hour);
  assert.equal((await desk.state(erasure)).state, 'confirmed');
  assert.equal(desk.store.left(), 0);
});

test('a credential is opened once for a batch, and the audit log tells for what', async (t) => {
  const desk = await openEraserDesk(t);
  await desk.erase([await desk.call(), await desk.call(), await desk.call()]);
  await desk.eraser().run();
  const opened = (await desk.office.audited()).filter((action) => action === 'credential.opened');
  assert.equal(opened.length, 1);
});

test('of two processes that look at once each thing is asked for by one', async (t) => {
  const desk = await openEraserDesk(t);
  const calls = await Promise.all(Array.from({ length: 30 }, () => desk.call()));
  const erasure = await desk.erase(calls);
  const erasers = [desk.eraser(), desk.eraser(desk.jobs()), desk.eraser(desk.jobs())];
  for (let look = 0; look < 5; look += 1) {
    while ((await Promise.all(erasers.map((one) => one.run()))).some((did) => did > 0));
    desk.ctx.clock.advance(minute);
  }
  assert.ok((await desk.states(erasure)).every(({ state }) => state === 'confirmed'));
  assert.equal(deletions(desk).length, 60);
  assert.equal(new Set(deletions(desk)).size, 60);
});

test('wherever the process dies, what was asked for is gone in the end, and confirmed after it was seen to be', async (t) => {
  const desk = await openEraserDesk(t);
  const steps = { at: 0, stop: Infinity };
  const step = () => {
    steps.at += 1;
    if (steps.at >= steps.stop) throw new Error('the process is gone');
  };
  const dying = {
    ...desk.ctx.db,
    async tenant<T>(...given: Parameters<typeof desk.ctx.db.tenant<T>>): Promise<T> {
      step();
      const done = await desk.ctx.db.tenant(...given);
      step();
      return done;
    },
  };
  const whole = async (stop: number) => {
    steps.stop = Infinity;
    const erasure = await desk.erase([await desk.call(), await desk.call()]);
    Object.assign(steps, { at: 0, stop });
    for (let look = 0; look < 4; look += 1) {
      await desk.eraser(dying).run();
      desk.ctx.clock.advance(minute);
    }
    const reached = steps.at;
    await desk.pass(20 * minute);
    for (const { state } of await desk.states(erasure)) assert.equal(state, 'confirmed', `died at ${stop}`);
    assert.equal(desk.store.left(), 0, `died at ${stop}`);
    return reached;
  };
  const all = await whole(Infinity);
  assert.ok(all > 12, `${all} steps`);
  for (let stop = 1; stop <= all; stop += 1) await whole(stop);
});

test('nobody waits for the backlog or the trouble of another, and what somebody asked for goes first', async (t) => {
  const desk = await openEraserDesk(t);
  const { organisation } = desk.business;
  const calls = await Promise.all(Array.from({ length: 60 }, () => desk.call()));
  await desk.office.db.tenant(organisation, (tx) => askProcessors(desk.ctx, tx, { organisation, calls }));
  desk.ctx.clock.advance(minute);
  const urgent = await desk.erase([await desk.call()]);
  const other = await desk.another();
  const theirs = await desk.erase([await desk.call({ of: other })], other);
  await desk.eraser().run();
  assert.equal((await desk.state(urgent)).state, 'asked');
  assert.equal((await desk.states(theirs, other))[0]?.state, 'asked');
  assert.equal(deletions(desk).length, 2 * (20 + 1));
});

test('a host that may not be dialled is trouble of ours, and nothing is confirmed', async (t) => {
  const desk = await openEraserDesk(t);
  const erasure = await desk.erase([await desk.call()]);
  const config = { ...desk.ctx.config, twilioBaseUrl: 'https://10.0.0.1' };
  await processorEraser({ ...desk.ctx, config }, Infinity).run();
  const { state, trouble } = await desk.state(erasure);
  assert.deepEqual([state, trouble], ['waiting', 'not-allowed']);
});

test('one organisation sees nothing of what another has to have deleted', async (t) => {
  const desk = await openEraserDesk(t);
  const erasure = await desk.erase([await desk.call()]);
  const other = await desk.another();
  const stolen = await desk.office.db.tenant(other.organisation, (tx) =>
    tx.rows(sql`select id from app.processor_erasures where erasure_id = ${erasure}`),
  );
  assert.deepEqual(stolen, []);
});
