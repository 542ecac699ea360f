import type { Socket } from 'node:net';
import type { Peer, PeerListener } from './peer.ts';
import type { Processor } from './processor.ts';

/** One outgoing request. The body is text or bytes; redirects are never followed. */
export type HttpRequest = {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Deadline for the whole exchange, in milliseconds. Default 10 000. */
  readonly withinMs?: number;
};

export type HttpResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** A WebSocket to open: a `wss` URL (`ws` only where a plain host may be dialled), with its headers. */
export type Opening = {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Until the socket is open, in milliseconds. Default 10 000. */
  readonly withinMs?: number;
  /** Longest message that is taken, in bytes; a longer one ends the socket (1009). Default 1 MiB. */
  readonly mostBytes?: number;
  /** A peer that sends nothing for this long is pinged, and cut (1006) when it stays silent as long again. Default: never. */
  readonly pingMs?: number;
};

/**
 * The only way out of the process. `to` is the processor on whose behalf the request goes;
 * any host it does not list is refused (`host-not-listed`), and so is any address that is not
 * public unicast (`address-blocked`) unless SOTTO_ALLOW_HOSTS names it.
 */
export type Http = {
  (to: Processor, request: HttpRequest): Promise<HttpResponse>;
  /**
   * Opens a WebSocket (RFC 6455) under the same rules. Rejects as a request does; an answer other than 101 is an
   * `Outside` whose `cause` is `{ status }`: `busy` for 408, 429 and 5xx, `refused` for any other. The listener is told
   * nothing before the promise has resolved.
   */
  connect(to: Processor, opening: Opening, listener: PeerListener): Promise<Peer>;
};

/**
 * Opens a bare TCP connection to `smtp://host:port` (or `smtps:`), for whoever speaks a protocol of its own over it;
 * securing it is that one's duty. The rules are those of `Http`, with smtps for https; SOTTO_SMTP_URL names the host
 * that the operator allows. Rejects as a request does.
 */
export type Dial = (to: Processor, url: string) => Promise<Socket>;
