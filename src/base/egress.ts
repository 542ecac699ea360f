import { connect as netConnect, type BlockList, type LookupFunction, type Socket } from 'node:net';
import { Agent, buildConnector, request as send, type Dispatcher } from 'undici';
import { neverDialled, notPublic } from './block-list.ts';
import { settings, type Config } from './config.ts';
import { egressLedger, type EgressCount } from './egress-ledger.ts';
import type { Http, HttpRequest, HttpResponse } from './http.ts';
import type { Log } from './log.ts';
import { isProblem, outside, problem } from './problems.ts';
import type { Processor } from './processor.ts';

/** The way out, with its books. */
export type Egress = Http & {
  /** What went out and what was refused, by processor and host, since the start. */
  ledger(): readonly EgressCount[];
  /** True for a connection that was opened here: what a socket watch counts as expected. */
  opened(socket: Socket): boolean;
  close(): Promise<void>;
};

export type EgressOptions = {
  readonly config: Pick<Config, 'allowHosts' | 'twilioBaseUrl' | 'emulatorBaseUrl' | 'openaiBaseUrl'>;
  readonly log: Log;
  /** Further hosts that may be dialled and may be private, as in SOTTO_ALLOW_HOSTS. */
  readonly extraHosts?: readonly string[];
  /** Only tests resolve names by themselves. */
  readonly lookup?: LookupFunction;
};

const mostBytes = 4 * 1024 * 1024;
const connectMs = 10_000;

/**
 * Opens the only way out of the process. A request leaves when its host is listed: by the processor on whose behalf
 * it goes (https on its usual port), or by the operator (SOTTO_ALLOW_HOSTS, replaced API origins: private addresses
 * and plain http as well). The address that is really connected to is checked, not only the name.
 * An answer that redirects or exceeds 4 MiB is `refused`; none within the deadline is `unreachable`.
 */
export function openHttp({ config, log, extraHosts = [], lookup }: EgressOptions): Egress {
  const opened = new WeakSet<Socket>();
  const doors = {
    public: door({ blockList: notPublic(), opened, lookup }),
    granted: door({ blockList: neverDialled(), opened, lookup }),
  };
  const ledger = egressLedger();
  const isGranted = grants(config, extraHosts);
  const http = async (to: Processor, request: HttpRequest) => {
    const vendor = kebab(to.name);
    const book = ledger.entry(vendor, hostOf(request.url));
    try {
      const way = wayOf(to, request.url, isGranted);
      const answer = await exchange(doors[way], vendor, request);
      book.sent += 1;
      log('egress.sent', { vendor, method: request.method, status: answer.status });
      return answer;
    } catch (error) {
      if (isProblem(error)) {
        book.refused += 1;
        log('egress.refused', { vendor, code: error.code });
      } else book.failed += 1;
      throw error;
    }
  };
  const connect: Http['connect'] = async (to, { url }) => {
    wayOf(to, url.replace(/^ws/, 'http'), isGranted);
    throw outside(kebab(to.name), 'refused');
  };
  return Object.assign(http, {
    connect,
    ledger: () => ledger.counts(),
    opened: (socket: Socket) => opened.has(socket),
    close: async () => {
      await Promise.all(Object.values(doors).map((agent) => agent.destroy()));
    },
  });
}

type Way = 'public' | 'granted';

function wayOf(to: Processor, address: string, isGranted: (url: URL) => boolean): Way {
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password) {
    throw problem(
      'host-not-listed',
      `${to.name} is dialled by http or https, without user information in the address.`,
    );
  }
  if (isGranted(url)) return 'granted';
  if (url.protocol === 'https:' && to.hosts.some((host) => hostOf(`https://${host}`) === url.host)) return 'public';
  throw problem(
    'host-not-listed',
    `${to.name} does not list this host for https. Add it to the vendor file, or to SOTTO_ALLOW_HOSTS when it is yours.`,
  );
}

/** The operator's own list. An entry without a port stands for all of them; a replaced origin for its own alone. */
function grants(config: EgressOptions['config'], extraHosts: readonly string[]): (url: URL) => boolean {
  const usual: readonly (string | undefined)[] = [settings.twilioBaseUrl.default, settings.openaiBaseUrl.default];
  const configured = [config.twilioBaseUrl, config.emulatorBaseUrl, config.openaiBaseUrl];
  const origins = new Set(configured.filter((origin) => origin !== undefined && !usual.includes(origin)));
  const hosts = new Set([...config.allowHosts, ...extraHosts].map((host) => host.toLowerCase()));
  return (url) =>
    origins.has(url.origin) ||
    hosts.has(url.host) ||
    hosts.has(url.hostname) ||
    hosts.has(url.hostname.replace(/^\[|\]$/g, ''));
}

/** Host and port of a URL as written in the ledger; the usual port is left out. */
function hostOf(address: string): string {
  return URL.parse(address)?.host || 'unreadable';
}

type Door = {
  readonly blockList: BlockList;
  readonly opened: WeakSet<Socket>;
  readonly lookup: LookupFunction | undefined;
};

/**
 * Connects first and speaks TLS afterwards: `net.connect` obeys the block list, `tls.connect` silently ignores it
 * (Node 26.10, tested).
 */
function door({ blockList, opened, lookup }: Door): Agent {
  const secure = buildConnector({ allowH2: false, timeout: connectMs });
  const connect: buildConnector.connector = (options, done) => {
    const isSecure = options.protocol === 'https:';
    const host = options.hostname.replace(/^\[|\]$/g, '');
    const port = Number(options.port || (isSecure ? 443 : 80));
    const socket = netConnect({ host, port, blockList, noDelay: true, timeout: connectMs, ...(lookup && { lookup }) });
    const fail = (error: Error) => done(error, null);
    opened.add(socket);
    socket.once('error', fail);
    socket.once('timeout', () => socket.destroy(new Error('no connection in time')));
    socket.once('connect', () => {
      socket.off('error', fail);
      socket.setTimeout(0);
      if (isSecure) secure({ ...options, httpSocket: socket }, done);
      else done(null, socket);
    });
  };
  return new Agent({ allowH2: false, maxResponseSize: mostBytes, connect });
}

async function exchange(agent: Dispatcher, vendor: string, request: HttpRequest): Promise<HttpResponse> {
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
  return outside(vendor, code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' ? 'refused' : 'unreachable', { cause: error });
}

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

function kebab(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
