import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pause, sql } from '#base';
import type { TextModel, TurnInput } from '#adapters/models';
import { parrot } from '../../../test/parrot.ts';
import { freshCallSid, signedRing, signedWebhook } from '../../../test/signed-ring.ts';
import { world, type World } from '../../../test/world.ts';

/** A vendor that does as it is told from outside, and counts what it is asked. */
function fickle() {
  const asked: TurnInput[] = [];
  let answer: TextModel['turn'] = parrot.turn;
  const item: TextModel = {
    ...parrot,
    turn(turn, reach) {
      if (turn.input.type !== 'start') asked.push(turn.input);
      return turn.input.type === 'start' ? parrot.turn(turn, reach) : answer(turn, reach);
    },
    debrief: (ended, reach) =>
      answer === parrot.turn ? parrot.debrief(ended, reach) : Promise.reject(new Error('the vendor is away')),
  };
  return { item, asked, will: (turn: TextModel['turn']) => void (answer = turn) };
}

/** Slow enough that a busy machine answers before the caller is asked to wait. */
const unhurried = 4;

const away = () => Promise.reject(new Error('the vendor is away'));
const never = () => new Promise<never>(() => {});

/** A call by webhook: what was answered, and where the carrier asks next; `hear` goes on when it is asked to wait. */
function caller(w: World) {
  const callSid = freshCallSid();
  const at = { origin: w.url, account: w.demo.twilio };
  const nextIn = (body: string) =>
    /(?:action="|<Redirect[^>]*>)[^"<]*(\/carriers\/[^"<]+)/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? 'none';
  const post = async (after: string, fields: Record<string, string> = {}) =>
    (await w.app.server.inject(signedWebhook(at, nextIn(after), { CallSid: callSid, ...fields }))).body;
  return {
    ring: async () => (await w.app.server.inject(signedRing({ ...at, to: w.demo.number, callSid }))).body,
    post,
    async hear(after: string, fields: Record<string, string>) {
      const answer = await post(after, fields);
      return answer.includes('One moment') ? post(answer) : answer;
    },
    hangUp: () =>
      w.app.server.inject(
        signedWebhook(at, '/carriers/twilio/status', {
          CallSid: callSid,
          CallStatus: 'completed',
          CallbackSource: 'call-progress-events',
          SequenceNumber: '3',
        }),
      ),
  };
}

const said = (SpeechResult: string) => ({ SpeechResult, Confidence: '0.9' });

function lostAt(w: World): Promise<{ lost: Date | null }> {
  return w.ctx.db.tenant(w.demo.organisation, (tx) =>
    tx.one<{ lost: Date | null }>(sql`
      select model_lost_at as lost from app.calls
      where organisation_id = ${w.demo.organisation} order by started_at desc limit 1`),
  );
}

test('a model that fails twice in a turn is lost by webhook too: the same answer has the words of the stand-in', async (t) => {
  const vendor = fickle();
  const w = await world(t, { vendor: { item: vendor.item, speech: 'gather' }, speed: unhurried });
  const { ring, post } = caller(w);
  const first = await post(await ring(), said('hello'));
  assert.match(first, /You said: hello[^]*<Gather/);
  assert.equal((await lostAt(w)).lost, null);
  vendor.will(away);
  const second = await post(first, said('What does a cleaning cost?'));
  assert.match(second, /95 dollars[^]*<Gather/);
  assert.ok((await lostAt(w)).lost);
  const asked = vendor.asked.length;
  assert.match(await post(second, said('What are your opening hours?')), /nine|9/i);
  assert.equal(vendor.asked.length, asked, 'it is not asked again in this call');
});

test('a model that takes its time is waited for with a word, and asked once, however often the carrier asks', async (t) => {
  const vendor = fickle();
  const w = await world(t, { vendor: { item: vendor.item, speech: 'gather' }, speed: unhurried });
  const { ring, post } = caller(w);
  const rung = await ring();
  let release = () => {};
  vendor.will(async (turn, reach) => {
    await new Promise<void>((resolve) => (release = resolve));
    return parrot.turn(turn, reach);
  });
  const began = w.clock.now();
  const both = await Promise.all([post(rung, said('hello')), post(rung, said('hello'))]);
  assert.ok(w.clock.now() - began < 6_000, 'long before the model has answered');
  for (const body of both) assert.match(body, /One moment, please\.<\/Say><Redirect/);
  const answers = [post(both[0], {}), post(both[0], {})];
  release();
  for (const body of await Promise.all(answers)) {
    assert.match(body, /You said: hello[^]*<Gather/);
    assert.doesNotMatch(body, /moment/, 'what was said is not said again');
  }
  assert.equal(vendor.asked.length, 1);
  const { transcript } = await w.lastCall();
  const moment = transcript.find(({ meant }) => /moment/.test(meant ?? ''));
  assert.equal(moment?.heard, 'One moment, please.');
});

test('an answer that comes while the caller is asked to wait is given when the carrier is back', async (t) => {
  const vendor = fickle();
  const w = await world(t, { vendor: { item: vendor.item, speech: 'gather' }, speed: unhurried });
  const { ring, post } = caller(w);
  const rung = await ring();
  let release = () => {};
  vendor.will(async (turn, reach) => {
    await new Promise<void>((resolve) => (release = resolve));
    return parrot.turn(turn, reach);
  });
  const waiting = await post(rung, said('hello'));
  release();
  while (!(await w.lastCall()).transcript.some(({ meant }) => /You said/.test(meant ?? ''))) await pause(w.clock, 500);
  const answer = await post(waiting);
  assert.match(answer, /<Response><Say[^>]*>You said: hello\.<\/Say><Gather/);
});

test('a model that never answers is lost, and the carrier that came back gets the words of the stand-in', async (t) => {
  const vendor = fickle();
  const w = await world(t, { vendor: { item: vendor.item, speech: 'gather' }, speed: unhurried });
  const { ring, post } = caller(w);
  const rung = await ring();
  vendor.will(never);
  const waiting = await post(rung, said('What does a cleaning cost?'));
  assert.match(waiting, /One moment, please\.<\/Say><Redirect/);
  assert.match(await post(waiting), /95 dollars[^]*<Gather/);
  assert.ok((await lostAt(w)).lost);
});

test('a vendor that was lost by three calls is left alone by the next one, which the stand-in answers', async (t) => {
  const vendor = fickle();
  const w = await world(t, { vendor: { item: vendor.item, speech: 'gather' }, speed: unhurried });
  vendor.will(away);
  for (let calls = 0; calls < 3; calls += 1) {
    const { ring, post, hangUp } = caller(w);
    assert.match(await post(await ring(), said('What does a cleaning cost?')), /95 dollars/);
    await hangUp();
  }
  const asked = vendor.asked.length;
  assert.equal(asked, 6);
  const { ring, post } = caller(w);
  assert.match(await post(await ring(), said('What does a cleaning cost?')), /95 dollars/);
  assert.equal(vendor.asked.length, asked);
  assert.equal((await lostAt(w)).lost, null, 'this call has lost nothing');
});

test('of a call that lost its model half-way the vendor is asked what came of it, and if it stays away the plain account does', async (t) => {
  const vendor = fickle();
  const w = await world(t, { vendor: { item: vendor.item, speech: 'gather' } });
  const { ring, hear, hangUp } = caller(w);
  const first = await hear(await ring(), said('My tooth hurts.'));
  vendor.will(away);
  await hear(first, said('What does a cleaning cost?'));
  await hangUp();
  let call = await w.lastCall();
  for (; call.outcome === null; call = await w.lastCall()) await pause(w.clock, 10_000);
  assert.equal(call.summary, 'The caller said: My tooth hurts. What does a cleaning cost?');
  const { items } = (await w.api('/api/v1/leads')).json;
  assert.equal(items.length, 1, 'and nobody is lost');
});
