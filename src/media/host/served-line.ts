import { errorWords, isProblem, pause, type Cancel, type Ctx } from '#base';
import type { CallName, Desk, Joining, LineLoad, Order, ToLine } from '../desk.ts';
import type { Deliveries, Happened } from './deliveries.ts';
import type { Welcome } from './greeting.ts';
import type { JsonSocket } from './json-socket.ts';
import { meetLine, type Visitor } from './meet-line.ts';
import { readToDesk, streamName } from './messages.ts';
import type { Notice } from './place.ts';

/** One line as the desk sees it, over as many links as it takes. */
export type ServedLine = {
  isMet(): boolean;
  /** What it said of itself last. */
  load(): LineLoad | undefined;
  carries(call: CallName): boolean;
  /** False when it cannot be told now; `resumed` comes when it can. */
  order(call: CallName, order: Order): boolean;
  /** Tells it to take no more calls and to end after the last, now or as soon as it can be told. */
  drain(): void;
  /** Tells it to close every call and end. */
  end(): void;
  /** Resolves when it was met for the first time, or could not be. */
  readonly tried: Promise<void>;
  /** Resolves when nobody listens there any more (`gone`), or it is left alone. */
  readonly over: Promise<'gone' | 'left'>;
  /** The line has died. */
  lost(): void;
  /** Leaves it alone: somebody else may serve it. */
  leave(): void;
};

export type Serving = {
  readonly notice: Notice;
  /** What we say to be let in. */
  readonly word: string;
  readonly desk: Pick<Desk, 'join' | 'allowed' | 'left'>;
  readonly deliveries: Deliveries;
  /** Called when it was met, with the number of calls that it carries. */
  readonly met: (calls: number) => void;
  /** Called when it does nothing any more. */
  readonly stuck: () => void;
  /** Called when there is no talking to it: one link after the other breaks, or none comes about. */
  readonly hopeless: () => void;
};

/** A link that held so long was a good one. */
const goodMs = 10_000;
/** Links broken one after the other, with growing pauses between: about 20 s. */
const mostFailures = 9;
const firstPauseMs = 50;
const longestPauseMs = 5_000;
/** A line tells every 5 s how it is doing; one that does not for so long is stuck. */
const silentMs = 30_000;

type Served = {
  readonly ctx: Pick<Ctx, 'clock' | 'log'>;
  readonly serving: Serving;
  readonly calls: Map<string, CallName>;
  readonly tried: PromiseWithResolvers<void>;
  link: JsonSocket | undefined;
  load: LineLoad | undefined;
  wish: Extract<ToLine, { drain: true } | { end: true }> | undefined;
  readonly left: PromiseWithResolvers<void>;
  isLeft: boolean;
};

/** Goes to a line, again whenever the link breaks, and does what it asks. */
export function serveLine(ctx: Pick<Ctx, 'clock' | 'log'>, serving: Serving): ServedLine {
  const served: Served = {
    ctx,
    serving,
    calls: new Map(),
    tried: Promise.withResolvers<void>(),
    link: undefined,
    load: undefined,
    wish: undefined,
    left: Promise.withResolvers<void>(),
    isLeft: false,
  };
  const over = keepMeeting(served);
  const wish = (wanted: Served['wish']) => {
    served.wish = wanted;
    tellWish(served);
  };
  return {
    isMet: () => served.link !== undefined,
    load: () => served.load,
    carries: (call) => served.calls.has(streamName(call)),
    order: (call, order) => say(served, { call, order }),
    drain: () => wish({ drain: true }),
    end: () => wish({ end: true }),
    tried: served.tried.promise,
    over,
    lost() {
      leave(served);
      for (const call of served.calls.values()) lose(served, call);
    },
    leave: () => leave(served),
  };
}

function leave(served: Served): void {
  served.isLeft = true;
  served.left.resolve();
  served.link?.cut();
}

async function keepMeeting(served: Served): Promise<'gone' | 'left'> {
  const { ctx, serving } = served;
  for (let failures = 0; !served.isLeft;) {
    const since = ctx.clock.now();
    const how = await meetLine(ctx, serving, visitorOf(served));
    served.tried.resolve();
    if (how === 'gone') return how;
    if (served.isLeft) break;
    failures = ctx.clock.now() - since > goodMs ? 0 : failures + 1;
    // A line that ends its link in order has ended; if not, what is wrong shows at the next try.
    if (how !== 'busy' && how !== 'closed') ctx.log('line.link-lost', { why: how });
    if (failures >= mostFailures && how !== 'busy') serving.hopeless();
    const waitMs = Math.min(firstPauseMs * 2 ** failures, longestPauseMs);
    await Promise.race([pause(ctx.clock, waitMs), served.left.promise]);
  }
  return 'left';
}

function takeUp(served: Served, { calls }: Welcome): void {
  const { deliveries, met } = served.serving;
  const known = new Set(calls.map(({ call }) => streamName(call)));
  // Let in by an answer that never arrived.
  for (const [name, call] of served.calls) if (!known.has(name)) lose(served, call);
  for (const { call } of calls) served.calls.set(streamName(call), call);
  if (calls.length > 0) deliveries.resume(calls);
  met(calls.length);
}

function visitorOf(served: Served): Visitor {
  const { ctx, serving } = served;
  let stuck: Cancel = () => {};
  return {
    met(link, welcome) {
      if (served.isLeft) return link.cut();
      served.link = link;
      stuck = ctx.clock.after(silentMs, serving.stuck);
      tellAllowed(served);
      takeUp(served, welcome);
      tellWish(served);
      served.tried.resolve();
    },
    received(message) {
      const told = readToDesk(message);
      if (!told) return false;
      if ('happened' in told) return note(served, told);
      if ('ask' in told) void letIn(served, told.ask, told.join);
      else {
        served.load = told.load;
        serving.desk.left(told.load.egress);
        tellAllowed(served);
        stuck();
        stuck = ctx.clock.after(silentMs, serving.stuck);
      }
      return true;
    },
    lost() {
      stuck();
      served.link = undefined;
    },
  };
}

function note(served: Served, told: Happened): boolean {
  const { call, happened } = told;
  return served.serving.deliveries.put(told, (taken) => {
    if (happened.type === 'closed') served.calls.delete(streamName(call));
    say(served, { call, taken });
  });
}

async function letIn(served: Served, ask: number, joining: Joining): Promise<void> {
  const { ctx, link } = served;
  const { desk, deliveries } = served.serving;
  try {
    const plan = await desk.join(joining);
    deliveries.open(plan.call, plan.taken);
    tellAllowed(served);
    served.calls.set(streamName(plan.call), plan.call);
    if (link && link === served.link && say(served, { answer: ask, plan })) return;
    lose(served, plan.call);
  } catch (error) {
    if (!isProblem(error)) ctx.log('error.internal', errorWords(error));
    say(served, { answer: ask, refused: isProblem(error) ? error.code : 'internal' });
  }
}

function lose(served: Served, call: CallName): void {
  served.calls.delete(streamName(call));
  served.serving.deliveries.lost(call);
}

function tellAllowed(served: Served): void {
  say(served, { allowed: served.serving.desk.allowed() });
}

function tellWish(served: Served): void {
  if (served.wish) say(served, served.wish);
}

function say(served: Served, message: ToLine): boolean {
  return served.link?.send(JSON.stringify(message)) ?? false;
}
