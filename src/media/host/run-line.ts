import { keepAlive, pause, type Cancel, type Ctx, type Egress, type SocketWatch } from '#base';
import type { StreamDialect } from '#adapters/carriers';
import type { Allowed, CallName, Happening, LinePlan, ToDesk } from '../desk.ts';
import { openAsks, type Asks } from './asks.ts';
import { openDeskEnd, type DeskEnd, type DeskListener } from './desk-end.ts';
import type { Carry } from './live-call.ts';
import { openLoadReport, type LoadReport } from './load-report.ts';
import { openOutbox, type Outbox } from './outbox.ts';
import type { LineParent } from './parent.ts';
import { isFindable } from './place.ts';
import { openStreams, type Streams } from './streams.ts';

export type LineSenses = Pick<Ctx, 'config' | 'clock' | 'random' | 'log'>;

export type LineOptions = {
  readonly parent: LineParent;
  /** How a carrier speaks over its media sockets; undefined when it is not known. */
  readonly dialect: (carrier: string) => StreamDialect | undefined;
  readonly carry: Carry;
  /** Every connection that this process opens. */
  readonly sockets: Pick<SocketWatch, 'ledger'>;
  /** What the way out counted since the start. */
  readonly ledger: Egress['ledger'];
  /** Hears who may get data, whenever the desk says it. */
  readonly allow: (allowed: Allowed) => void;
};

/** How long a line without any desk goes on. */
const aloneMs = 3_600_000;
/** How long calls have to close when the line must end now. */
const closingMs = 5_000;
/** How often a line without its parent looks whether it could still be found. */
const noticeMs = 5_000;

/**
 * Carries the audio of live calls until there is nothing left to carry: takes sockets from the process that started it,
 * asks the desk whose call each is, and tells it what happens. When the desk dies its calls go on, and what happens is
 * kept for the next desk; new calls are not taken. Resolves when it has been told to drain, or its desk is gone, and the
 * last call has ended and everything is told; an hour without a desk ends it too.
 */
export async function runLine(ctx: LineSenses, options: LineOptions): Promise<void> {
  const line = assemble(ctx, options);
  const desk = await openDeskEnd(ctx, deskListener(line));
  line.desk = desk;
  const letGo = keepAlive();
  const { parent } = options;
  parent.listen({
    arrived(arrival, socket) {
      // One that was on its way when we were told to drain is still let in.
      if (line.isEnding) socket.destroy();
      else line.streams.arrive(arrival, socket);
    },
    gone() {
      desk.orphan();
      ctx.log('line.orphaned', { calls: line.streams.count() });
      drain(line, 'drained');
      void untilForsaken(line, desk);
    },
    stop: () => end(line, 'asked'),
  });
  parent.ready({ parentWord: desk.parentWord, place: desk.place });
  ctx.log('line.stopped', { why: await line.over.promise });
  line.alone();
  // What was refused last is not to be lost with us.
  await line.load.now();
  line.load.stop();
  await desk.close();
  parent.letGo();
  letGo();
}

/** Why a line ends. */
type Reason = 'drained' | 'asked' | 'no-desk';

type Line = {
  readonly ctx: LineSenses;
  readonly streams: Streams;
  readonly outbox: Outbox;
  readonly asks: Asks;
  readonly load: LoadReport;
  readonly allow: LineOptions['allow'];
  readonly over: PromiseWithResolvers<Reason>;
  desk: DeskEnd | undefined;
  draining: Reason | undefined;
  /** Calls have been told to close. */
  isEnding: boolean;
  /** No desk will ever come. */
  isForsaken: boolean;
  /** Of the time without a desk. */
  alone: Cancel;
};

function assemble(ctx: LineSenses, { dialect, carry, sockets, ledger, allow }: LineOptions): Line {
  const send = (json: string) => line.desk?.send(json) ?? false;
  const check = () => endWhenDone(line);
  const outbox = openOutbox({ send, backlog: () => line.desk?.backlog() ?? 0, closed: check });
  const tell = (call: CallName, happening: Happening) => outbox.put(call, happening, ctx.clock.now());
  const late = ({ call, taken }: LinePlan) => {
    outbox.open(call, taken);
    tell(call, { type: 'closed', how: 'dropped' });
  };
  const asks = openAsks(ctx, { send, late });
  const streams = openStreams(ctx, {
    dialect,
    carry,
    ask: asks.ask,
    open: outbox.open,
    tell,
    whenTaken: outbox.whenTaken,
    left: check,
  });
  const line: Line = {
    ctx,
    streams,
    outbox,
    asks,
    load: openLoadReport(ctx, {
      look: () => ({ calls: streams.live().length, draining: line.draining !== undefined }),
      sockets,
      ledger,
      tell: (load) => send(JSON.stringify({ load } satisfies ToDesk)),
    }),
    allow,
    over: Promise.withResolvers<Reason>(),
    desk: undefined,
    draining: undefined,
    isEnding: false,
    isForsaken: false,
    alone: ctx.clock.after(aloneMs, () => end(line, 'no-desk')),
  };
  return line;
}

function deskListener(line: Line): DeskListener {
  return {
    calls: line.outbox.carried,
    met() {
      line.alone();
      line.outbox.resend();
      void line.load.now();
    },
    received(message) {
      if ('answer' in message) line.asks.answered(message);
      else if ('taken' in message) line.outbox.taken(message.call, message.taken);
      else if ('allowed' in message) line.allow(message.allowed);
      else if ('order' in message) line.streams.order(message.call, message.order);
      else if ('drain' in message) drain(line, 'drained');
      else end(line, 'asked');
    },
    drained: line.outbox.pump,
    lost() {
      line.alone = line.ctx.clock.after(aloneMs, () => end(line, 'no-desk'));
      line.asks.lost();
      endWhenDone(line);
    },
  };
}

/** Takes no more calls, and ends when the last one has. */
function drain(line: Line, why: Reason): void {
  line.draining ??= why;
  endWhenDone(line);
}

function endWhenDone(line: Line): void {
  if (!line.draining || line.streams.count() > 0) return;
  // One that must end does not wait for a desk that is not there, and nobody waits for one that cannot come.
  const isInVain = (line.isEnding || line.isForsaken) && !line.desk?.isThere();
  if (line.outbox.isEmpty() || isInVain) line.over.resolve(line.draining);
}

/** A data directory that was taken away takes with it all desks that might have come. */
async function untilForsaken(line: Line, { place }: DeskEnd): Promise<void> {
  while (await isFindable(place)) await pause(line.ctx.clock, noticeMs);
  line.isForsaken = true;
  endWhenDone(line);
}

/** Closes every call, and ends when they have closed, or after a while. */
function end(line: Line, why: Reason): void {
  line.isEnding = true;
  line.draining = why;
  line.streams.dismiss();
  endWhenDone(line);
  line.ctx.clock.after(closingMs, () => line.over.resolve(why));
}
