import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** A collector of OTLP over HTTP in JSON, as strict as the protocol: what it takes, a real one takes. */
export type Collector = {
  readonly url: string;
  readonly requests: readonly { readonly path: string; readonly body: unknown }[];
  /** Answers the next requests with these, in order, without taking them; then all is well again. */
  fail(...answers: readonly { readonly status: number; readonly body?: string }[]): void;
};

type KeyValue = { readonly key: string; readonly value: { readonly stringValue?: string } };

/** A data point of any kind of metric. */
export type Point = {
  readonly attributes: readonly KeyValue[];
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
  readonly asDouble: number;
  readonly asInt: string;
  readonly count: string;
  readonly sum: number;
  readonly bucketCounts: readonly string[];
  readonly explicitBounds: readonly number[];
};

/** A metric as it was taken, its points in one place whatever their kind. */
export type Metric = { readonly name: string; readonly points: readonly Point[] };

export type Span = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
};

/** Listens on a free port until the test ends. */
export async function openCollector(t: TestContext, under = ''): Promise<Collector> {
  const requests: { path: string; body: unknown }[] = [];
  const failures: { readonly status: number; readonly body?: string }[] = [];
  const server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const failure = failures.shift();
      const path = request.url ?? '';
      const reply = (status: number, body: string) =>
        answer.writeHead(status, { 'content-type': 'application/json' }).end(body);
      if (failure) return reply(failure.status, failure.body ?? '{}');
      if (request.method !== 'POST' || request.headers['content-type'] !== 'application/json') return reply(415, '{}');
      const body = JSON.parse(Buffer.concat(chunks).toString()) as unknown;
      const mistakes = mistakesIn(path.slice(under.length), body);
      if (mistakes.length > 0) return reply(400, JSON.stringify({ message: mistakes.join('; ') }));
      requests.push({ path, body });
      return reply(200, '{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}${under}`, requests, fail: (...answers) => void failures.push(...answers) };
}

/** What a value of a field has to look like. An object is a message: these fields and no others, none of them absent. */
type Shape =
  | { readonly [field: string]: Shape; readonly [list]?: never }
  | { readonly [list]: Shape }
  | ((value: unknown) => boolean);

const list = Symbol('repeated');
const repeated = (of: Shape): Shape => ({ [list]: of });
const text = (value: unknown) => typeof value === 'string' && value.length > 0;
const double = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
/** fixed64, sfixed64 and int64: decimal strings. */
const long = (value: unknown) => typeof value === 'string' && /^\d{1,19}$/.test(value);
/** SPAN_KIND_INTERNAL, AGGREGATION_TEMPORALITY_CUMULATIVE: enums are integers. */
const exactly = (wanted: unknown) => (value: unknown) => value === wanted;
const bytes = (count: number) => (value: unknown) =>
  typeof value === 'string' && new RegExp(`^[0-9a-f]{${count * 2}}$`).test(value) && /[^0]/.test(value);
const optional = (shape: (value: unknown) => boolean) => (value: unknown) => value === undefined || shape(value);

const kinds: { readonly [kind: string]: (value: unknown) => boolean } = {
  stringValue: text,
  boolValue: (value) => typeof value === 'boolean',
  intValue: long,
  doubleValue: double,
};
const oneOf = (value: unknown) => {
  const [field, ...more] = Object.entries(value ?? {});
  return field !== undefined && more.length === 0 && (kinds[field[0]]?.(field[1]) ?? false);
};
const keyValue: Shape = { key: text, value: oneOf };
const attributes = (value: unknown) =>
  Array.isArray(value) && value.every((one) => look(keyValue, one, '').length === 0);
const resource = { attributes };
const scope = { name: text };
const times = { startTimeUnixNano: long, timeUnixNano: long };
const temporality = { aggregationTemporality: exactly(2) };
const named = { name: text, unit: text, description: text };

const metricKinds: { readonly [kind: string]: Shape } = {
  gauge: { dataPoints: repeated({ attributes, ...times, asDouble: double }) },
  sum: {
    ...temporality,
    isMonotonic: exactly(true),
    dataPoints: repeated({ attributes, ...times, asInt: long }),
  },
  histogram: {
    ...temporality,
    dataPoints: repeated({
      attributes,
      ...times,
      count: long,
      sum: double,
      bucketCounts: repeated(long),
      explicitBounds: repeated(double),
    }),
  },
};

const span: Shape = {
  traceId: bytes(16),
  spanId: bytes(8),
  parentSpanId: optional(bytes(8)),
  name: text,
  kind: exactly(1),
  startTimeUnixNano: long,
  endTimeUnixNano: long,
  attributes,
};

/** What is wrong with a request, each with its place. */
export function mistakesIn(path: string, body: unknown): readonly string[] {
  if (path === '/v1/traces') {
    const scopeSpans = repeated({ scope, spans: repeated(span) });
    return look({ resourceSpans: repeated({ resource, scopeSpans }) }, body, '');
  }
  if (path !== '/v1/metrics') return [`${path} is no path of OTLP`];
  const scopeMetrics = repeated({ scope, metrics: repeated(() => true) });
  const outer = look({ resourceMetrics: repeated({ resource, scopeMetrics }) }, body, '');
  return outer.length > 0 ? outer : rawMetrics(body).flatMap(mistakesInMetric);
}

type Raw = { readonly name: string; readonly [kind: string]: unknown };

function rawMetrics(body: unknown): readonly Raw[] {
  const { resourceMetrics } = body as { resourceMetrics: { scopeMetrics: { metrics: Raw[] }[] }[] };
  return resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics));
}

