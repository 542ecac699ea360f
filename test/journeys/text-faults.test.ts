import assert from 'node:assert/strict';
import { after, suite, test, type TestContext } from 'node:test';
import { readConfig, sql } from '#base';
import { spokenMs, type EmulatedCall } from '#adapters/carriers';
import { openSenses } from '#app';
import { openBusinesses, type Business, type Businesses } from '../drill/businesses.ts';
import { agent } from '../drill/receptionist.ts';
import type { LiveDetail } from '../live-product.ts';
import { openFaults, type Deed } from '../stand-in-model/faults.ts';
import { openStandIn, type Client, type TextScript } from '../stand-in-model/stand-in.ts';

/** Every way in which the Responses API is documented to fail, and those in which any server may. */
const deeds: Readonly<Record<string, Deed>> = {
  'is refused': { do: 'refuse', status: 403, code: 'unsupported_country_region_territory' },
  'has no valid key any more': { do: 'refuse', status: 401, code: 'invalid_api_key' },
  'is out of quota': { do: 'refuse', status: 429, code: 'insufficient_quota' },
  'is limited': { do: 'refuse', status: 429, code: 'rate_limit_exceeded' },
  'breaks inside': { do: 'refuse', status: 500, code: 'server_error' },
  'is overloaded': { do: 'refuse', status: 503, code: 'server_error' },
  'never answers': { do: 'hang' },
  'answers garbage': { do: 'garbage', messages: ['<html>Bad gateway</html>'] },
  'answers in words without their shape': { do: 'answer', text: 'We charge what we like.' },
  'answers in another schema': { do: 'answer', text: '{"say":"A lot.","expect":7}' },
  'drops the connection': { do: 'drop' },
  'is cut off in the middle of the answer': { do: 'cut' },
  'stops at its longest answer': { do: 'incomplete', reason: 'max_output_tokens' },
  'stops at its own filter': { do: 'incomplete', reason: 'content_filter' },
  'fails while it answers': { do: 'fail', code: 'server_error' },
  'refuses to talk': { do: 'refusal' },
};
const channels = ['relay', 'gather'] as const;
const cases = channels.flatMap((channel) => Object.entries(deeds).map(([what, deed]) => ({ channel, what, deed })));

/** The model answers the first question; what it knows of the second, nobody hears. */
const text: TextScript = ({ text: { format } }) =>
  format.name === 'turn' ? { say: ['Good that you call.'], language: 'en', expect: 'speech', use: null } : undefined;

/** Waits for a sentence that matches; what else is said before it does not matter. */
async function until(call: EmulatedCall, wanted: RegExp): Promise<void> {
  while (!wanted.test(await call.said()));
}

/** When each of the businesses lost its model, by the rows of a product that has been stopped. */
async function lostAt({ env, all }: Businesses): Promise<(Date | null)[]> {
  const senses = await openSenses(readConfig(env), () => {});
  const { db } = senses.ctx;
  try {
    const rows = all.map(({ organisation }) =>
      db.tenant(organisation, (tx) =>
        tx.one<{ at: Date | null }>(
          sql`select model_lost_at as at from app.calls where organisation_id = ${organisation}`,
        ),
      ),
    );
    return (await Promise.all(rows)).map(({ at }) => at);
  } finally {
    await senses.close();
  }
}

/** Longest that the caller heard nothing after a question, in milliseconds. */
function longestGap({ transcript }: EmulatedCall): number {
  const gaps = transcript.flatMap(({ speaker, text: said, atMs }, at) => {
    const next = transcript[at + 1];
    return speaker === 'caller' && next?.speaker === 'secretary' ? [next.atMs - atMs - spokenMs(said)] : [];
  });
  return Math.round(Math.max(...gaps));
}

async function goesOn(t: TestContext, business: Business, client: Client, deed: Deed): Promise<void> {
  const call = business.exchange.call({ from: '+15005550142', to: business.number });
  await until(call, /How can I help/);
  await call.say('Hello, my tooth hurts.');
  await until(call, /Good that you call/);
  client.faults.plan({ at: 'text', deed, times: 1_000 });
  await call.say('What does a cleaning cost?');
  await until(call, /95 dollars/);
  client.faults.clear();
  await call.say('Where can I park?');
  await until(call, /behind the building/);
  await call.say('Thank you, that is all. Goodbye.');
  await until(call, /Goodbye/i);
  assert.equal((await call.ended).how, 'product-hung-up');
  t.diagnostic(`the longest silence after a question: ${longestGap(call)} ms`);
  const said = call.transcript.filter(({ speaker }) => speaker === 'secretary').map((one) => one.text);
  assert.equal(said.filter((words) => /AI assistant/.test(words)).length, 1, 'it says once who it is');
  assert.ok(!said.some((words) => /call again|trouble/i.test(words)), 'nobody is sent away');
  const { items } = await business.read<{ items: LiveDetail[] }>('/api/v1/calls');
  const id = items[0]?.id ?? '';
  const { endReason, transcript } = await business.read<LiveDetail>(`/api/v1/calls/${id}`);
  assert.equal(endReason, 'completed');
  assert.deepEqual(
    transcript.filter(({ speaker }) => speaker === 'caller').map(({ heard }) => heard),
    ['Hello, my tooth hurts.', 'What does a cleaning cost?', 'Where can I park?', 'Thank you, that is all. Goodbye.'],
  );
}

const clients = cases.map((): Client => ({ faults: openFaults() }));
const keyOf = (at: number) => `sk-case-${at}`;

suite('a call that is held by text goes on with the scripted receptionist when its model', async () => {
  const standIn = await openStandIn({ text, clientOf: (key) => clients.find((_, at) => keyOf(at) === key) });
  const agentOf = (at: number) => ({ ...agent, speech: cases[at]?.channel ?? 'relay' });
  const businesses = await openBusinesses(
    standIn.url,
    clients.map((_, at) => keyOf(at)),
    agentOf,
  );
  after(async () => {
    await businesses.close();
    await standIn.close();
  });

  suite('in the middle of the call', { concurrency: 16 }, () => {
    for (const [at, { channel, what, deed }] of cases.entries()) {
      test(`${what}, over a ${channel}`, (t) => {
        const [business, client] = [businesses.all[at], clients[at]];
        assert.ok(business && client);
        return goesOn(t, business, client, deed);
      });
    }
  });

  test('is lost, and its row says so', async () => {
    await businesses.product.stop('hurried');
    const lost = await lostAt(businesses);
    assert.equal(lost.length, cases.length);
    assert.ok(lost.every((at) => at !== null));
  });
});
