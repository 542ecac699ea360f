import type { Duplex } from 'node:stream';
import type { Clock } from '../clock.ts';
import type { Peer, PeerListener } from '../peer.ts';
import { acceptOf, agreedProtocol } from './handshake.ts';
import { runPeer, type PeerOptions } from './run-peer.ts';

export type { Peer, PeerListener };

/** A verified upgrade request that is still to be answered. */
export type Acceptance = PeerOptions & {
  /** Its `Sec-WebSocket-Key`. */
  readonly key: string;
  /** Its `Sec-WebSocket-Protocol`; the first one offered is agreed to. */
  readonly offered?: string | undefined;
  /** What the answer says besides. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes that were read behind the request. Default: none. */
  readonly head?: Buffer;
};

/**
 * Answers a WebSocket handshake (101) and runs the server's end; no extension is agreed to. That the handshake is one,
 * and may be made, was decided before. The stream belongs to the peer from now on.
 */
export function acceptPeer(
  stream: Duplex,
  { key, offered, headers = {}, head = Buffer.alloc(0), ...options }: Acceptance,
  listener: PeerListener,
  { clock }: { readonly clock: Clock },
): Peer {
  const protocol = agreedProtocol(offered);
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${acceptOf(key)}`,
    ...(protocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  const answer = `${lines.join('\r\n')}\r\n\r\n`;
  return runPeer({ stream, head, answer, from: 'client', nextKey: () => undefined }, options, listener, clock);
}
