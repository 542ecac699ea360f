import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What `Sec-WebSocket-Accept` must be for a `Sec-WebSocket-Key` (RFC 6455 §4.2.2). */
export function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

/** The subprotocol that a server agrees to: the one its client would like best, undefined when it offers none. */
export function agreedProtocol(offered: string | undefined): string | undefined {
  return offers(offered).find((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name));
}

/** True when the headers of a 101 answer open the WebSocket that was asked for (RFC 6455 §4.1): no more, no less. */
export function isAccepted(headers: IncomingHttpHeaders, key: string, offered: string | undefined): boolean {
  const protocol = headers['sec-websocket-protocol'];
  return (
    headers.upgrade?.toLowerCase() === 'websocket' &&
    offers(headers.connection?.toLowerCase()).includes('upgrade') &&
    headers['sec-websocket-accept'] === acceptOf(key) &&
    headers['sec-websocket-extensions'] === undefined &&
    (protocol === undefined || offers(offered).includes(protocol))
  );
}

function offers(list: string | undefined): string[] {
  return (list ?? '').split(',').map((name) => name.trim());
}
