import { Socket, type OnReadOpts, type SocketConstructorOpts } from 'node:net';
import type { Duplex } from 'node:stream';

type Handle = NonNullable<SocketConstructorOpts['handle']>;
type Owner = Socket & { _handle: Handle | null };
type Options = SocketConstructorOpts & { readonly pauseOnCreate: true };

/**
 * The same TCP connection as a fresh stream: paused, with no listener, no timer, and no server that counts it. The old
 * stream is spent. Undefined, and nothing has changed, when there is no such connection to be had: it is gone, it is
 * spoken over TLS, or some of what was written to it has not left yet.
 *
 * Node has no public way to do this; what is used is what it does itself with a socket that arrives in a child process
 * (tested under Node 24 and 26).
 */
export function reopened(stream: Duplex, onread?: OnReadOpts): Socket | undefined {
  if (!isTcp(stream) || stream.destroyed || stream.readableEnded || stream.writableLength > 0) return undefined;
  const handle = stream._handle;
  if (!handle) return undefined;
  Object.assign(stream, { _handle: null });
  stream.destroy();
  const options: Options = { handle, pauseOnCreate: true, ...(onread && { onread }) };
  return new Socket(options);
}

function isTcp(stream: Duplex): stream is Owner {
  return stream instanceof Socket && !('encrypted' in stream);
}
