import { Socket, type SocketConstructorOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import { problem } from '#base';

type Handle = NonNullable<SocketConstructorOpts['handle']>;
type Owner = Socket & { _handle: Handle | null };
type Paused = SocketConstructorOpts & { readonly pauseOnCreate: true };

/**
 * Takes the connection of an upgrade request away from the HTTP server, as a stream that nothing here listens to, times
 * or reads. Refuses a client that spoke before it was answered, because what was read here cannot follow, and TLS,
 * which would end with this process.
 *
 * Without it, `ChildProcess.send` would tie the server and the other process together: a closing server waits until
 * that one has ended its calls, and connections that left are counted for ever (Node 26.10, tested). Node has no public
 * way to do this; what is used is what it does itself with a socket that arrives in a child.
 */
export function detach(stream: Duplex, head: Buffer): Socket {
  if (!(stream instanceof Socket) || 'encrypted' in stream) {
    throw new TypeError('only a raw TCP connection can be handed over');
  }
  if (head.length > 0 || stream.readableLength > 0) {
    throw problem('request-malformed', 'The client spoke before the handshake was answered.');
  }
  const owner = stream as Owner;
  const handle = owner._handle;
  if (!handle) throw problem('not-running', 'The socket ended before it was open.');
  owner._handle = null;
  owner.destroy();
  const options: Paused = { handle, pauseOnCreate: true };
  return new Socket(options);
}
