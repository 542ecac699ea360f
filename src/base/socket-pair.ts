import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

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
