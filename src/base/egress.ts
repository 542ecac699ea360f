import type { LookupFunction, Socket } from 'node:net';
import { request as send } from 'undici';
import { neverDialled, notPublic } from './block-list.ts';
import { systemClock, type Clock } from './clock.ts';
import { openDoor, type Door } from './egress-door.ts';
import { egressLedger, type EgressCount } from './egress-ledger.ts';
import { grants, hostOf, kebab, wayOf, type Grants } from './egress-rules.ts';
import { upgrade } from './egress-socket.ts';
import type { Dial, Http, HttpRequest, HttpResponse, Opening } from './http.ts';
import { errorWords, type Log } from './log.ts';
import type { Peer, PeerListener } from './peer.ts';
import { isProblem, outside, problem } from './problems.ts';
import type { Processor } from './processor.ts';
import { systemRandom, type Random } from './random.ts';
import { maskKeys } from './websocket/mask.ts';
import { runPeer } from './websocket/run-peer.ts';

export type { EgressCount };

/** The way out, with its books. */
export type Egress = Http & {
  readonly dial: Dial;
  /** What went out and what was refused, by processor and host, since the start. */
  ledger(): readonly EgressCount[];
  /** True for a connection that was opened here: what a socket watch counts as expected. */
  opened(socket: Socket): boolean;
  close(): Promise<void>;
};

export type EgressOptions = {
  readonly config: Grants;
  readonly log: Log;
  /** Further hosts that may be dialled and may be private, as in SOTTO_ALLOW_HOSTS. */
  readonly extraHosts?: readonly string[];
  /** Only tests resolve names by themselves. */
  readonly lookup?: LookupFunction;
  /** Times WebSockets: until they are open, and their goodbyes. Default: the machine's. */
  readonly clock?: Clock;
  /** Masks what WebSockets send. Default: the machine's. */
  readonly random?: Random;
};

/**
 * Opens the only way out of the process. A request leaves when its host is listed: by the processor on whose behalf
 * it goes (https on its usual port), or by the operator (SOTTO_ALLOW_HOSTS, replaced API origins: private addresses
 * and plain http as well). The address that is really connected to is checked, not only the name. WebSockets obey the
 * same rules, with wss for https and ws for http.
 * An answer that redirects or exceeds 4 MiB is `refused`; none within the deadline is `unreachable`.
 */
export function openHttp(options: EgressOptions): Egress {
  const { config, log, extraHosts = [], lookup, clock = systemClock, random = systemRandom } = options;
  const opened = new WeakSet<Socket>();
  const doors = {
    public: openDoor({ blockList: notPublic(), opened, lookup }),
    granted: openDoor({ blockList: neverDialled(), opened, lookup }),
  };
  const ledger = egressLedger();
  const booked = bookkeeper(ledger, log);
  const isGranted = grants(config, extraHosts);
  const http = async (to: Processor, request: HttpRequest) => {
    const vendor = kebab(to.name);
    return booked(vendor, request, () => {
      const door = doors[wayOf(to, request.url, 'request', isGranted)];
      return exchange(door, vendor, request);
    });
  };
  const peers = new Set<Peer>();
  const reach = { peers, log, clock, random, nextKey: maskKeys(random) };
  const connect = async (to: Processor, opening: Opening, listener: PeerListener) => {
    const vendor = kebab(to.name);
    const { peer } = await booked(vendor, { method: 'GET', url: opening.url }, () => {
      const door = doors[wayOf(to, opening.url, 'socket', isGranted)];
      return dial({ ...reach, door, vendor }, opening, listener);
    });
    return peer;
  };
  const reachOut: Dial = async (to, url) => {
    const vendor = kebab(to.name);
    const { socket } = await booked(vendor, { method: 'CONNECT', url }, async () => {
      const door = doors[wayOf(to, url, 'mail', isGranted)];
      return { status: undefined, socket: await bare(door, vendor, url) };
    });
    return socket;
  };
  return Object.assign(http, {
    connect,
    dial: reachOut,
    ledger: () => ledger.counts(),
    opened: (socket: Socket) => opened.has(socket),
    close: async () => {
      await Promise.all(Object.values(doors).map((door) => door.close()));
      for (const peer of peers) peer.cut();
    },
  });
}

