import type { Server as HttpServer } from 'node:http';
import { duplexPair } from 'node:stream';
import { WebSocket } from 'ws';
import { noAddress } from './sender.ts';

/** A WebSocket handshake that does not travel: for tests, probes and the emulated carrier. */
export type Knock = { readonly path: string; readonly headers?: Readonly<Record<string, string>> };

/** What came of it: the status of the answer, and the client's end of the socket when that is 101. */
export type Knocked = { readonly status: number; readonly visit?: Visit };

export type Visit = {
  send(text: string): void;
  /** The next message that came, or the code with which the socket was closed. */
  next(): Promise<string | number>;
  leave(): void;
};

/** It did not travel, so no limit of an address counts for it. */
const nobody = { remoteAddress: noAddress };

/** A WebSocket that does not travel, from its handshake on: Node's own parser, our checks, the session behind them. */
export function walkIn(server: HttpServer, { path, headers }: Knock): WebSocket {
  const [outside, inside] = duplexPair();
  const client = new WebSocket(`ws://localhost${path}`, {
    headers: { ...headers },
    perMessageDeflate: false,
    createConnection: () => outside,
  });
  // A server that speaks TLS is shown what it would have decrypted.
  server.emit('setSecureContext' in server ? 'secureConnection' : 'connection', Object.assign(inside, nobody));
  return client;
}

/** Takes a handshake through everything but the network. */
export function knock(server: HttpServer, handshake: Knock): Promise<Knocked> {
  const { promise, resolve, reject } = Promise.withResolvers<Knocked>();
  const client = walkIn(server, handshake);
  const visit = visitOf(client);
  client.on('open', () => resolve({ status: 101, visit }));
  client.on('unexpected-response', (request, answer) => {
    resolve({ status: answer.statusCode ?? 0 });
    answer.resume();
    request.destroy();
  });
  client.on('error', reject);
  return promise;
}

function visitOf(client: WebSocket): Visit {
  const came: (string | number)[] = [];
  const waiting: ((what: string | number) => void)[] = [];
  const take = (what: string | number) => {
    const first = waiting.shift();
    if (first) first(what);
    else came.push(what);
  };
  client.on('message', (data: Buffer) => take(data.toString('utf8')));
  client.on('close', take);
  return {
    send: (text) => client.send(text),
    next() {
      const first = came.shift();
      return first === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(first);
    },
    leave: () => client.close(1000),
  };
}
