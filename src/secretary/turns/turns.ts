import { iso, ofCalls, sql, type Id, type PageRequest, type Sql, type Tx } from '#base';
import type { TurnTimes } from '#media';

/** One turn of a live call: the caller has spoken, and was answered. */
export type Turn = {
  readonly organisation: Id;
  readonly callId: Id;
  /** Which of the call's streams, and which happening of it: the same one is written once. */
  readonly stream: number;
  readonly n: number;
  readonly agentId: Id;
  /** When the answer began to be heard, in milliseconds since the epoch. */
  readonly at: number;
  readonly times: TurnTimes;
};

/** Writes a turn down. Told twice, it is written once; returns whether it was new. */
export async function writeTurn(tx: Tx, turn: Turn): Promise<boolean> {
  return (await tx.run(turnInsert(turn))) > 0;
}

/** `writeTurn` as a statement, for whoever writes more with it. */
export function turnInsert(turn: Turn): Sql {
  const { organisation, callId, stream, n, agentId, at, times } = turn;
  return sql`
    insert into app.turns (organisation_id, call_id, stream, n, agent_id, at, endpoint_ms, model_ms, sent_ms, heard_ms)
    values (${organisation}, ${callId}, ${stream}, ${n}, ${agentId}, ${iso(at)}, ${whole(times.endpointMs)}, ${whole(times.modelMs)},
      ${whole(times.sentMs)}, ${whole(times.heardMs)})
    on conflict (organisation_id, call_id, stream, n) do nothing`;
}

/** Clocks of two machines tell it together; what came out below zero was no time at all. */
function whole(ms: number): number {
  return Math.max(0, Math.round(ms));
}

/** Half, 95 and 99 of a hundred turns took at most so many milliseconds. */
export type Spread = { readonly p50: number; readonly p95: number; readonly p99: number };

/** How long callers waited. */
export type Latency = {
  readonly turns: number;
  /** The headline: from the end of the caller's words to the first acknowledged sound. */
  readonly heard: Spread;
  /** What it is made of, each by itself, so that the percentiles of the parts do not add up to those of the whole. */
  readonly parts: {
    /** Until the model said that the caller had stopped. */
    readonly endpoint: Spread;
    /** From there to the first sound of its answer. */
    readonly model: Spread;
    /** From there until we had sent it. */
    readonly sending: Spread;
    /** From there until the carrier acknowledged it: its network, its queue, and the way back. */
    readonly playing: Spread;
  };
};

/** A turn of one call as the API may show it. `at` in milliseconds since the epoch. */
export type TurnView = Pick<Turn, 'n' | 'at'> & TurnTimes;

/** How long the caller of one call waited each time, in order; at most 500 turns. Who may see the call may see them. */
export async function turnsOfCall(tx: Tx, organisation: Id, callId: Id): Promise<TurnView[]> {
  const rows = await tx.rows<Omit<TurnView, 'at'> & { at: Date }>(sql`
    select row_number() over (order by at, stream, n)::int as n, at, endpoint_ms as "endpointMs",
      model_ms as "modelMs", sent_ms as "sentMs", heard_ms as "heardMs"
    from app.turns where organisation_id = ${organisation} and call_id = ${callId}
    order by at, stream, n limit 500`);
  return rows.map(({ at, ...times }) => ({ ...times, at: at.getTime() }));
}

/**
 * Half of the answers of these agents since `since` (milliseconds since the epoch) were heard within this; null when there
 * were none.
 */
export async function medianWait(
  tx: Tx,
  organisation: Id,
  {
    agents,
    since,
    ...within
  }: Pick<PageRequest, 'ofCalls'> & { readonly agents: readonly Id[]; readonly since: number },
): Promise<number | null> {
  const row = await tx.one<{ median: number | null }>(sql`
    select percentile_cont(0.5) within group (order by heard_ms) as median
    from unnest(${agents}::uuid[]) as agent
    cross join lateral (
      select heard_ms from app.turns
      where organisation_id = ${organisation} and agent_id = agent and at >= ${iso(since)} ${ofCalls(within)}
      order by at desc limit ${mostOfAgent}) newest`);
  return row.median === null ? null : Math.round(row.median);
}

/** More turns of one agent than this are not looked at for a median; the newest stand for them. */
const mostOfAgent = 10_000;

/** More turns than this in a window are not looked at; the newest stand for them. */
const mostTurns = 100_000;

/** What turns of an agent took in a window of instants (milliseconds since the epoch); undefined when there was none. */
export async function turnLatency(
  tx: Tx,
  organisation: Id,
  agentId: Id,
  window: Pick<PageRequest, 'ofCalls'> & { readonly from: number; readonly until: number },
): Promise<Latency | undefined> {
  const row = await tx.one<Row>(sql`
    select count(*)::int as turns,
      percentile_cont(array[0.5, 0.95, 0.99]) within group (order by heard_ms) as heard,
      percentile_cont(array[0.5, 0.95, 0.99]) within group (order by endpoint_ms) as endpoint,
      percentile_cont(array[0.5, 0.95, 0.99]) within group (order by model_ms - endpoint_ms) as model,
      percentile_cont(array[0.5, 0.95, 0.99]) within group (order by sent_ms - model_ms) as sending,
      percentile_cont(array[0.5, 0.95, 0.99]) within group (order by heard_ms - sent_ms) as playing
    from (
      select endpoint_ms, model_ms, sent_ms, heard_ms from app.turns
      where organisation_id = ${organisation} and agent_id = ${agentId}
        and at >= ${iso(window.from)} and at < ${iso(window.until)} ${ofCalls(window)}
      order by at desc limit ${mostTurns}) newest`);
  if (row.turns === 0) return undefined;
  const { endpoint, model, sending, playing } = row;
  return {
    turns: row.turns,
    heard: spread(row.heard),
    parts: { endpoint: spread(endpoint), model: spread(model), sending: spread(sending), playing: spread(playing) },
  };
}

type Percentiles = readonly [number, number, number];

/** Without a turn, `turns` is zero and the percentiles are null. */
type Row = {
  readonly turns: number;
  readonly heard: Percentiles;
  readonly endpoint: Percentiles;
  readonly model: Percentiles;
  readonly sending: Percentiles;
  readonly playing: Percentiles;
};

/** Interpolated between two turns, to a tenth of a millisecond. */
function spread([p50, p95, p99]: Percentiles): Spread {
  const tenth = (ms: number) => Math.round(ms * 10) / 10;
  return { p50: tenth(p50), p95: tenth(p95), p99: tenth(p99) };
}
