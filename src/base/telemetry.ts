import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Http, HttpResponse } from './http.ts';
import { outside } from './problems.ts';
import { operatorsBaa, type OutsideProcessor } from './processor.ts';
import { newId, type Id, type Random } from './random.ts';
import type { Reconciler } from './reconcile.ts';
import {
  kept,
  openSeries,
  type Attributes,
  type CounterName,
  type GaugeName,
  type HistogramName,
  type Series,
} from './telemetry-metrics.ts';
import { metricsRequest, traceRequest, type SpanRecord, type Teller } from './telemetry-otlp.ts';

/** A stretch of time in a call and what it is made of. Instants in milliseconds since the epoch. */
export type Stretch = {
  readonly name: SpanName;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes?: Attributes;
  readonly parts?: readonly Stretch[];
};

/** What a stretch may be called; free text has no way in. */
export type SpanName = 'turn' | 'turn.endpoint' | 'turn.model' | 'turn.send' | 'turn.heard';

/** Figures and traces about how calls go, never about who called: ids, fixed words and numbers. */
export type Telemetry = {
  count(name: CounterName, by: number, attributes?: Attributes): void;
  /** The value as it is now. */
  set(name: GaugeName, value: number, attributes?: Attributes): void;
  observe(name: HistogramName, value: number, attributes?: Attributes): void;
  /** A stretch of that call. All of one call are one trace, whose id follows from the call's. */
  trace(call: Id, stretch: Stretch): void;
};

/** Telemetry with its way out. */
export type Exporter = Telemetry & {
  /** Sends what has gathered; none without a collector. */
  readonly reconcilers: readonly Reconciler[];
  /** Tries once to send what is left, at the end. */
  flush(): Promise<void>;
};

/** For those who need one and whom nobody listens to. */
export const silentTelemetry: Telemetry = { count() {}, set() {}, observe() {}, trace() {} };

/** Whoever runs the collector is the operator's choice; its host is granted by SOTTO_OTLP_URL and listed nowhere else. */
export const collector: OutsideProcessor = {
  name: 'Telemetry collector',
  purpose: 'Shows the operator how calls go',
  data: ['durations and counts', 'ids of organisations, agents and calls'],
  region: 'where the operator runs it',
  hosts: [],
  es: {
    purpose: 'Muestra al operador cómo van las llamadas',
    data: ['duraciones y recuentos', 'ids de organizaciones, agentes y llamadas'],
    region: 'donde lo ejecute el operador',
  },
  pt: {
    purpose: 'Mostra ao operador como vão as ligações',
    data: ['durações e contagens', 'ids de organizações, agentes e ligações'],
    region: 'onde o operador o executa',
  },
  hi: {
    purpose: 'संचालक को दिखाता है कि कॉल कैसी चल रही हैं',
    data: ['अवधियाँ और गिनतियाँ', 'संगठनों, एजेंटों और कॉल की पहचान-संख्याएँ'],
    region: 'जहाँ संचालक उसे चलाता है',
  },
  website: null,
  security: null,
  baa: operatorsBaa,
  certifications: [],
  keeps: [
    {
      what: 'traces',
      say: {
        en: 'Durations, counts and ids; nothing that anybody said, no number and no name',
        es: 'Duraciones, recuentos e ids; nada de lo dicho, ningún número y ningún nombre',
        pt: 'Durações, contagens e ids; nada do que foi dito, nenhum número e nenhum nome',
        hi: 'अवधियाँ, गिनतियाँ और पहचान-संख्याएँ; किसी की कही बात, नंबर या नाम कुछ नहीं',
      },
      days: null,
      from: 'made',
      deletable: false,
      source: 'the operator of SOTTO_OTLP_URL',
      verified: false,
    },
  ],
};

const everyMs = 15_000;
const withinMs = 5_000;
/** What a collector that is away may leave waiting; older spans go first. */
const mostWaiting = 4096;
const perRequest = 512;

type Senses = {
  readonly config: Pick<Config, 'otlpUrl'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly http: Http;
};

/**
 * Gathers figures and spans and sends them as OTLP over HTTP to SOTTO_OTLP_URL; without it nothing is gathered and
 * nothing leaves. Our own and small, because a vendor's SDK opens connections of its own (decision 10).
 */
