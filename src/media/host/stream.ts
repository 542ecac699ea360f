import type { Socket } from 'node:net';
import { acceptPeer, errorWords, isProblem, newId, type Cancel, type Ctx, type Id, type Peer } from '#base';
import type { StreamDialect, StreamEvent } from '#adapters/carriers';
import type { Arrival, CallName, Happening, Joining, LinePlan, Order } from '../desk.ts';
import type { Carry, LiveCall } from './live-call.ts';

/** One media socket on the line, from its handshake until nothing is left of it. */
export type Stream = {
  /** Which call it is, once it was let in. */
  name(): CallName | undefined;
  order(order: Order): void;
  /** Ends it in order: a call that runs is told to close, any other socket is refused. */
  dismiss(): void;
};

/** What a stream needs of the line. */
export type StreamMeans = {
  readonly dialect: StreamDialect;
  readonly carry: Carry;
  /** Asks the desk whose call this is. Rejects with a problem when it is not let in. */
  readonly ask: (joining: Joining) => Promise<LinePlan>;
  /** Opens the call's book of happenings. */
  readonly open: (call: CallName, taken: number) => void;
  /** Writes into it. False when the happening could not be kept. */
  readonly tell: (call: CallName, happening: Happening) => boolean;
  /** Calls back, once, when the desk has written down all that was told of the call until now. */
  readonly whenTaken: (call: CallName, work: () => void) => void;
  /** Called once, when socket and call have both ended. */
  readonly left: () => void;
};

type Senses = Pick<Ctx, 'clock' | 'random' | 'log'>;
type Handed = {
  readonly arrival: Arrival;
  readonly socket: Socket;
  readonly means: StreamMeans;
  /** What the answer to the handshake says besides. */
  readonly headers?: Readonly<Record<string, string>>;
};

const limits = {
  messageBytes: 65_536,
  /** A carrier that is silent for two of these is gone: audio comes all the time. */
  pingMs: 20_000,
  /** From the open socket to its `start`. */
  firstMessageMs: 10_000,
  /** Messages without a meaning that may come before it. */
  messagesBeforeStart: 10,
  /** What may come between `start` and the desk's answer: many seconds of audio. */
  earlyBytes: 524_288,
  /** How long a call may finish what it has begun once its socket is gone. */
  finishMs: 30_000,
  /** How long the desk may take to write down what was told before a call closes its socket. */
  takenMs: 1_000,
} as const;

type Phase =
  | { readonly is: 'silent' }
  | { readonly is: 'joining'; readonly early: Buffer[] }
  | { readonly is: 'live'; readonly name: CallName; readonly call: LiveCall }
  | { readonly is: 'over' };

type Taken = {
  readonly ctx: Senses;
  readonly id: Id;
  readonly arrival: Arrival;
  readonly means: StreamMeans;
  readonly peer: Peer;
  phase: Phase;
  /** Messages before `start`; after it, bytes before the desk's answer. */
  early: number;
  isGone: boolean;
  /** Something could not be told. */
  isFull: boolean;
  hasLeft: boolean;
  /** The call whose end is still to be told. */
  owes: CallName | undefined;
  /** Of the time that runs: to the first message, or to the end of a call without a socket. */
  cancel: Cancel;
};

/**
 * Answers a media socket's handshake, reads its first messages, asks the desk, and hands it to a live call. Whatever is
 * not let in is closed with 1008 and the code of a problem; the carrier then asks what comes next.
 */
export function takeStream(ctx: Senses, { arrival, socket, means, headers = {} }: Handed): Stream {
  const id = newId(ctx);
  const openedAt = ctx.clock.now();
  const failed = (error: unknown) => ctx.log('error.internal', { socket: id, ...errorWords(error) });
  const peer = acceptPeer(
    socket,
    { key: arrival.key, headers, mostBytes: limits.messageBytes, pingMs: limits.pingMs, onError: failed },
    {
      text: (message) => receive(one, message),
      closed(code) {
        ctx.log('socket.closed', { socket: id, code, ms: ctx.clock.now() - openedAt });
        lose(one, code);
      },
    },
    ctx,
  );
  const one: Taken = {
    ctx,
    id,
    arrival,
    means,
    peer,
    phase: { is: 'silent' },
    early: 0,
    isGone: false,
    isFull: false,
    hasLeft: false,
    owes: undefined,
    cancel: ctx.clock.after(limits.firstMessageMs, () => refuse(one, 'silent')),
  };
  ctx.log('socket.opened', { socket: id });
  return {
    name: () => (one.phase.is === 'live' ? one.phase.name : undefined),
    order: (given) => order(one, given),
    dismiss: () => (one.phase.is === 'live' ? order(one, { do: 'close' }) : refuse(one, 'not-running')),
  };
}

