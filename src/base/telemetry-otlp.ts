import { metrics, type Attributes, type MetricName, type Series } from './telemetry-metrics.ts';

/**
 * The JSON form of OTLP: protobuf's JSON mapping with ids in hex, enums as integers, and 64-bit integers as decimal
 * strings (opentelemetry-proto, docs/specification.md, "JSON Protobuf Encoding").
 */

/** A span as it is sent. Instants in milliseconds since the epoch. */
export type SpanRecord = {
  /** 16 bytes in hex. */
  readonly traceId: string;
  /** 8 bytes in hex. */
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Attributes;
};

/** Who tells: the program, and which running copy of it. */
export type Teller = { readonly instance: string; readonly startedMs: number };

/** AggregationTemporality of metrics.proto: sums count from the start, so an export that is lost loses nothing. */
const cumulative = 2;
/** SpanKind of trace.proto. */
const internal = 1;

/** An `ExportMetricsServiceRequest`. */
export function metricsRequest(teller: Teller, all: readonly Series[], nowMs: number): object {
  const byName = Map.groupBy(all, ({ name }) => name);
  const span = { startTimeUnixNano: nano(teller.startedMs), timeUnixNano: nano(nowMs) };
  const told = [...byName].map(([name, series]) => metricOf(name, series, span));
  return { resourceMetrics: [{ resource: resourceOf(teller), scopeMetrics: [{ scope, metrics: told }] }] };
}

/** An `ExportTraceServiceRequest`. */
export function traceRequest(teller: Teller, spans: readonly SpanRecord[]): object {
  const told = spans.map(({ traceId, spanId, parentSpanId, name, startMs, endMs, attributes }) => ({
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name,
    kind: internal,
    startTimeUnixNano: nano(startMs),
    endTimeUnixNano: nano(endMs),
    attributes: keyValues(attributes),
  }));
  return { resourceSpans: [{ resource: resourceOf(teller), scopeSpans: [{ scope, spans: told }] }] };
}

const scope = { name: 'sotto' };

function resourceOf({ instance }: Teller): object {
  return { attributes: keyValues({ 'service.name': 'sotto', 'service.instance.id': instance }) };
}

type Times = { readonly startTimeUnixNano: string; readonly timeUnixNano: string };

function metricOf(name: MetricName, series: readonly Series[], times: Times): object {
  const declared = metrics[name];
  const told = { name, unit: declared.unit, description: declared.say };
  const point = (one: Series) => ({ attributes: keyValues(one.attributes), ...times });
  if (declared.kind === 'gauge') {
    const dataPoints = series.map((one) => ({ ...point(one), asDouble: one.value }));
    return { ...told, gauge: { dataPoints } };
  }
  if (declared.kind === 'counter') {
    const dataPoints = series.map((one) => ({ ...point(one), asInt: `${one.value}` }));
    return { ...told, sum: { aggregationTemporality: cumulative, isMonotonic: true, dataPoints } };
  }
  const dataPoints = series.map((one) => ({
    ...point(one),
    count: `${one.count}`,
    sum: one.value,
    bucketCounts: one.buckets.map(String),
    explicitBounds: declared.bounds,
  }));
  return { ...told, histogram: { aggregationTemporality: cumulative, dataPoints } };
}

function keyValues(attributes: Attributes): readonly object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: string | number | boolean): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isInteger(value) ? { intValue: `${value}` } : { doubleValue: value };
}

/** Nanoseconds do not fit into a number; microseconds do, and finer we do not know. */
function nano(ms: number): string {
  return `${BigInt(Math.round(ms * 1e3)) * 1000n}`;
}