export function openTelemetry(senses: Senses): Exporter {
  const { config, clock, random } = senses;
  if (config.otlpUrl === undefined) return { ...silentTelemetry, reconcilers: [], flush: async () => {} };
  const series = openSeries();
  const waiting: SpanRecord[] = [];
  const teller = { instance: newId(senses), startedMs: clock.now() };
  const telemetry: Telemetry = {
    count: (name, by, attributes = {}) => series.add(name, by, attributes),
    set: (name, value, attributes = {}) => series.set(name, value, attributes),
    observe: (name, value, attributes = {}) => series.observe(name, value, attributes),
    trace(call, stretch) {
      waiting.push(...recordsOf(random, call, stretch, undefined));
      const over = waiting.splice(0, Math.max(0, waiting.length - mostWaiting));
      if (over.length > 0) series.add('sotto.telemetry.dropped', over.length, { why: 'waited-too-long' });
    },
  };
  const drop = (count: number) => {
    if (count > 0) telemetry.count('sotto.telemetry.dropped', count, { why: 'refused' });
  };
  const way = wayTo(senses, config.otlpUrl);
  const run = async () => {
    await sendSpans(way, teller, { waiting, drop });
    await sendMetrics(way, teller, series.all());
    return 0;
  };
  return {
    ...telemetry,
    reconcilers: [{ name: 'telemetry', everyMs, run }],
    flush: () => run().then(nothing, nothing),
  };
}

function nothing(): void {}

/** The stretch and its parts, each under the one it is part of. */
function recordsOf(random: Random, call: Id, stretch: Stretch, parent: string | undefined): readonly SpanRecord[] {
  const { name, startMs, endMs, attributes = {}, parts = [] } = stretch;
  const spanId = random.bytes(8).toString('hex');
  const ids = { traceId: call.replaceAll('-', ''), spanId, parentSpanId: parent };
  const own = { ...ids, name, startMs, endMs, attributes: kept(attributes) };
  return [own, ...parts.flatMap((part) => recordsOf(random, call, part, spanId))];
}

type Way = {
  readonly post: (signal: 'metrics' | 'traces', document: object) => Promise<HttpResponse>;
  readonly now: () => number;
};

function wayTo({ http, clock }: Senses, base: string): Way {
  return {
    post: (signal, document) =>
      http(collector, {
        method: 'POST',
        url: `${base}/v1/${signal}`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(document),
        withinMs,
      }),
    now: () => clock.now(),
  };
}

async function sendMetrics({ post, now }: Way, teller: Teller, all: readonly Series[]): Promise<void> {
  // The next request holds all of this one and more, so one that did not arrive is no loss.
  if (all.length > 0) arrived(again(await post('metrics', metricsRequest(teller, all, now()))));
}

type Queue = { readonly waiting: SpanRecord[]; readonly drop: (count: number) => void };

async function sendSpans({ post }: Way, teller: Teller, { waiting, drop }: Queue): Promise<void> {
  while (waiting.length > 0) {
    const batch = waiting.slice(0, perRequest);
    const answer = again(await post('traces', traceRequest(teller, batch)));
    // Meanwhile the oldest may have made room; what was not sent stays.
    const sent = new Set(batch);
    waiting.splice(0, waiting.length, ...waiting.filter((span) => !sent.has(span)));
    drop(answer.status === 200 ? rejectedIn(answer.body) : batch.length);
    arrived(answer);
  }
}

/** Answers after which the same request is to be repeated (OTLP, "Retryable Response Codes"); any other is final. */
const retryable = new Set([429, 502, 503, 504]);

function again(answer: HttpResponse): HttpResponse {
  if (retryable.has(answer.status)) throw outside('telemetry-collector', 'busy');
  return answer;
}

/** A wrong address shows in the log, as the failure of this reconciler. */
function arrived({ status }: HttpResponse): void {
  if (status !== 200) throw outside('telemetry-collector', 'refused');
}

/** A collector that took only some tells how many it did not; those are not sent again (OTLP, "Partial Success"). */
function rejectedIn(body: Buffer): number {
  try {
    const told = JSON.parse(body.toString()) as { partialSuccess?: { rejectedSpans?: string | number } };
    const count = Number(told.partialSuccess?.rejectedSpans ?? 0);
    return Number.isInteger(count) && count > 0 ? Math.min(count, perRequest) : 0;
  } catch {
    return 0; // An answer that is not as the protocol wants it says nothing about spans.
  }
}
