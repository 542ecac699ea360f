import type { Socket } from 'node:net';
import { keepAlive, pause, type Ctx } from '#base';
import type { Arrival, CallName, Desk, LineLoad, Order } from '../desk.ts';
import { aborted } from './aborted.ts';
import { openDeliveries, type Deliveries } from './deliveries.ts';
import { forkLine, lineProgram, type ForkOptions, type LineProcess } from './fork-line.ts';
import { clearPlace, clearUnborn, findPlaces, type Place } from './place.ts';
import { serveLine, type ServedLine } from './served-line.ts';

/** The processes that carry live audio, as the process with the database has them. */
export type Lines = {
  /** Whether a new stream could be taken now. */
  ready(): boolean;
  /**
   * Gives a verified media socket away, its handshake still unanswered and nothing here reading it (`reopened`). False
   * when no line can take it.
   */
  take(arrival: Arrival, socket: Socket): boolean;
  /** Tells a live call what to do. False when its line cannot be reached now; the desk's `resumed` comes when it can. */
  order(call: CallName, order: Order): boolean;
  /** What each line said of itself last. */
  load(): readonly LineLoad[];
  /**
   * Takes no new streams and resolves when the last call has ended and is written down; after SOTTO_DRAIN_MINUTES, or
   * when `hurry` is aborted, those that are left are closed.
   */
  drain(hurry?: AbortSignal): Promise<void>;
  /** Ends our own line, calls and all. A line that outlived an earlier desk is left to the next, unless it was drained. */
  close(): Promise<void>;
};

export type LinesCtx = Pick<Ctx, 'config' | 'clock' | 'random' | 'log'>;

/** What a line may take from being told to end until it has. */
const endingMs = 8_000;
/** A line that ran so long failed for a reason of its own. */
const soundMs = 60_000;
const firstPauseMs = 250;
const longestPauseMs = 30_000;

type Own = { readonly process: LineProcess; readonly served: ServedLine };

type House = {
  readonly ctx: LinesCtx;
  readonly desk: Desk;
  readonly fork: ForkOptions;
  readonly deliveries: Deliveries;
  /** Lines that others started. */
  readonly adopted: Map<ServedLine, Promise<void>>;
  own: Own | undefined;
  /** No line is started any more. */
  readonly stopping: AbortController;
};

/**
 * Starts the process that carries live audio and sees to it that there always is one; takes over every line that
 * outlived the desk it belonged to. Resolves when the first line is ready, or cannot be started for the time being.
 */
export async function openLines(ctx: LinesCtx, desk: Desk, fork: ForkOptions = lineProgram): Promise<Lines> {
  const deliveries = openDeliveries(ctx, desk);
  const house: House = {
    ctx,
    desk,
    fork,
    deliveries,
    adopted: new Map(),
    own: undefined,
    stopping: new AbortController(),
  };
  const letGo = keepAlive();
  await clearUnborn(ctx.config);
  const left = await findPlaces(ctx.config);
  const met = left.map((place) => adopt(house, place).tried);
  const tried = Promise.withResolvers<void>();
  const supervised = supervise(house, tried.resolve);
  await Promise.all([tried.promise, ...met]);
  letGo();
  const all = () => [...(house.own ? [house.own.served] : []), ...house.adopted.keys()];
  return {
    ready: () => !house.stopping.signal.aborted && house.own?.served.isMet() === true,
    take(arrival, socket) {
      const isTaking = !house.stopping.signal.aborted && house.own?.served.isMet() === true;
      return isTaking && house.own?.process.hand(arrival, socket) === true;
    },
    order: (call, order) =>
      all()
        .find((line) => line.carries(call))
        ?.order(call, order) ?? false,
    load: () => all().flatMap((line) => line.load() ?? []),
    drain: (hurry) => drain(house, supervised, hurry),
    close: () => close(house, supervised),
  };
}

