import { once } from 'node:events';
import { connect, createServer, Socket, type AddressInfo, type OnReadOpts, type SocketConstructorOpts } from 'node:net';
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

const own: unique symbol = Symbol('an end of a pair');

/**
 * Two ends of one connection inside this process, as TCP sockets of the system: what is written to one is read from the
 * other. For what is to be given to another process and is no socket by itself, such as a connection spoken over TLS.
 * Both are paused. Another program of this machine that connects in between is turned away.
 */
export async function socketPair(): Promise<readonly [Socket, Socket]> {
  const server = createServer({ pauseOnConnect: true, noDelay: true });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const near = Object.assign(connect({ port, host: '127.0.0.1', noDelay: true }), { [own]: true });
  const far = Promise.withResolvers<Socket>();
  near.once('error', far.reject);
  const connected = once(near, 'connect');
  server.on('connection', (socket) => {
    const choose = () => (socket.remotePort === near.localPort ? far.resolve(socket) : void socket.destroy());
    connected.then(choose, () => void socket.destroy());
  });
  try {
    await connected;
    const other = await far.promise;
    near.off('error', far.reject);
    return [near.pause(), other];
  } catch (error) {
    near.destroy();
    throw error;
  } finally {
    server.close();
  }
}

/** True for a connection to ourselves that `socketPair` made: it leads nowhere. */
export function isOfPair(socket: Socket): boolean {
  return own in socket;
}

/**
 * Lets bytes flow both ways between two streams until either ends; both are gone then, and `over` is told once. Who is
 * silent is left alone: whatever timer a server put on a stream is taken off.
 */
export function joined(one: Duplex, other: Duplex, over: () => void): void {
  if (one instanceof Socket) one.setTimeout(0);
  const ended = () => {
    one.destroy();
    other.destroy();
    if (one.closed && other.closed) over();
  };
  for (const end of [one, other]) end.once('close', ended).on('error', ended);
  one.pipe(other);
  other.pipe(one);
  if (one.destroyed || other.destroyed) ended();
}
