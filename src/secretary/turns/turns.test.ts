import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Grants } from '#access';
import { silentTelemetry, type Id, type Stretch } from '#base';
import type { TurnTimes } from '#media';
import { edge } from '../../../test/edge.ts';
import { openOffice, type Office } from '../../../test/office.ts';
import { makeBusiness, type Business } from '../../../test/rows.ts';
import { tellTurn, turnLatency, turnRoutes, writeTurn } from './index.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const hour = 60 * 60_000;
const quick: TurnTimes = { endpointMs: 200, modelMs: 500, sentMs: 502, heardMs: 560 };

/** A business whose only call had these turns, an hour apart, the last one now. */
async function afterTurns(...all: readonly TurnTimes[]): Promise<Business & { readonly callId: Id }> {
  const business = await makeBusiness(office.db);
  const callId = await office.call(business);
  for (const [at, times] of all.entries()) {
    await write(
      { ...business, callId },
      { n: at + 1, times, at: office.ctx.clock.now() - (all.length - 1 - at) * hour },
    );
  }
  return { ...business, callId };
}

function write(
  { organisation, agentId, callId }: Pick<Business, 'organisation' | 'agentId'> & { readonly callId: Id },
  turn: { readonly stream?: number; readonly n: number; readonly times: TurnTimes; readonly at: number },
): Promise<boolean> {
  return office.db.tenant(organisation, (tx) => writeTurn(tx, { organisation, agentId, callId, stream: 1, ...turn }));
}

function latency({ organisation, agentId }: Business, hours = 24, until = office.ctx.clock.now() + 1) {
  return office.db.tenant(organisation, (tx) =>
    turnLatency(tx, organisation, agentId, { from: until - hours * hour, until }),
  );
}

test('the headline and every part of it are percentiles over the turns', async () => {
  const hundred = Array.from({ length: 101 }, (_, at) => {
    const endpointMs = 100 + at;
    const modelMs = endpointMs + 2 * at;
    return { endpointMs, modelMs, sentMs: modelMs + 3, heardMs: modelMs + 3 + 50 };
  });
  const business = await afterTurns(...hundred);
  assert.deepEqual(await latency(business, 1_000), {
    turns: 101,
    heard: { p50: 303, p95: 438, p99: 450 },
    parts: {
      endpoint: { p50: 150, p95: 195, p99: 199 },
      model: { p50: 100, p95: 190, p99: 198 },
      sending: { p50: 3, p95: 3, p99: 3 },
      playing: { p50: 50, p95: 50, p99: 50 },
    },
  });
});

test('only turns inside the window count', async () => {
  const slow = { endpointMs: 1_000, modelMs: 2_000, sentMs: 2_001, heardMs: 2_100 };
  const business = await afterTurns(slow, slow, quick);
  assert.equal((await latency(business, 1))?.heard.p99, 560);
  assert.equal((await latency(business, 3))?.turns, 3);
});

test('without a turn there is no figure, not a zero', async () => {
  assert.equal(await latency(await afterTurns()), undefined);
});

test('a turn that is told twice is written once, as it was told first', async () => {
  const business = await afterTurns(quick);
  const again = { n: 1, times: { ...quick, heardMs: 9_000 }, at: office.ctx.clock.now() };
  assert.equal(await write(business, again), false);
  const found = await latency(business);
  assert.deepEqual([found?.turns, found?.heard.p99], [1, 560]);
});

test('turns of two streams of a call are told apart', async () => {
  const business = await afterTurns(quick);
  assert.equal(await write(business, { stream: 2, n: 1, times: quick, at: office.ctx.clock.now() }), true);
  assert.equal((await latency(business))?.turns, 2);
});

test('a fraction of a millisecond is rounded, and what two clocks made negative is none', async () => {
  const business = await afterTurns({ endpointMs: -3.2, modelMs: 10.4, sentMs: 10.6, heardMs: 20 });
  const found = await latency(business);
  assert.deepEqual([found?.parts.endpoint.p50, found?.parts.model.p50, found?.parts.sending.p50], [0, 10, 1]);
});