/** Keeps one line running. One that dies is replaced at once; one that dies again and again with growing pauses. */
async function supervise(house: House, tried: () => void): Promise<void> {
  const { ctx, stopping } = house;
  for (let failures = 0; !stopping.signal.aborted;) {
    const since = ctx.clock.now();
    await runOwn(house, tried);
    tried();
    failures = ctx.clock.now() - since > soundMs ? 0 : failures + 1;
    if (failures < 2) continue;
    const waitMs = Math.min(firstPauseMs * 2 ** (failures - 2), longestPauseMs);
    await Promise.race([pause(ctx.clock, waitMs), aborted(stopping.signal)]);
  }
}

/** Starts a line and resolves when it has ended, or was given up. */
async function runOwn(house: House, tried: () => void): Promise<void> {
  const { ctx, desk, deliveries, stopping } = house;
  const startedAt = ctx.clock.now();
  const process = forkLine(ctx, house.fork);
  const ready = await process.ready.catch(() => undefined);
  if (!ready) return noteEnd(house, await process.ended);
  const seen = { isMet: false };
  const hopeless = Promise.withResolvers<'hopeless'>();
  const { place, parentWord } = ready;
  const served = serveLine(ctx, {
    notice: place.notice,
    word: parentWord,
    desk,
    deliveries,
    met() {
      if (!seen.isMet) ctx.log('line.started', { pid: process.pid, ms: ctx.clock.now() - startedAt });
      seen.isMet = true;
      tried();
    },
    stuck: process.kill,
    hopeless: () => hopeless.resolve('hopeless'),
  });
  house.own = { process, served };
  if (stopping.signal.aborted) endOwn(house);
  void served.over.then((how) => how === 'gone' && ctx.clock.after(endingMs, process.kill));
  const end = await Promise.race([process.ended, hopeless.promise]);
  house.own = undefined;
  if (end !== 'hopeless') {
    served.lost();
    noteEnd(house, end);
    return clearPlace(place);
  }
  served.leave();
  process.letGo();
  adopt(house, place);
}

function noteEnd({ ctx }: House, { code, signal }: Awaited<LineProcess['ended']>): void {
  ctx.log('line.ended', { code: code ?? undefined, signal: signal ?? undefined });
}

/** Serves a line that has no other desk any more, until it has ended. */
function adopt(house: House, place: Place): ServedLine {
  const { ctx, desk, deliveries, adopted } = house;
  const { notice } = place;
  const seen = { isMet: false };
  const served = serveLine(ctx, {
    notice,
    word: notice.heirWord,
    desk,
    deliveries,
    met(calls) {
      if (!seen.isMet) ctx.log('line.adopted', { calls });
      seen.isMet = true;
    },
    stuck: () => {},
    hopeless: () => {},
  });
  served.drain();
  const over = served.over.then(async (how) => {
    adopted.delete(served);
    if (how === 'left') return;
    served.lost();
    await clearPlace(place);
  });
  adopted.set(served, over);
  return served;
}

async function drain(house: House, supervised: Promise<void>, hurry: AbortSignal | undefined): Promise<void> {
  const { ctx, adopted } = house;
  const letGo = keepAlive();
  house.stopping.abort();
  house.own?.served.drain();
  // One that was never met belongs to somebody else.
  const ours = [...adopted].filter(([line]) => line.isMet());
  const endAll = () => {
    endOwn(house);
    for (const [line] of ours) {
      line.end();
      ctx.clock.after(endingMs, line.leave);
    }
  };
  const stopWaiting = ctx.clock.after(ctx.config.drainMinutes * 60_000, endAll);
  hurry?.addEventListener('abort', endAll, { once: true });
  if (hurry?.aborted) endAll();
  await Promise.all([supervised, ...ours.map(([, over]) => over)]);
  hurry?.removeEventListener('abort', endAll);
  stopWaiting();
  await house.deliveries.settled(endingMs);
  letGo();
}

async function close(house: House, supervised: Promise<void>): Promise<void> {
  const letGo = keepAlive();
  house.stopping.abort();
  endOwn(house);
  await supervised;
  for (const line of house.adopted.keys()) line.leave();
  await house.deliveries.settled(endingMs);
  letGo();
}

function endOwn({ ctx, own }: House): void {
  own?.served.end();
  if (own) ctx.clock.after(endingMs, own.process.kill);
}
