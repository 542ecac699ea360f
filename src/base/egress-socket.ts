import { request as askFor, type IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from './clock.ts';
import type { Door } from './egress-door.ts';
import type { Opening } from './http.ts';
import { outside, type Outside } from './problems.ts';
import { isAccepted } from './websocket/handshake.ts';

/** Longest head of an answer, in bytes. */
const mostHeadBytes = 16_384;

type Means = {
  readonly door: Door;
  readonly vendor: string;
  readonly clock: Clock;
  /** 16 random bytes in base64 (RFC 6455 §4.1). */
  readonly key: string;
};

/** A connection that has become a WebSocket, and the bytes that came behind the answer. */
export type Upgraded = { readonly stream: Duplex; readonly head: Buffer };

/**
 * Asks for a WebSocket. Rejects with an `Outside` of cause `{ status }` when the answer is another, and with whatever
 * broke the connection or used up its time.
 */
export function upgrade({ door, vendor, clock, key }: Means, opening: Opening): Promise<Upgraded> {
  const { promise, resolve, reject } = Promise.withResolvers<Upgraded>();
  const url = new URL(opening.url);
  const offered = offeredIn(opening.headers ?? {});
  let raw: Socket | undefined;
  const request = askFor({
    path: url.pathname + url.search,
    headers: { ...opening.headers, ...ourHeaders(url.host, key) },
    maxHeaderSize: mostHeadBytes,
    createConnection(_options, done) {
      raw = door.dial(placeOf(url), (error, socket) => done(error, socket as Socket));
      return undefined;
    },
  });
  request.on('upgrade', ({ headers }, stream, head) => {
    if (isAccepted(headers, key, offered)) return resolve({ stream, head });
    stream.destroy();
    reject(outside(vendor, 'refused', { cause: new Error('the answer does not fit the handshake') }));
  });
  request.on('response', (answer) => {
    answer.destroy();
    reject(refusal(vendor, answer.statusCode ?? 0));
  });
  request.on('error', reject);
  request.end();
  const stopWaiting = clock.after(opening.withinMs ?? 10_000, () => {
    reject(new Error('no WebSocket in time'));
    request.destroy();
    raw?.destroy();
  });
  return promise.finally(stopWaiting);
}

function refusal(vendor: string, status: number): Outside {
  const isBusy = status === 408 || status === 429 || status >= 500;
  return outside(vendor, isBusy ? 'busy' : 'refused', { cause: { status } });
}

function ourHeaders(host: string, key: string): IncomingHttpHeaders {
  return {
    host,
    'connection': 'Upgrade',
    'upgrade': 'websocket',
    'sec-websocket-key': key,
    'sec-websocket-version': '13',
  };
}

function offeredIn(headers: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === 'sec-websocket-protocol')?.[1];
}

function placeOf(url: URL) {
  const isSecure = url.protocol === 'wss:';
  const port = Number(url.port || (isSecure ? 443 : 80));
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port, isSecure };
}
