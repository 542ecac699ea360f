import { connect as connectTcp, isIP, type BlockList, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { Agent, type buildConnector } from 'undici';

/** Where a connection leads to. */
export type Place = { readonly host: string; readonly port: number; readonly isSecure: boolean };

type Done = (error: Error | null, socket: Socket | null) => void;

/** A way out of the process with its own list of addresses that it never connects to. */
export type Door = {
  /** For requests. */
  readonly agent: Agent;
  /** Connects; with TLS, `done` gets the secured socket. What is returned is the connection underneath. */
  dial(place: Place, done: Done): Socket;
  /** Ends every connection. */
  close(): Promise<void>;
};

type DoorOptions = {
  readonly blockList: BlockList;
  readonly opened: WeakSet<Socket>;
  readonly lookup: LookupFunction | undefined;
};

/** Longest answer to a request. */
const mostBytes = 4 * 1024 * 1024;
const connectMs = 10_000;
/** How long a connection is idle before the other side's machine is asked whether it is still there. */
const keepAliveMs = 60_000;

/**
 * Connects first and speaks TLS afterwards: `net.connect` obeys the block list, `tls.connect` silently ignores it
 * (Node 26.10, tested).
 */
export function openDoor({ blockList, opened, lookup }: DoorOptions): Door {
  const secure = securer();
  const dialled = new Set<Socket>();
  const dial = (place: Place, done: Done): Socket => {
    const { host, port, isSecure } = place;
    const socket = connectTcp({
      host,
      port,
      blockList,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: keepAliveMs,
      timeout: connectMs,
      ...(lookup && { lookup }),
    });
    const fail = (error: Error) => done(error, null);
    opened.add(socket);
    dialled.add(socket);
    socket.once('close', () => dialled.delete(socket));
    socket.once('error', fail);
    socket.once('timeout', () => socket.destroy(new Error('no connection in time')));
    socket.once('connect', () => {
      socket.off('error', fail);
      socket.setTimeout(0);
      if (isSecure) secure(socket, place, done);
      else done(null, socket);
    });
    return socket;
  };
  const connect: buildConnector.connector = ({ hostname, port, protocol }, done) => {
    const isSecure = protocol === 'https:';
    const place = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (isSecure ? 443 : 80)), isSecure };
    dial(place, (error, socket) => (socket ? done(null, socket) : done(error ?? new Error('no connection'), null)));
  };
  const agent = new Agent({ allowH2: false, maxResponseSize: mostBytes, connect });
  const close = async () => {
    await agent.destroy();
    for (const socket of dialled) socket.destroy();
  };
  return { agent, dial, close };
}

const mostSessions = 100;

/** Speaks TLS over a connection, and takes up the session that the same host gave last (RFC 8446 §2.2). */
function securer() {
  const sessions = new Map<string, Buffer>();
  const keep = (name: string, session: Buffer) => {
    sessions.delete(name);
    sessions.set(name, session);
    const [oldest] = sessions.keys();
    if (sessions.size > mostSessions && oldest !== undefined) sessions.delete(oldest);
  };
  return (raw: Socket, { host, port }: Place, done: Done): void => {
    const name = `${host} ${port}`;
    const session = sessions.get(name);
    const socket: TLSSocket = connectTls({
      socket: raw,
      host,
      ALPNProtocols: ['http/1.1'],
      minVersion: 'TLSv1.2',
      // A literal address is no server name (RFC 6066 §3).
      ...(isIP(host) === 0 && { servername: host }),
      ...(session && { session }),
    });
    const fail = (error: Error) => {
      // What could not be taken up is not tried again.
      sessions.delete(name);
      done(error, null);
    };
    socket.setTimeout(connectMs, () => socket.destroy(new Error('no TLS in time')));
    socket.once('error', fail);
    socket.on('session', (fresh: Buffer) => keep(name, fresh));
    socket.once('secureConnect', () => {
      socket.off('error', fail);
      socket.setTimeout(0);
      done(null, socket);
    });
  };
}