function receive(one: Taken, message: Buffer): void {
  const { phase } = one;
  if (phase.is === 'live') return phase.call.frame(message);
  if (phase.is === 'silent') return begin(one, message);
  if (phase.is !== 'joining') return;
  one.early += message.length;
  if (one.early > limits.earlyBytes) refuse(one, 'too-many-messages');
  else phase.early.push(Buffer.from(message));
}

function begin(one: Taken, message: Buffer): void {
  const event = readFirst(one.means.dialect, message);
  one.early += 1;
  if (event?.type === 'unknown' && one.early <= limits.messagesBeforeStart) return;
  if (event?.type !== 'start') return refuse(one, 'frame-malformed');
  one.cancel();
  one.early = 0;
  one.phase = { is: 'joining', early: [] };
  void join(one, event);
}

/** Undefined for what is no message of a stream. */
function readFirst(dialect: StreamDialect, message: Buffer): StreamEvent | undefined {
  try {
    return dialect.read(message);
  } catch (error) {
    if (isProblem(error, 'frame-malformed')) return undefined;
    throw error;
  }
}

async function join(one: Taken, { callId, streamId, token }: StreamEvent & { type: 'start' }): Promise<void> {
  const { carrier, organisation, account } = one.arrival;
  try {
    run(one, await one.means.ask({ carrier, organisation, account, callId, token }), streamId);
  } catch (error) {
    if (isProblem(error)) refuse(one, error.code);
    else fail(one, error);
    // The desk had let it in, and nothing came of it.
    if (one.phase.is === 'over') tell(one, { type: 'closed', how: 'dropped' });
  }
  leave(one);
}

function run(one: Taken, plan: LinePlan, streamId: string): void {
  const { phase, means } = one;
  means.open(plan.call, plan.taken);
  one.owes = plan.call;
  // Gone while the desk decided: it has to learn that nothing comes of it.
  if (one.isGone || phase.is !== 'joining') {
    one.phase = { is: 'over' };
    return tell(one, { type: 'closed', how: 'dropped' });
  }
  const { carry, dialect } = means;
  const peer = closedInTurn(one, plan.call);
  const call = carry({ peer, dialect, streamId, plan, tell: (happening) => tell(one, happening) });
  one.phase = { is: 'live', name: plan.call, call };
  for (const message of phase.early) call.frame(message);
}

/**
 * The socket as the call has it. Once it is closed the carrier asks the desk where to go on, which must know by then what
 * was told last: that the model is lost, that everything was heard. A desk that is slow or away is not waited for long.
 */
function closedInTurn({ ctx, means, peer }: Taken, name: CallName): Peer {
  const close = (code: number, why?: string) => {
    let isDone = false;
    const now = () => {
      if (!isDone) peer.close(code, why);
      isDone = true;
      tooLate();
    };
    const tooLate = ctx.clock.after(limits.takenMs, now);
    means.whenTaken(name, now);
  };
  return {
    send: (text) => peer.send(text),
    sendAll: (texts) => peer.sendAll(texts),
    backlog: () => peer.backlog(),
    cut: () => peer.cut(),
    close,
  };
}

function tell(one: Taken, happening: Happening): void {
  if (!one.owes) return;
  const isKept = one.means.tell(one.owes, happening);
  if (happening.type === 'closed') {
    one.owes = undefined;
    return leave(one);
  }
  if (isKept || one.isFull) return;
  // A call whose story cannot be kept must not go on without one.
  one.isFull = true;
  one.ctx.log('line.full', { socket: one.id });
  one.peer.close(1011, 'internal');
}

function order(one: Taken, given: Order): void {
  if (one.phase.is !== 'live') return;
  try {
    one.phase.call.order(given);
  } catch (error) {
    fail(one, error);
  }
}

function refuse(one: Taken, code: string): void {
  if (one.phase.is === 'over') return;
  // A call that runs learns of its end from the socket.
  if (one.phase.is !== 'live') one.phase = { is: 'over' };
  if (one.isGone) return;
  one.cancel();
  one.ctx.log('socket.refused', { socket: one.id, code });
  one.peer.close(1008, code);
}

/** Our own mistake ends this call alone: its socket closes, and what follows is as for any closed socket. */
function fail(one: Taken, error: unknown): void {
  one.ctx.log('error.internal', { socket: one.id, ...errorWords(error) });
  one.peer.close(1011, 'internal');
  if (one.phase.is === 'joining') one.phase = { is: 'over' };
}

function lose(one: Taken, code: number): void {
  one.cancel();
  one.isGone = true;
  if (one.phase.is === 'live') {
    one.cancel = one.ctx.clock.after(limits.finishMs, () => tell(one, { type: 'closed', how: 'dropped' }));
    one.phase.call.closed(code);
  } else if (one.phase.is === 'silent') one.phase = { is: 'over' };
  leave(one);
}

function leave(one: Taken): void {
  if (!one.isGone || one.owes || one.phase.is === 'joining' || one.hasLeft) return;
  one.hasLeft = true;
  one.cancel();
  one.means.left();
}
