import { loggable } from './log.ts';

type Declared =
  | { readonly kind: 'counter'; readonly unit: string; readonly say: string }
  | { readonly kind: 'gauge'; readonly unit: string; readonly say: string }
  | { readonly kind: 'histogram'; readonly unit: string; readonly say: string; readonly bounds: readonly number[] };

/** Every figure that can leave, by its OpenTelemetry name. A new one is one entry here. */
export const metrics = {
  'sotto.turn.heard_ms': {
    kind: 'histogram',
    unit: 'ms',
    say: "From the end of a caller's words to the first acknowledged sound of the answer",
    bounds: [100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1200, 1500, 2000, 3000, 5000, 10_000],
  },
  'sotto.line.delay_ms': {
    kind: 'gauge',
    unit: 'ms',
    say: 'How late the event loop of an audio process was in its last seconds, half and 99 of a hundred times',
  },
  'sotto.calls.live': { kind: 'gauge', unit: '{call}', say: 'Calls held live by an audio process' },
  'sotto.telemetry.dropped': { kind: 'counter', unit: '{span}', say: 'Spans that the collector never got' },
} as const satisfies Record<string, Declared>;

export type MetricName = keyof typeof metrics;
type Named<Kind> = { [Name in MetricName]: (typeof metrics)[Name]['kind'] extends Kind ? Name : never }[MetricName];
export type CounterName = Named<'counter'>;
export type GaugeName = Named<'gauge'>;
export type HistogramName = Named<'histogram'>;

/** Ids, fixed words and numbers, under the rule of the log: anything else becomes `[refused]`. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** One line of figures: a metric for one set of attributes, added up since the start. */
export type Series = {
  readonly name: MetricName;
  readonly attributes: Attributes;
  /** Of a counter the sum, of a gauge the latest, of a histogram the sum of all values. */
  value: number;
  count: number;
  /** Of a histogram: how many values lay at or below each bound, and above the last. */
  readonly buckets: number[];
};

/** So many sets of attributes of one metric are told apart; further ones go into one that says so. */
const mostSeries = 1000;
/** As OpenTelemetry's metrics SDK names it (specification, "Cardinality limits"). */
const overflow: Attributes = { 'otel.metric.overflow': true };

/** Adds up figures in memory of bounded size. */
export function openSeries(): {
  add(name: CounterName, by: number, attributes: Attributes): void;
  set(name: GaugeName, value: number, attributes: Attributes): void;
  observe(name: HistogramName, value: number, attributes: Attributes): void;
  all(): readonly Series[];
} {
  const families = new Map<MetricName, Map<string, Series>>();
  const seriesOf = (name: MetricName, given: Attributes): Series => {
    const family = families.get(name) ?? new Map<string, Series>();
    families.set(name, family);
    const wanted = kept(given);
    const isFull = family.size >= mostSeries && !family.has(keyOf(wanted));
    const attributes = isFull ? overflow : wanted;
    const key = keyOf(attributes);
    const found = family.get(key) ?? { name, attributes, value: 0, count: 0, buckets: emptyBuckets(name) };
    family.set(key, found);
    return found;
  };
  return {
    add(name, by, attributes) {
      seriesOf(name, attributes).value += by;
    },
    set(name, value, attributes) {
      if (Number.isFinite(value)) seriesOf(name, attributes).value = value;
    },
    observe(name, value, attributes) {
      if (!Number.isFinite(value)) return;
      const series = seriesOf(name, attributes);
      const above = metrics[name].bounds.findIndex((bound) => value <= bound);
      series.value += value;
      series.count += 1;
      series.buckets[above < 0 ? series.buckets.length - 1 : above]! += 1;
    },
    all: () => [...families.values()].flatMap((family) => [...family.values()]),
  };
}

/** The attributes as they may leave, in one order. */
export function kept(attributes: Attributes): Attributes {
  const sorted = Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, value]) => [name, loggable(value)]));
}

function keyOf(attributes: Attributes): string {
  return JSON.stringify(attributes);
}

function emptyBuckets(name: MetricName): number[] {
  const declared: Declared = metrics[name];
  return declared.kind === 'histogram' ? Array.from({ length: declared.bounds.length + 1 }, () => 0) : [];
}