function pointsOf(metric: Raw): readonly Point[] {
  const held = Object.keys(metricKinds).flatMap((kind) => (kind in metric ? [metric[kind]] : []));
  return held.flatMap((one) => (one as { dataPoints: Point[] }).dataPoints);
}

/** Every metric of a request that was taken. */
export function metricsOf(body: unknown): readonly Metric[] {
  return rawMetrics(body).map((metric) => ({ name: metric.name, points: pointsOf(metric) }));
}

/** Every span of a request that was taken. */
export function spansOf(body: unknown): readonly Span[] {
  const { resourceSpans } = body as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

function mistakesInMetric(metric: Raw): readonly string[] {
  const kind = Object.keys(metricKinds).find((one) => one in metric);
  if (kind === undefined) return [`${metric.name} is no gauge, sum or histogram`];
  const mistakes = look({ ...named, [kind]: metricKinds[kind]! }, metric, `/${metric.name}`);
  if (mistakes.length > 0 || kind !== 'histogram') return mistakes;
  return pointsOf(metric).flatMap(({ bucketCounts, explicitBounds, count }) => {
    const isWhole = bucketCounts.reduce((sum, one) => sum + Number(one), 0) === Number(count);
    const fits = bucketCounts.length === explicitBounds.length + 1;
    return isWhole && fits ? [] : [`${metric.name}: buckets do not fit count or bounds`];
  });
}

function look(shape: Shape, value: unknown, at: string): readonly string[] {
  if (typeof shape === 'function') return shape(value) ? [] : [`${at} is ${JSON.stringify(value)}`];
  if (list in shape) {
    const items = shape[list];
    const isFull = Array.isArray(value) && value.length > 0;
    return isFull ? value.flatMap((one, index) => look(items, one, `${at}/${index}`)) : [`${at} is empty or no list`];
  }
  if (typeof value !== 'object' || value === null) return [`${at} is no message`];
  const given = value as Record<string, unknown>;
  const unknown = Object.keys(given).filter((name) => !(name in shape));
  return [
    ...unknown.map((name) => `${at}/${name} is no field`),
    ...Object.entries(shape).flatMap(([name, inner]) => look(inner, given[name], `${at}/${name}`)),
  ];
}
