import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Role } from '#access';
import { pause, sql } from '#base';
import { signedMember, webCaller, type WebCaller } from '../../../test/web-caller.ts';
import { world, type World } from '../../../test/world.ts';

async function scene(t: TestContext, role: Role = 'owner') {
  // Slower than elsewhere: the patience of the edge with handshakes runs on the same clock.
  const w = await world(t, { speed: 8 });
  const member = await signedMember({ ...w.ctx, publicUrl: () => w.url }, w.demo.organisation, role);
  const dial = (headers: Readonly<Record<string, string>> = { cookie: member.cookie }) => webCaller(t, w.url, headers);
  return { w, member, dial };
}

const typing = { do: 'call', by: 'typing', aloud: false } as const;

const answers: readonly (readonly [RegExp, string])[] = [
  [/help you/i, "Hello, I'd like to book a cleaning for next Tuesday at ten, please."],
  [/your name|who is/i, 'Alex Sample.'],
  [/appointment for|reason/i, 'A cleaning.'],
  [/reach you|number/i, 'Yes, this number is fine.'],
  [/else/i, 'No, that is all. Thank you, goodbye.'],
  [/which|first|suit|work for you|how about/i, 'The first one is fine.'],
  [/correct|right|shall i/i, 'Yes, that is right.'],
];

/** Answers whatever is asked until the secretary has said goodbye. */
async function talksToTheEnd(caller: WebCaller): Promise<void> {
  for (;;) {
    const heard = await caller.hears(/\?|bye/i).catch(() => undefined);
    if (heard === undefined) return;
    const answer = answers.find(([asked]) => asked.test(heard));
    if (answer) caller.send({ do: 'say', text: answer[1] });
  }
}

test('a call that is typed in the browser books an appointment, like any other call', async (t) => {
  const { w, member, dial } = await scene(t);
  const caller = await dial();
  caller.send(typing);
  await talksToTheEnd(caller);
  assert.deepEqual(await caller.closed, [1000, '']);
  const { id } = await caller.until(({ tell }) => tell === 'call');
  const appointments = await rows(w, sql`select call_id from app.appointments`);
  assert.deepEqual(appointments, [{ call_id: id }]);
  const call = await w.lastCall();
  assert.deepEqual([call.id, call.state, call.endReason], [id, 'ended', 'completed']);
  const actors = await rows(
    w,
    sql`select convert_from(leaf, 'UTF8')::json ->> 'actor' as actor from app.audit_entries where action = 'call.tried'`,
  );
  assert.deepEqual(actors, [{ actor: `person:${member.person}` }]);
  const told = new Set(caller.told.flatMap(({ tell, phase, tool }) => (tell === 'state' ? [tool ?? phase] : [])));
  assert.ok(told.isSupersetOf(new Set(['opening', 'thinking', 'listening', 'book', 'over'])), [...told].join());
});

test('what is said arrives word by word, and words that are typed meanwhile cut it off where it was heard', async (t) => {
  const { w, dial } = await scene(t);
  const caller = await dial();
  caller.send(typing);
  await caller.hears(/help you/);
  await caller.types('What does a cleaning cost?');
  const saying = await caller.until(({ tell, text }) => tell === 'saying' && /95 dollars/.test(String(text)));
  await caller.until(({ tell, n, words }) => tell === 'word' && n === saying['n'] && words === 2);
  caller.send({ do: 'say', text: 'Stop, I know.' });
  const cut = await caller.until(({ tell, n }) => tell === 'said' && n === saying['n']);
  assert.equal(cut['how'], 'cut');
  await caller.until(({ tell, entries }) => tell === 'entries' && JSON.stringify(entries).includes('Stop, I know.'));
  const { transcript } = await w.lastCall();
  const entry = transcript.find(({ meant }) => meant === saying['text']);
  assert.ok(entry && entry.heard.length > 0 && entry.meant.startsWith(entry.heard) && entry.heard !== entry.meant);
  caller.send({ do: 'hang-up' });
  assert.deepEqual(await caller.closed, [1000, '']);
});

test('keys reach the secretary', async (t) => {
  const { w, dial } = await scene(t);
  const caller = await dial();
  caller.send(typing);
  await caller.hears(/help you/);
  caller.send({ do: 'press', digits: '42#' });
  await caller.until(({ tell, entries }) => tell === 'entries' && JSON.stringify(entries).includes('"digits"'));
  assert.equal((await w.lastCall()).transcript.find(({ kind }) => kind === 'digits')?.heard, '42');
  caller.leave();
});

test('who closes the tab in the middle of a sentence has hung up', async (t) => {
  const { w, dial } = await scene(t);
  const caller = await dial();
  caller.send(typing);
  await caller.until(({ tell, words }) => tell === 'word' && words === 2);
  caller.leave();
  await ended(w);
  assert.equal((await w.lastCall()).endReason, 'caller-hung-up');
});

