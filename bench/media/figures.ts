import { lossDown, lossUp, reactions, type Ledger } from './ledger.ts';
import type { Machine } from './process-cost.ts';
import type { Costs } from './round.ts';
import { median, spreadOf, type Spread } from './samples.ts';
import type { CarrierReport, ModelReport } from './talk.ts';

/** What one round showed. Milliseconds, unless said otherwise. */
export type Figures = {
  readonly up: Spread;
  readonly down: Spread;
  readonly bargeIn: Spread;
  readonly wrongs: Wrongs;
  /** CPU seconds for a minute of one call, by part of the bridge. */
  readonly cpu: Shares;
  /** Kilobytes that the bridge has grown by for each call. */
  readonly memory: Shares;
  /** Frames dropped from the end of answers that were spoken over: as it should be. */
  readonly cut: number;
  /** Frames of silence that the bridge put in for late ones. */
  readonly silence: number;
  /** The most audio that was queued at the carrier for one call. */
  readonly aheadMs: number;
  /** How much too late the load sent its frames, 99 of a hundred: beyond a few, the machine is overloaded. */
  readonly lateMs: number;
  /** Processors that programs other than this benchmark kept busy meanwhile: a quiet machine has none. */
  readonly othersBusy: number;
};

/** Frames and sockets that did not do as they should; all zero in a bridge that keeps its word. */
export type Wrongs = {
  readonly lost: number;
  readonly altered: number;
  readonly crossed: number;
  readonly disordered: number;
  /** Barge-ins after which nothing was cleared. */
  readonly missed: number;
  /** Frames of an answer that came after it had been cleared. */
  readonly stale: number;
  /** Media streams that ended, or never reached the model, during the round. */
  readonly dropped: number;
};

export type Shares = { readonly main: number; readonly child: number; readonly postgres: number };

type Round = {
  readonly calls: number;
  readonly tookMs: number;
  /** Costs before the first call ever, at the beginning and at the end of the measured time. */
  readonly before: Costs;
  readonly from: Costs;
  readonly until: Costs;
  /** The whole machine, at the beginning and at the end of the measured time. */
  readonly machine: readonly [Machine, Machine];
};

/** Brings together what both ends saw. */
export function judge(carrier: CarrierReport, model: ModelReport, round: Round): Figures {
  const { calls, tookMs, before, from, until, machine } = round;
  const callMinutes = (calls * tookMs) / 60_000;
  const { bargeIn, ...wrongs } = compare(carrier, model);
  return {
    up: spreadOf(model.upMs),
    down: spreadOf(carrier.downMs),
    bargeIn: spreadOf(bargeIn),
    wrongs: {
      ...wrongs.wrongs,
      altered: carrier.altered + model.altered,
      crossed: carrier.crossed + model.crossed,
    },
    cpu: eachPart((part) => (until[part].cpuSeconds - from[part].cpuSeconds) / callMinutes),
    memory: eachPart((part) => (until[part].rssBytes - before[part].rssBytes) / 1024 / calls),
    cut: wrongs.cut,
    silence: model.silence,
    aheadMs: carrier.aheadMs,
    lateMs: spreadOf(carrier.lateMs).p99,
    othersBusy: othersBusy(machine, tookMs),
  };
}

function othersBusy([first, last]: Round['machine'], tookMs: number): number {
  const usedSeconds = last.usedSeconds - first.usedSeconds;
  return Math.max(0, (usedSeconds - (last.ourSeconds - first.ourSeconds)) / (tookMs / 1e3));
}

const nothing: Ledger = { spans: [], disordered: 0 };

function compare(carrier: CarrierReport, model: ModelReport) {
  const bargeIn: number[] = [];
  const wrongs = { lost: 0, disordered: 0, missed: 0, stale: 0, dropped: 0 };
  let cut = 0;
  for (const call of carrier.calls) {
    const sessions = model.sessions.filter(({ number }) => number === call.number);
    const [session] = sessions;
    if (call.isDropped || sessions.length !== 1) wrongs.dropped += 1;
    const echoed = session?.got ?? nothing;
    const down = lossDown(session?.answers ?? [], echoed, call.got);
    const reacted = reactions(session?.answers ?? [], call.clears, call.got);
    wrongs.lost += lossUp(call.sent, echoed) + down.lost;
    wrongs.disordered += call.got.disordered + echoed.disordered;
    wrongs.missed += reacted.missed;
    wrongs.stale += reacted.stale;
    bargeIn.push(...reacted.tookMs);
    cut += down.cut;
  }
  return { wrongs, cut, bargeIn };
}

/** Figure by figure the middle one of the rounds; what went wrong is added up, for one wrong frame is one too many. */
export function middle(rounds: readonly Figures[]): Figures {
  const of = (read: (figures: Figures) => number) => median(rounds.map(read));
  const spread = (which: 'up' | 'down' | 'bargeIn'): Spread => ({
    p50: of((one) => one[which].p50),
    p95: of((one) => one[which].p95),
    p99: of((one) => one[which].p99),
  });
  const sum = (read: (figures: Figures) => number) => rounds.reduce((so, one) => so + read(one), 0);
  return {
    up: spread('up'),
    down: spread('down'),
    bargeIn: spread('bargeIn'),
    wrongs: {
      lost: sum((one) => one.wrongs.lost),
      altered: sum((one) => one.wrongs.altered),
      crossed: sum((one) => one.wrongs.crossed),
      disordered: sum((one) => one.wrongs.disordered),
      missed: sum((one) => one.wrongs.missed),
      stale: sum((one) => one.wrongs.stale),
      dropped: sum((one) => one.wrongs.dropped),
    },
    cpu: eachPart((part) => of((one) => one.cpu[part])),
    memory: eachPart((part) => of((one) => one.memory[part])),
    cut: of((one) => one.cut),
    silence: of((one) => one.silence),
    aheadMs: of((one) => one.aheadMs),
    lateMs: of((one) => one.lateMs),
    othersBusy: of((one) => one.othersBusy),
  };
}

export function wrongCount({ wrongs }: Pick<Figures, 'wrongs'>): number {
  return Object.values(wrongs).reduce((sum, count) => sum + count, 0);
}

/** The program itself, without a database below it. */
export function ownShare({ main, child }: Shares): number {
  return main + child;
}

function eachPart(share: (part: keyof Shares) => number): Shares {
  return { main: share('main'), child: share('child'), postgres: share('postgres') };
}
