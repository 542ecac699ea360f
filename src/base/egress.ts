import type { LookupFunction, Socket } from 'node:net';
import { request as send } from 'undici';
import { neverDialled, notPublic } from './block-list.ts';
import { systemClock, type Clock } from './clock.ts';
import { openDoor, type Door } from './egress-door.ts';
import { egressLedger, type EgressCount } from './egress-ledger.ts';
import { grants, hostOf, kebab, wayOf, type Grants, type Way } from './egress-rules.ts';
import { upgrade } from './egress-socket.ts';
import type { Dial, Http, HttpRequest, HttpResponse, Opening } from './http.ts';
import { errorWords, type Log } from './log.ts';
import type { Peer, PeerListener } from './peer.ts';
import { isProblem, outside, problem } from './problems.ts';
import type { Processor } from './processor.ts';
import { systemRandom, type Random } from './random.ts';
import { maskKeys } from './websocket/mask.ts';
import { runPeer } from './websocket/run-peer.ts';

export { download } from './download.ts';
export { kebab } from './egress-rules.ts';
export type { EgressCount };

/** The way out, with its books. */
export type Egress = Http & {
  readonly dial: Dial;
  /**
   * Asks this installation itself, as somebody outside does: at its own origin and nowhere else, whatever its address is.
   * Not among what vendor files are given. Throws as a request does.
   */
  own(origin: string, request: OwnRequest): Promise<HttpResponse>;
  /** What went out and what was refused, by processor and host, since the start. */
  ledger(): readonly EgressCount[];
  /** Adds to the books what another process of ours counted. */
  book(counts: readonly EgressCount[]): void;
  /** True for a connection that was opened here: what a socket watch counts as expected. */
  opened(socket: Socket): boolean;
  /** Asks `guard` before anything leaves from now on: it throws for whoever gets nothing yet. */
  guard(guard: (to: Processor) => void): void;
  /**
   * Tells `hear` from now on what time it is (milliseconds) by companies outside that answer over TLS. Whoever the operator
   * lists beside them may be on this very machine and is not asked.
   */
  tellTime(hear: (atMs: number) => void): void;
  close(): Promise<void>;
};

/** A request to a path of our own. */
export type OwnRequest = Omit<HttpRequest, 'url'> & { readonly path: `/${string}` };

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
  const { wayFor, guard } = guardedWays();
  const { heard, tellTime } = timeTeller();
  const http = async (to: Processor, request: HttpRequest) => {
    const vendor = kebab(to.name);
    return booked(vendor, request, async () => {
      const way = wayFor(to, request.url, 'request', isGranted);
      return heard(way, await exchange(doors[way], vendor, request));
    });
  };
  const peers = new Set<Peer>();
  const reach = { peers, log, clock, random, nextKey: maskKeys(random) };
  const connect = async (to: Processor, opening: Opening, listener: PeerListener) => {
    const vendor = kebab(to.name);
    const { peer } = await booked(vendor, { method: 'GET', url: opening.url }, () => {
      const door = doors[wayFor(to, opening.url, 'socket', isGranted)];
      return dial({ ...reach, door, vendor }, opening, listener);
    });
    return peer;
  };
  const reachOut: Dial = async (to, url) => {
    const vendor = kebab(to.name);
    const { socket } = await booked(vendor, { method: 'CONNECT', url }, async () => {
      const door = doors[wayFor(to, url, 'mail', isGranted)];
      return { status: undefined, socket: await bare(door, vendor, url) };
    });
    return socket;
  };
  const own: Egress['own'] = async (origin, { path, ...request }) => {
    const url = new URL(path, origin);
    // A path can name another host (`//elsewhere`).
    if (url.origin !== origin) throw problem('host-not-listed', 'That is no path of this installation.');
    const asked = { ...request, url: url.href };
    return booked(ownName, asked, () => exchange(doors.granted, ownName, asked));
  };
  return Object.assign(http, {
    connect,
    own,
    dial: reachOut,
    ledger: ledger.counts,
    book: ledger.add,
    opened: (socket: Socket) => opened.has(socket),
    guard,
    tellTime,
    close: async () => {
      await Promise.all(Object.values(doors).map((door) => door.close()));
      for (const peer of peers) peer.cut();
    },
  });
}

/** What time it is by an answer (RFC 9110 §6.6.1), in milliseconds; undefined unless it came over TLS from outside. */
export function toldTime(way: Way, { headers }: Pick<HttpResponse, 'headers'>): number | undefined {
  const at = way === 'public' ? Date.parse(headers['date'] ?? '') : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** Lets answers through, and tells what time it is by them to whoever wants to know. */
function timeTeller() {
  const telling: { hear: (atMs: number) => void } = { hear: () => {} };
  const heard = (way: Way, answer: HttpResponse): HttpResponse => {
    const at = toldTime(way, answer);
    if (at !== undefined) telling.hear(at);
    return answer;
  };
  return { heard, tellTime: (hear: (atMs: number) => void) => void (telling.hear = hear) };
}

/** Ways out as `wayOf` finds them, which a guard may refuse once it is known. */
function guardedWays() {
  const asking: { guard: (to: Processor) => void } = { guard: () => {} };
  const wayFor: typeof wayOf = (to, ...rest) => {
    const way = wayOf(to, ...rest);
    asking.guard(to);
    return way;
  };
  return { wayFor, guard: (guard: (to: Processor) => void) => void (asking.guard = guard) };
}

/** In ledger and log, in the place of a vendor's name. */
const ownName = 'this-installation';

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
        if (error.code === 'host-not-listed') book.unlisted += 1;
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
