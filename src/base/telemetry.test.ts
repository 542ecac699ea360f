import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  isProblem,
  manualClock,
  openHttp,
  openTelemetry,
  readConfig,
  seededRandom,
  type Exporter,
  type Id,
  type Stretch,
} from '#base';
import { metricsOf, mistakesIn, openCollector, spansOf, type Collector } from '../../test/collector.ts';

const started = Date.UTC(2026, 10, 20, 12);
const call: Id = '0198f0a0-0000-7000-8000-0000000000ca';
const agent: Id = '0198f0a0-0000-7000-8000-0000000000a9';

/** Telemetry that reaches that collector through the product's own way out. */
function telling(t: TestContext, url: string) {
  const config = readConfig({ SOTTO_OTLP_URL: url });
  const clock = manualClock(started);
  const http = openHttp({ config, log: () => {} });
  t.after(() => http.close());
  const telemetry = openTelemetry({ config, clock, random: seededRandom('telemetry'), http });
  return { telemetry, clock, http };
}

/** One round of what the reconciler does; rejects as it would. */
async function send({ reconcilers }: Exporter): Promise<void> {
  for (const one of reconcilers) await one.run();
}

function only(collector: Collector, signal: 'metrics' | 'traces'): readonly unknown[] {
  return collector.requests.filter(({ path }) => path.endsWith(`/v1/${signal}`)).map(({ body }) => body);
}

const turn: Stretch = {
  name: 'turn',
  startMs: started,
  endMs: started + 560.25,
  attributes: { agent },
  parts: [
    { name: 'turn.endpoint', startMs: started, endMs: started + 200 },
    { name: 'turn.model', startMs: started + 200, endMs: started + 500 },
  ],
};

test('figures arrive as a collector wants them: sums from the start, bounds, 64-bit numbers as strings', async (t) => {
  const collector = await openCollector(t);
  const { telemetry, clock } = telling(t, collector.url);
  for (const ms of [100, 450, 450, 20_000]) telemetry.observe('sotto.turn.heard_ms', ms, { agent });
  telemetry.set('sotto.calls.live', 7);
  telemetry.set('sotto.calls.live', 3);
  telemetry.count('sotto.telemetry.dropped', 2, { why: 'refused' });
  clock.advance(1_500);
  await send(telemetry);
  const [heard, live, dropped] = metricsOf(only(collector, 'metrics')[0]);
  const point = heard!.points[0]!;
  assert.deepEqual(
    [point.count, point.sum, point.bucketCounts.join(' ')],
    ['4', 21_000, '1 0 0 0 2 0 0 0 0 0 0 0 0 0 0 0 1'],
  );
  assert.equal(point.startTimeUnixNano, `${started}000000`);
  assert.equal(point.timeUnixNano, `${started + 1_500}000000`);
  assert.deepEqual(point.attributes, [{ key: 'agent', value: { stringValue: agent } }]);
  assert.equal(live!.points[0]!.asDouble, 3);
  assert.equal(dropped!.points[0]!.asInt, '2');
});

test('a turn is a span under the trace of its call, with its parts below', async (t) => {
  const collector = await openCollector(t);
  const { telemetry } = telling(t, collector.url);
  telemetry.trace(call, turn);
  await send(telemetry);
  const [whole, endpoint, model] = only(collector, 'traces').flatMap(spansOf);
  for (const span of [whole, endpoint, model]) assert.equal(span!.traceId, call.replaceAll('-', ''));
  assert.deepEqual([whole!.name, endpoint!.name, model!.name], ['turn', 'turn.endpoint', 'turn.model']);
  assert.equal(whole!.parentSpanId, undefined);
  assert.deepEqual([endpoint!.parentSpanId, model!.parentSpanId], [whole!.spanId, whole!.spanId]);
  assert.equal(whole!.endTimeUnixNano, `${BigInt(started) * 1_000_000n + 560_250_000n}`);
});

test('without a collector nothing is gathered and nothing leaves', async (t) => {
  const config = readConfig({});
  const http = openHttp({ config, log: () => {} });
  t.after(() => http.close());
  const telemetry = openTelemetry({ config, clock: manualClock(0), random: seededRandom('off'), http });
  telemetry.observe('sotto.turn.heard_ms', 1);
  telemetry.trace(call, turn);
  await telemetry.flush();
  assert.deepEqual([telemetry.reconcilers, http.ledger()], [[], []]);
});

test('what has nothing to tell sends nothing', async (t) => {
  const collector = await openCollector(t);
  const { telemetry } = telling(t, collector.url);
  await send(telemetry);
  assert.deepEqual(collector.requests, []);
});

test('words about a caller do not get out as an attribute, and a number that is none does not either', async (t) => {
  const collector = await openCollector(t);
  const { telemetry } = telling(t, collector.url);
  telemetry.observe('sotto.turn.heard_ms', 5, { agent: 'Ann Example, +14155550132' });
  telemetry.observe('sotto.turn.heard_ms', Number.NaN);
  telemetry.set('sotto.calls.live', Number.POSITIVE_INFINITY);
  telemetry.trace(call, { name: 'turn', startMs: started, endMs: started, attributes: { caller: 'Ann Example' } });
  await send(telemetry);
  const sent = JSON.stringify(collector.requests);
  assert.ok(!/Ann|1415|null/.test(sent) && sent.includes('[refused]'));
  assert.equal(metricsOf(only(collector, 'metrics')[0]).length, 1);
});