test('one organisation sees no turn of another, even of the same agent id', async () => {
  const { agentId } = await afterTurns(quick);
  const other = await afterTurns();
  assert.equal(await latency({ ...other, agentId }), undefined);
});

/** The API as the holder of that organisation's key sees it. */
async function asked(
  t: Parameters<typeof edge>[0],
  organisation: Id,
  path: string,
  grants: Grants = { 'calls:read': 'all' },
) {
  const routes = turnRoutes({ db: office.db, clock: office.ctx.clock, callsOf: () => undefined });
  const who = { organisation, actor: `api-key:${organisation}` as const, grants };
  const identify = async () => ({ who, signedIn: undefined });
  const { server } = await edge(t, { routes, identify });
  const answer = await server.inject({ method: 'GET', url: path, headers: { authorization: 'Bearer any' } });
  return { status: answer.status, json: JSON.parse(answer.body) as Record<string, unknown> };
}

test('the API tells the latency of an agent over the days asked for', async (t) => {
  const business = await afterTurns(quick);
  office.ctx.clock.advance(1);
  const { status, json } = await asked(t, business.organisation, `/api/v1/agents/${business.agentId}/latency?days=1`);
  const now = office.ctx.clock.now();
  const same = (value: number) => ({ p50: value, p95: value, p99: value });
  assert.equal(status, 200);
  assert.deepEqual(json, {
    agentId: business.agentId,
    from: new Date(now - 24 * hour).toISOString(),
    until: new Date(now).toISOString(),
    turns: 1,
    heard: same(560),
    parts: { endpoint: same(200), model: same(300), sending: same(2), playing: same(58) },
  });
});

test('an agent that nobody has called yet has no figures', async (t) => {
  const { organisation, agentId } = await afterTurns();
  const { json } = await asked(t, organisation, `/api/v1/agents/${agentId}/latency`);
  assert.deepEqual([json['turns'], json['heard'], json['parts']], [0, null, null]);
});

test("another organisation's agent is none, a key needs the scope, and a window has bounds", async (t) => {
  const { organisation, agentId } = await afterTurns(quick);
  const other = await afterTurns();
  const path = `/api/v1/agents/${agentId}/latency`;
  assert.equal((await asked(t, other.organisation, path)).status, 404);
  assert.equal((await asked(t, organisation, path, { 'leads:read': 'all' })).status, 403);
  assert.equal((await asked(t, organisation, `${path}?days=32`)).status, 400);
  assert.equal((await asked(t, organisation, `${path}?days=0`)).status, 400);
});

test('a turn is told as a figure of its agent and as a trace of its call, the parts end to end', () => {
  const figures: unknown[] = [];
  const traces: (Stretch & { readonly call: Id })[] = [];
  const telemetry = {
    ...silentTelemetry,
    observe: (...figure: readonly unknown[]) => void figures.push(figure),
    trace: (call: Id, stretch: Stretch) => void traces.push({ call, ...stretch }),
  };
  const turn = { organisation: 'o', callId: 'c', stream: 1, n: 1, agentId: 'a', at: 10_560, times: quick };
  tellTurn(telemetry, turn);
  const attributes = { organisation: 'o', agent: 'a' };
  assert.deepEqual(figures, [['sotto.turn.heard_ms', 560, attributes]]);
  const parts = [
    { name: 'turn.endpoint', startMs: 10_000, endMs: 10_200 },
    { name: 'turn.model', startMs: 10_200, endMs: 10_500 },
    { name: 'turn.send', startMs: 10_500, endMs: 10_502 },
    { name: 'turn.heard', startMs: 10_502, endMs: 10_560 },
  ];
  assert.deepEqual(traces, [{ call: 'c', name: 'turn', startMs: 10_000, endMs: 10_560, attributes, parts }]);
});
