import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { joined, problem, reopened, socketPair } from '#base';

/** A connection that can be given to another process, and, where TLS is spoken, what keeps it going in this one. */
export type Detached = { readonly stream: Socket; readonly bridge?: Bridge };

/** What is decrypted here for whoever has the other end, and encrypted from it. */
export type Bridge = {
  /** The end that the client is at. */
  readonly outside: Duplex;
  /** Lets the bytes flow; `over` is told once, when both ends are gone. */
  join(over: () => void): void;
  cut(): void;
};

/**
 * Takes the connection of an upgrade request away from the HTTP server, as a stream that nothing here listens to, times
 * or reads. Refuses a client that spoke before it was answered, because what was read here cannot follow.
 *
 * Without it, `ChildProcess.send` would tie the server and the other process together: a closing server waits until
 * that one has ended its calls, and connections that left are counted for ever (Node 26.10, tested).
 *
 * What is spoken over TLS cannot leave: its keys are in this process. It gets one end of a pair instead, this process
 * passes the bytes on, and the connection ends with it.
 */
export async function detach(stream: Duplex, head: Buffer): Promise<Detached> {
  if (head.length > 0 || stream.readableLength > 0) {
    throw problem('request-malformed', 'The client spoke before the handshake was answered.');
  }
  if ('encrypted' in stream) return bridged(stream);
  const fresh = reopened(stream);
  if (!fresh) throw gone();
  return { stream: fresh };
}

async function bridged(outside: Duplex): Promise<Detached> {
  const [near, far] = await socketPair();
  const stream = outside.destroyed ? undefined : reopened(far);
  if (!stream) {
    near.destroy();
    far.destroy();
    throw gone();
  }
  const cut = () => {
    outside.destroy();
    near.destroy();
  };
  near.on('error', cut);
  return { stream, bridge: { outside, join: (over) => joined(outside, near, over), cut } };
}

function gone() {
  return problem('not-running', 'The socket ended before it was open.');
}
