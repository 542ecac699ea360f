import { isProblem, problem, type Problem } from '#base';
import { socket, type SocketHandover, type SocketRoute, type SocketSession, type Visitor, type Wire } from '#edge';
import { tryAccount } from '#safeguards/accounts';
import { readBrowser, type Begin, type FromBrowser, type ToBrowser } from './messages.ts';
import type { Line } from './switchboard.ts';
import { placeCall, type WebCall } from './web-call.ts';
import type { WebCallCtx } from './web-call-ctx.ts';

const visitors = { scope: 'calls:try', limit: 'api' } as const;

/** Where browsers call: one socket for the call itself, and one for its sound when it is held by sound. */
export function webCallSockets(ctx: WebCallCtx): SocketRoute[] {
  return [
    socket({ path: '/api/v1/call', visitors, open: async ({ visitor }) => callSession(ctx, here(visitor)) }),
    socket({ path: '/api/v1/call/stream', visitors, open: ({ visitor }) => openOwnStream(ctx, here(visitor)) }),
  ];
}

function here(visitor: Visitor | undefined): Visitor {
  if (!visitor) throw problem('sign-in-needed', 'Sign in first.');
  return visitor;
}

/**
 * The sound of a call from the browser goes to the line over a socket of its own, like that of any carrier. Who may open it
 * the session says; which call it is for, the token in its first message, which opens one stream of one call, once.
 */
async function openOwnStream(ctx: WebCallCtx, { who: { organisation } }: Visitor): Promise<SocketHandover> {
  const account = await ctx.db.tenant(organisation, (tx) => tryAccount(ctx, tx, organisation));
  if (!account || !ctx.live.ready()) throw noLine();
  return {
    handOver(stream, key) {
      const arrival = { carrier: 'emulator', organisation, account: account.accountId, key };
      if (!ctx.live.take(arrival, stream)) throw noLine();
    },
  };
}

function noLine(): Problem {
  return problem('not-running', 'No line takes live audio now.');
}

type Session = {
  readonly ctx: WebCallCtx;
  readonly visitor: Visitor;
  wire: Wire | undefined;
  call: WebCall | undefined;
  isGone: boolean;
  /** What has come within the second that began then (milliseconds). */
  lately: { readonly since: number; count: number };
};

/** More messages than that in a second no person makes: every one may wait in memory until the secretary listens. */
const mostInASecond = 100;

function callSession(ctx: WebCallCtx, visitor: Visitor): SocketSession {
  const session: Session = {
    ctx,
    visitor,
    wire: undefined,
    call: undefined,
    isGone: false,
    lately: { since: 0, count: 0 },
  };
  return {
    opened(wire) {
      session.wire = wire;
    },
    async text(data) {
      refuseFloods(session);
      await take(session, readBrowser(data));
    },
    closed() {
      session.isGone = true;
      session.call?.hangUp();
    },
  };
}

function refuseFloods(session: Session): void {
  const now = session.ctx.clock.now();
  if (now - session.lately.since >= 1_000) session.lately = { since: now, count: 0 };
  session.lately.count += 1;
  if (session.lately.count > mostInASecond) {
    throw problem('rate-limited', `A call takes ${mostInASecond} messages a second.`, { retryAfterMs: 1_000 });
  }
}

async function take(session: Session, message: FromBrowser): Promise<void> {
  if (session.call) return session.call.obey(message);
  if (message.do !== 'call') throw problem('frame-malformed', 'A call begins with whom it is for.');
  try {
    await begin(session, message);
  } catch (error) {
    if (!isProblem(error)) throw error;
    const { code, title, message: detail } = error;
    tell(session, { tell: 'refused', code, title, detail });
    session.wire?.close(1000, code);
  }
}

/** A person has one call at a time: another tab is told so, and may take over. */
async function begin(session: Session, wish: Begin): Promise<void> {
  const { ctx, visitor } = session;
  if (ctx.live.isDraining()) throw problem('not-running', 'Sotto is about to restart. Call again in a minute.');
  const { byPerson } = ctx.switchboard;
  const person = visitor.signedIn.identity;
  // Others may wait for the same one to end: whoever comes after the first of them finds another call to take over.
  for (let other = byPerson.get(person); other; other = byPerson.get(person)) {
    await freed(other, wish.instead === true);
  }
  const over = Promise.withResolvers<void>();
  const line: Line = { hangUp: () => hangUp(session), over: over.promise };
  byPerson.set(person, line);
  const leave = () => {
    if (byPerson.get(person) === line) byPerson.delete(person);
    over.resolve();
  };
  try {
    session.call = await placeCall(ctx, visitor, wish, (told) => tell(session, told));
  } catch (error) {
    leave();
    throw error;
  }
  if (session.isGone) session.call.hangUp();
  void session.call.over.finally(() => {
    leave();
    session.wire?.close(1000);
  });
}

async function freed(other: Line, takesOver: boolean): Promise<void> {
  if (!takesOver)
    throw problem('call-under-way', 'You are in a call in another tab. Hang up there, or call here instead.');
  other.hangUp();
  await other.over;
}

function hangUp(session: Session): void {
  tell(session, { tell: 'over', how: 'elsewhere' });
  session.isGone = true;
  session.call?.hangUp();
}

function tell({ wire }: Session, message: ToBrowser): void {
  wire?.send(JSON.stringify(message));
}
