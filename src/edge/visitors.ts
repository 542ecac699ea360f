import type { IncomingMessage } from 'node:http';
import { isProblem, problem, type Cancel, type Clock } from '#base';
import type { Admit } from './admit.ts';
import { allowed, identified } from './authorise.ts';
import type { Identify } from './exchange.ts';
import { insist } from './limited.ts';
import { isLoopback } from './public-url.ts';
import type { EdgeLimits } from './limits.ts';
import { noAddress, type Found } from './sender.ts';
import type { SocketRoute, Visitor } from './socket.ts';

/** How somebody came through the door of a socket. */
export type Entrance = {
  readonly visitor: Visitor | undefined;
  /** Looks again and again whether the visitor may stay, until cancelled; `out` is told the code of why not, once. */
  watch(out: (code: string) => void): Cancel;
};

export type DoorOptions = {
  readonly admit: Admit;
  readonly identify: Identify;
  readonly clock: Clock;
  readonly limits: EdgeLimits;
  readonly origin: () => string;
  readonly findSender: (request: IncomingMessage) => Found;
};

type Enter = (route: SocketRoute, request: IncomingMessage) => Promise<Entrance>;

/** Lets handshakes in: those of carriers counted by their address, those of our own pages known by their session. */
export function socketDoor(options: DoorOptions): Enter {
  const { admit, findSender } = options;
  return async ({ visitors }, request) => {
    const { address, from } = findSender(request);
    if (address !== noAddress) await insist(admit, visitors ? 'sender' : 'carrier', address);
    if (!visitors) return { visitor: undefined, watch: () => () => {} };
    const { scope, limit } = visitors;
    const { headers } = request;
    refuseOtherOrigins(headers, options.origin());
    const look = async (): Promise<Visitor> => {
      const asking = { method: 'GET', headers, hasBody: false, from };
      const asker = await identified({ session: 'any' }, asking, { ...options, origin: options.origin() });
      const { who, signedIn } = asker ?? {};
      if (!asker || !signedIn) throw problem('session-needed', 'An API key cannot do this. Sign in, in the browser.');
      allowed({ scope }, asker, options.clock);
      if (!who) throw problem('organisation-needed', 'Choose the organisation first.');
      return { who, signedIn };
    };
    const visitor = await look();
    await insist(admit, limit, `identity:${visitor.signedIn.identity}`);
    return { visitor, watch: (out) => watch(options, sameAs(visitor, look), out) };
  };
}

/**
 * A browser says on every handshake which page it comes from; a page that is not ours gets no socket in anybody's name.
 * On this machine alone our pages have a second name, which passkeys need: localhost, of the same port, when the handshake
 * is for that name as well.
 */
function refuseOtherOrigins({ origin: told, host }: IncomingMessage['headers'], own: string): void {
  if (told === own) return;
  if (told !== undefined && told === localName(own) && host === new URL(told).host) return;
  throw problem('cross-site-refused', `Only pages of ${own} may open this socket.`);
}

/** The same place under the name that every machine has for itself; undefined for what others reach too. */
function localName(own: string): string | undefined {
  const url = new URL(own);
  if (!isLoopback(url.hostname)) return undefined;
  url.hostname = 'localhost';
  return url.origin;
}

/** Whoever has chosen another organisation meanwhile does not go on in the one before. */
function sameAs(visitor: Visitor, look: () => Promise<Visitor>): () => Promise<void> {
  return async () => {
    const { who } = await look();
    if (who.organisation !== visitor.who.organisation || who.actor !== visitor.who.actor)
      throw problem('sign-in-needed', 'The session is for another organisation now.');
  };
}

function watch(
  { clock, limits }: Pick<DoorOptions, 'clock' | 'limits'>,
  look: () => Promise<void>,
  out: (code: string) => void,
): Cancel {
  let isOver = false;
  let cancel: Cancel = () => {};
  const again = () => {
    cancel = clock.after(limits.visitorMs, () => void lookOnce());
  };
  const lookOnce = async () => {
    const code = await look().then(
      () => undefined,
      // What cannot be looked up now is looked up next time: a database that is away throws nobody out.
      (error: unknown) => (isProblem(error) && error.status < 500 ? error.code : undefined),
    );
    if (isOver) return;
    if (code === undefined) again();
    else out(code);
  };
  again();
  return () => {
    isOver = true;
    cancel();
  };
}
