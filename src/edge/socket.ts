import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Permission } from '#access';
import type { Id } from '#base';
import type { RouteRate } from './rates.ts';
import type { SignedIn, Who } from './route.ts';

/** A WebSocket handshake that wants to become a session. */
export type Handshake = {
  /** Names this socket in the log. */
  readonly id: Id;
  /** The public ws or wss URL with the query exactly as sent; the origin comes from the configuration. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly params: Readonly<Record<string, string>>;
  /** On a socket of our own pages: who opened it. */
  readonly visitor: Visitor | undefined;
};

/** A person who is signed in, in the organisation that they have chosen. */
export type Visitor = { readonly who: Who; readonly signedIn: SignedIn };

/** Our end of an open socket. After the socket has closed both do nothing. */
export type Wire = {
  /** A reader that leaves more than 1 MiB unread is cut off (1008). */
  send(text: string): void;
  close(code: number, why?: string): void;
};

/** What one socket does. Its functions are called one after the other, never two at a time. */
export type SocketSession = {
  opened(wire: Wire): void;
  /** One text message. The next one waits until this promise settles; a rejection closes the socket. */
  text(data: string): Promise<void>;
  /** Called once, after every message that arrived before the close. */
  closed(code: number): void;
};

/** The decision that a socket goes elsewhere, unanswered: to another process, which writes the 101 and runs it. */
export type SocketHandover = {
  /**
   * Gets the raw connection, not read from since the handshake and touched here no more, and its `Sec-WebSocket-Key`.
   * Not called when the client has left meanwhile. What it throws becomes the HTTP answer.
   */
  readonly handOver: (stream: Socket, key: string) => void;
};

/** A place where sockets are taken. */
export type SocketRoute = {
  readonly path: string;
  /**
   * On a socket of our own pages: what its visitor must be allowed to. Nothing but the cookie of a session counts, and
   * the handshake must come from our own origin. Whether they may still is looked at again as long as the socket is open;
   * the moment they may not, it is closed (1008, with the code of the problem). Without it whoever knocks is let
   * through to `open`, which has to know them by something else.
   */
  readonly visitors?: { readonly scope: Permission; readonly limit: RouteRate };
  /** Decides about the handshake. A thrown problem becomes the HTTP answer and no socket is opened. */
  readonly open: (handshake: Handshake) => Promise<SocketSession | SocketHandover>;
};

/** Declares a socket path. */
export function socket(declared: SocketRoute): SocketRoute {
  return declared;
}