test('spans wait for a collector that is away or busy, and come once it is back', async (t) => {
  const collector = await openCollector(t);
  const { telemetry } = telling(t, collector.url);
  telemetry.trace(call, turn);
  for (const status of [429, 502, 503, 504]) {
    collector.fail({ status });
    await assert.rejects(send(telemetry), { name: 'Outside', kind: 'busy' });
  }
  await send(telemetry);
  await send(telemetry);
  assert.equal(only(collector, 'traces').flatMap(spansOf).length, 3);
});

test('what a collector refuses for good is not sent again, and is counted', async (t) => {
  const collector = await openCollector(t);
  const { telemetry } = telling(t, collector.url);
  telemetry.trace(call, turn);
  collector.fail({ status: 400 });
  await assert.rejects(send(telemetry), { name: 'Outside', kind: 'refused' });
  telemetry.trace(call, turn);
  collector.fail({ status: 200, body: '{"partialSuccess":{"rejectedSpans":"2"}}' });
  await send(telemetry);
  assert.deepEqual(only(collector, 'traces'), []);
  assert.equal(droppedIn(collector, 'refused'), '5');
});

function droppedIn(collector: Collector, why: string): string | undefined {
  const metrics = metricsOf(only(collector, 'metrics').at(-1));
  const points = metrics.find(({ name }) => name === 'sotto.telemetry.dropped')?.points ?? [];
  return points.find(({ attributes }) => attributes[0]?.value.stringValue === why)?.asInt;
}

test('a collector that stays away costs bounded memory: the oldest spans go, and are counted', async (t) => {
  const collector = await openCollector(t);
  const { telemetry } = telling(t, collector.url);
  const single = (at: number): Stretch => ({ name: 'turn', startMs: started + at, endMs: started + at });
  for (let at = 0; at < 5_000; at += 1) telemetry.trace(call, single(at));
  await send(telemetry);
  const spans = only(collector, 'traces').flatMap(spansOf);
  assert.equal(spans.length, 4_096);
  assert.equal(spans[0]!.startTimeUnixNano, `${started + 904}000000`);
  assert.equal(droppedIn(collector, 'waited-too-long'), '904');
});

test('however many agents there are, the figures stay bounded and say so', async (t) => {
  const collector = await openCollector(t);
  const { telemetry } = telling(t, collector.url);
  for (let at = 0; at < 1_500; at += 1) telemetry.observe('sotto.turn.heard_ms', 1, { agent: `a${at}` });
  await send(telemetry);
  const points = metricsOf(only(collector, 'metrics')[0])[0]!.points;
  assert.equal(points.length, 1_001);
  const rest = points.find(({ attributes }) => attributes[0]?.key === 'otel.metric.overflow');
  assert.equal(rest?.count, '500');
});

test('the last words are sent at the end, and a collector that is away does not hold it up', async (t) => {
  const collector = await openCollector(t);
  const { telemetry } = telling(t, collector.url);
  telemetry.trace(call, turn);
  collector.fail({ status: 503 });
  await telemetry.flush();
  await telemetry.flush();
  assert.equal(only(collector, 'traces').length, 1);
});

test('a collector below a path is found there, and nothing else of that setting is dialled', async (t) => {
  const collector = await openCollector(t, '/otlp');
  const { telemetry, http } = telling(t, `${collector.url}/`);
  telemetry.set('sotto.calls.live', 1);
  await send(telemetry);
  assert.deepEqual(
    collector.requests.map(({ path }) => path),
    ['/otlp/v1/metrics'],
  );
  const elsewhere = http(
    { name: 'Other', purpose: '', data: [], region: '', hosts: [] },
    { method: 'GET', url: 'http://127.0.0.1:9/' },
  );
  await assert.rejects(elsewhere, (error) => isProblem(error, 'host-not-listed'));
});

test('a collector address that is none is refused at start', () => {
  for (const url of ['localhost:4318', 'ftp://host', 'http://host/?a=1', 'http://user:word@host']) {
    assert.throws(
      () => readConfig({ SOTTO_OTLP_URL: url }),
      (error) => isProblem(error, 'config-invalid'),
    );
  }
});

test('the collector of these tests is strict: what the protocol forbids is a mistake', () => {
  const ids = { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8) };
  const times = { startTimeUnixNano: '1', endTimeUnixNano: '2' };
  const attributes = [{ key: 'a', value: { intValue: '1' } }];
  const span = { ...ids, ...times, name: 'turn', kind: 1, attributes };
  const of = (one: object) => {
    const resource = { attributes };
    const scopeSpans = [{ scope: { name: 'sotto' }, spans: [one] }];
    return mistakesIn('/v1/traces', { resourceSpans: [{ resource, scopeSpans }] });
  };
  assert.deepEqual(of(span), []);
  const broken = [
    { traceId: 'qrvM3e7/' },
    { spanId: '0'.repeat(16) },
    { kind: 'SPAN_KIND_INTERNAL' },
    { startTimeUnixNano: 1 },
    { parent_span_id: 'cd'.repeat(8) },
    { attributes: [{ key: 'a', value: { intValue: 1 } }] },
    { attributes: [{ key: 'a', value: { stringValue: 'x', boolValue: true } }] },
  ];
  for (const one of broken) assert.equal(of({ ...span, ...one }).length, 1, JSON.stringify(one));
});