test('nobody calls who may not, from elsewhere, or without a session', async (t) => {
  const { w, member, dial } = await scene(t, 'viewer');
  await assert.rejects(dial(), /refused with 403/);
  const { cookie } = await signedMember({ ...w.ctx, publicUrl: () => w.url }, w.demo.organisation, 'agent');
  await assert.rejects(dial({ cookie }), /refused with 403/);
  const owner = await signedMember({ ...w.ctx, publicUrl: () => w.url }, w.demo.organisation, 'owner');
  const foreign = { cookie: owner.cookie, origin: 'https://elsewhere.example' };
  await assert.rejects(dial(foreign), /refused with 403/);
  await assert.rejects(dial({ cookie: `${member.cookie.slice(0, -1)}_` }), /refused with 401/);
  assert.deepEqual(await rows(w, sql`select id from app.calls`), []);
});

test('a session that is ended takes its call along', async (t) => {
  const { w, member, dial } = await scene(t);
  const caller = await dial();
  caller.send(typing);
  await caller.hears(/help you/);
  const headers = { cookie: member.cookie, origin: w.url };
  const left = await w.app.server.inject({ method: 'POST', url: '/api/v1/sign-out', headers });
  assert.equal(left.status, 204);
  assert.deepEqual(await caller.closed, [1008, 'sign-in-needed']);
  await ended(w);
  assert.equal((await w.lastCall()).endReason, 'caller-hung-up');
});

test('a second tab is told of the call in the first, and may take its place', async (t) => {
  const { w, dial } = await scene(t);
  const first = await dial();
  first.send(typing);
  await first.hears(/help you/);
  const second = await dial();
  second.send(typing);
  assert.equal((await second.until(({ tell }) => tell === 'refused'))['code'], 'call-under-way');
  const third = await dial();
  third.send({ ...typing, instead: true });
  assert.equal((await first.until(({ tell }) => tell === 'over'))['how'], 'elsewhere');
  await third.hears(/help you/);
  assert.equal((await rows(w, sql`select id from app.calls where state = 'live'`)).length, 1);
  third.leave();
});

test('of several tabs that take over at once, each hangs up the one before: a person has one call', async (t) => {
  const { w, dial } = await scene(t);
  const first = await dial();
  first.send(typing);
  await first.hears(/help you/);
  const others = [await dial(), await dial(), await dial()];
  for (const other of others) other.send({ ...typing, instead: true });
  await Promise.any(others.map((other) => other.hears(/help you/)));
  assert.equal((await rows(w, sql`select id from app.calls where state = 'live'`)).length, 1);
  for (const other of others) other.leave();
});

test('a product that is about to stop takes no call and lets the one under way end', async (t) => {
  const { w, dial } = await scene(t);
  const caller = await dial();
  caller.send(typing);
  await caller.hears(/help you/);
  let isQuiet = false;
  const drained = w.app.drain(new AbortController().signal).then(() => (isQuiet = true));
  const late = await dial();
  late.send({ ...typing, instead: true });
  assert.equal((await late.until(({ tell }) => tell === 'refused'))['code'], 'not-running');
  assert.equal(isQuiet, false);
  caller.send({ do: 'say', text: 'No, that is all. Goodbye.' });
  assert.deepEqual(await caller.closed, [1000, '']);
  await drained;
});

test('a browser that speaks is waited for, word by word', async (t) => {
  const { dial } = await scene(t);
  const caller = await dial();
  caller.send({ ...typing, aloud: true });
  const opening = await caller.until(({ tell }) => tell === 'saying');
  caller.send({ do: 'spoken', n: opening['n'], words: 3 });
  await caller.until(({ tell, n, words }) => tell === 'word' && n === opening['n'] && words === 3);
  const count = String(opening['text']).split(/\s+/).length;
  caller.send({ do: 'spoken', n: opening['n'], words: count });
  await caller.until(({ tell, n, how }) => tell === 'said' && n === opening['n'] && how === 'whole');
  caller.send({ do: 'aloud', on: false });
  await caller.hears(/help you/);
  caller.leave();
});

test('what is no message of a call closes the socket', async (t) => {
  const { dial } = await scene(t);
  for (const message of [{ do: 'say', text: 'hello' }, { do: 'dance' }, { ...typing, carrier: 'twilio' }]) {
    const caller = await dial();
    caller.send(message);
    assert.deepEqual(await caller.closed, [1008, 'frame-malformed']);
  }
});

test('who floods a call is shown out, and the call is over', async (t) => {
  const { w, dial } = await scene(t);
  const caller = await dial();
  caller.send(typing);
  await caller.until(({ tell }) => tell === 'saying');
  // Far fewer than may wait at the door at once, again and again.
  for (let round = 0; round < 40; round += 1) {
    for (let one = 0; one < 25; one += 1) caller.send({ do: 'say', text: 'x'.repeat(1_000) });
    await nextTurn();
  }
  assert.deepEqual(await caller.closed, [1008, 'rate-limited']);
  await ended(w);
});

async function ended(w: World): Promise<void> {
  while ((await rows(w, sql`select id from app.calls where state = 'live'`)).length > 0) await pause(w.clock, 200);
}

function rows(w: World, query: ReturnType<typeof sql>) {
  return w.ctx.db.tenant(w.demo.organisation, (tx) => tx.rows(query));
}
