import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#base';
import { converse } from '#adapters/carriers';
import { answered, failed, heard, opened, play, replied } from '../../../test/call-machine.ts';
import { parrot } from '../../../test/parrot.ts';
import { world } from '../../../test/world.ts';
import { advance } from './conduct.ts';
import type { CallEvent, Conversation } from './conversation.ts';
import { decisionsAtRing, decisionsIn, type Decision } from './decisions.ts';

const caller = { from: '+14155550132', to: '+15005550006' };

const inWords = ({ what, about, why }: Decision) => `${what} ${about ?? '-'} ${why}`;

/** What was decided while these events happened to a call by text. */
function decided(events: readonly ((call: Conversation) => CallEvent)[]): readonly string[] {
  const found: string[] = [];
  events.reduce<Conversation>((before, make) => {
    const [after] = advance(before, make(before));
    found.push(...decisionsIn(before, after).map(inWords));
    return after;
  }, play('relay', []).call);
  return found;
}

const talking = [answered, opened, replied(['Hello.']), heard('Do it.')];

test('what a tool came to is a decision, once, with the word of its refusal', () => {
  const book = replied(['One moment.'], { tool: 'book', input: {} });
  const ran =
    (result: { ok: true; value: {} } | { ok: false; why: string }) =>
    ({ running }: Conversation): CallEvent => ({ type: 'ran', key: running?.key ?? '', result });
  assert.deepEqual(decided([...talking, book, ran({ ok: true, value: {} }), replied(['Done.'])]), ['tool book done']);
  assert.deepEqual(decided([...talking, book, ran({ ok: false, why: 'taken' }), failed]), ['tool book taken']);
});

test('a tool that there is not leaves no name: that is free text of a model', () => {
  const made = replied([], { tool: 'sing-to-maria', input: {} });
  const ran = ({ running }: Conversation): CallEvent => ({
    type: 'ran',
    key: running?.key ?? '',
    result: { ok: false, why: 'tool-unknown' },
  });
  assert.deepEqual(decided([...talking, made, ran]), ['tool - tool-unknown']);
});

test('putting a caller through is told with how it ended', () => {
  const through = [...talking, replied([], { tool: 'transfer', input: {} }), () => ({ type: 'left' }) as const];
  const ended = (how: 'answered' | 'busy') => () => ({ type: 'transferred', how }) as const;
  assert.deepEqual(decided([...through, ended('answered')]), ['transfer - put-through', 'transfer - answered']);
  assert.deepEqual(decided([...through, ended('busy'), opened]), ['transfer - put-through', 'transfer - busy']);
});

test('a model that is lost, and a channel that is, are decisions', () => {
  assert.deepEqual(decided([...talking, failed, failed]), ['model - lost']);
  const lost = () => ({ type: 'lost' }) as const;
  assert.deepEqual(decided([...talking, lost, lost]), ['channel gather lost']);
});

test('who demanded the disclosure, and why a call is recorded or not, is settled before it is answered', () => {
  const agent = { record: true, discloseAi: false, model: 'openai' };
  const law = { rule: 'eu', isDemanded: true, isRecorded: true };
  const live = { channel: 'live', standIn: false } as const;
  assert.deepEqual(decisionsAtRing(live, agent, law).map(inWords), [
    'channel live begun',
    'disclosure eu demanded',
    'recording - on',
  ]);
  const free = { rule: 'world', isDemanded: false, isRecorded: false };
  assert.deepEqual(decisionsAtRing({ channel: 'relay', standIn: true }, agent, free).map(inWords), [
    'channel relay begun',
    'model openai not-reachable',
    'disclosure world left-out',
    'recording - not-live',
  ]);
  assert.deepEqual(decisionsAtRing(live, { ...agent, discloseAi: true }, free).map(inWords), [
    'channel live begun',
    'disclosure world chosen',
    'recording - not-agreed',
  ]);
});

test('a call tells afterwards why it went as it went, in order and without a word of anybody', async (t) => {
  const w = await world(t, { model: parrot });
  const call = w.exchange.call(caller);
  await converse(call, (said) => {
    if (/How can I help/.test(said)) return { do: 'say', text: 'message marmalade' };
    return /Done/.test(said) ? { do: 'say', text: 'bye' } : undefined;
  });
  const { decisions } = await w.lastCall();
  assert.deepEqual(
    decisions.map(({ what, about, why }) => `${what} ${about ?? '-'} ${why}`),
    [
      'channel relay begun',
      'disclosure world chosen',
      'recording - off',
      'disclosure - heard',
      'tool take-message done',
      'end - completed',
    ],
  );
  const { rows } = await w.ctx.db.tenant(w.demo.organisation, (tx) =>
    tx.one<{ rows: string }>(sql`
      select string_agg(d::text, ' ') as rows from app.call_decisions d where organisation_id = ${w.demo.organisation}`),
  );
  assert.ok(rows.includes('take-message') && !rows.includes('marmalade'));
});