type Sent = { readonly method: string; readonly url: string };

/** Writes into ledger and log what became of a request. */
function bookkeeper(ledger: ReturnType<typeof egressLedger>, log: Log) {
  return async <T extends { status: number | undefined }>(
    vendor: string,
    sent: Sent,
    work: () => Promise<T>,
  ): Promise<T> => {
    const book = ledger.entry(vendor, hostOf(sent.url));
    try {
      const answer = await work();
      book.sent += 1;
      log('egress.sent', { vendor, method: sent.method, status: answer.status });
      return answer;
    } catch (error) {
      if (isProblem(error)) {
        book.refused += 1;
        log('egress.refused', { vendor, code: error.code });
      } else book.failed += 1;
      throw error;
    }
  };
}

type Reach = {
  /** All that are open. */
  readonly peers: Set<Peer>;
  readonly log: Log;
  readonly clock: Clock;
  readonly random: Random;
  readonly nextKey: () => number;
  readonly door: Door;
  readonly vendor: string;
};

async function dial(reach: Reach, opening: Opening, listener: PeerListener) {
  const { peers, log, clock, random, nextKey, door, vendor } = reach;
  try {
    const key = random.bytes(16).toString('base64');
    const { stream, head } = await upgrade({ door, vendor, clock, key }, opening);
    const { mostBytes, pingMs } = opening;
    const onError = (error: unknown) => log('error.internal', { vendor, ...errorWords(error) });
    const limits = { mostBytes, pingMs, onError };
    const ear: PeerListener = {
      // Handed on as it is: one step less for every frame.
      text: listener.text,
      closed(code) {
        peers.delete(peer);
        listener.closed(code);
      },
    };
    const peer = runPeer({ stream, head, from: 'server', nextKey }, limits, ear, clock);
    peers.add(peer);
    return { status: 101, peer };
  } catch (error) {
    throw translate(error, vendor);
  }
}

async function bare(door: Door, vendor: string, url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const place = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port), isSecure: false };
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  door.dial(place, (error, socket) => (socket ? resolve(socket) : reject(error ?? new Error('no connection'))));
  return promise.catch((error: unknown) => {
    throw translate(error, vendor);
  });
}

async function exchange({ agent }: Door, vendor: string, request: HttpRequest): Promise<HttpResponse> {
  try {
    const { statusCode, headers, body } = await send(request.url, {
      dispatcher: agent,
      method: request.method,
      headers: { ...request.headers },
      body: request.body ?? null,
      signal: AbortSignal.timeout(request.withinMs ?? 10_000),
    });
    const bytes = Buffer.from(await body.arrayBuffer());
    if (statusCode >= 300 && statusCode < 400) throw outside(vendor, 'refused');
    return { status: statusCode, headers: flat(headers), body: bytes };
  } catch (error) {
    throw translate(error, vendor);
  }
}

function translate(error: unknown, vendor: string): unknown {
  const { name, code } = error as { name?: string; code?: string };
  if (name === 'Outside') return error;
  if (isBlocked(error)) {
    return problem('address-blocked', `The host of ${vendor} leads to an address that is not public.`, {
      cause: error,
    });
  }
  return outside(vendor, hopeless.has(code ?? '') ? 'refused' : 'unreachable', { cause: error });
}

/** What no repetition mends: an answer that is longer than we read, a header that HTTP cannot carry. */
const hopeless = new Set([
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
  'HPE_HEADER_OVERFLOW',
  'ERR_INVALID_CHAR',
  'UND_ERR_INVALID_ARG',
]);

/** Node says so directly, or among the tries of happy eyeballs. */
function isBlocked(error: unknown): boolean {
  const { code, errors } = error as { code?: string; errors?: unknown[] };
  return code === 'ERR_IP_BLOCKED' || (errors ?? []).some(isBlocked);
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const known = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    known.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]),
  );
}
