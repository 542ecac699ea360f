import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { problem, reopened } from '#base';

/**
 * Takes the connection of an upgrade request away from the HTTP server, as a stream that nothing here listens to, times
 * or reads. Refuses a client that spoke before it was answered, because what was read here cannot follow, and TLS,
 * which would end with this process.
 *
 * Without it, `ChildProcess.send` would tie the server and the other process together: a closing server waits until
 * that one has ended its calls, and connections that left are counted for ever (Node 26.10, tested).
 */
export function detach(stream: Duplex, head: Buffer): Socket {
  if ('encrypted' in stream) throw new TypeError('a connection that is spoken over TLS cannot be handed over');
  if (head.length > 0 || stream.readableLength > 0) {
    throw problem('request-malformed', 'The client spoke before the handshake was answered.');
  }
  const fresh = reopened(stream);
  if (!fresh) throw problem('not-running', 'The socket ended before it was open.');
  return fresh;
}
