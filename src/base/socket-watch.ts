import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { lookup } from 'node:dns/promises';
import type { Socket } from 'node:net';
import { isOfPair } from './reopen.ts';

/** TCP connections that this thread opened, by who may have: the egress, the database driver, or nobody we know. */
export type SocketLedger = {
  readonly egress: number;
  readonly database: number;
  readonly unexpected: readonly { readonly peer: string; readonly count: number }[];
};

export type SocketWatch = { ledger(): Promise<SocketLedger>; stop(): void };

type WatchOptions = {
  /** True for a connection of the egress. */
  readonly isEgress: (socket: Socket) => boolean;
  /** Where PostgreSQL listens; undefined when it is reached by a Unix socket. */
  readonly database?: { readonly host: string; readonly port: number };
};

const mostPeers = 1_000;

/**
 * Counts every TCP connection from the moment it is made, whoever makes it (`net`, `tls`, `http`, `fetch`, a driver),
 * through Node's diagnostics channel `net.client.socket`, and tells apart what was opened outside of the egress.
 * It cannot see: connections made before it started or that never came about, UDP and with it DNS, Unix sockets,
 * other threads and processes, and native code that does not use Node's sockets. To the database's own address it
 * cannot tell the driver from anyone else.
 */
export function watchSockets({ isEgress, database }: WatchOptions): SocketWatch {
  const others = new Map<string, { address: string; port: number; count: number }>();
  let egress = 0;
  const count = (socket: Socket) => {
    const { remoteAddress: address, remotePort: port } = socket;
    if (address === undefined || port === undefined) return;
    if (isOfPair(socket)) return;
    if (isEgress(socket)) {
      egress += 1;
      return;
    }
    const name = peerName(address, port);
    const known = others.get(name) ?? { address, port, count: 0 };
    known.count += 1;
    if (others.size < mostPeers) others.set(name, known);
  };
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    socket.once('connect', () => count(socket));
  };
  subscribe('net.client.socket', onSocket);
  return {
    async ledger() {
      const addresses = database ? await addressesOf(database.host) : [];
      const isDatabase = ({ address, port }: { address: string; port: number }) =>
        port === database?.port && addresses.includes(address);
      const [ours, unexpected] = split([...others.values()], isDatabase);
      return {
        egress,
        database: ours.reduce((sum, peer) => sum + peer.count, 0),
        unexpected: unexpected.map(({ address, port, count: times }) => ({
          peer: peerName(address, port),
          count: times,
        })),
      };
    },
    stop: () => void unsubscribe('net.client.socket', onSocket),
  };
}

function split<T>(all: readonly T[], belongs: (one: T) => boolean): [T[], T[]] {
  return [all.filter(belongs), all.filter((one) => !belongs(one))];
}

/** A literal answers itself. A name that cannot be resolved now stands for nothing. */
async function addressesOf(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}

function peerName(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
