import { BlockList, isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';
import { Personal, plainAddress, type Config } from '#base';
import type { Sender } from './route.ts';

/** What stands for the address of a request that did not travel: nobody's, and no address limit counts for it. */
export const noAddress = '0.0.0.0';

/** A sender and the address in the clear, for the limiter alone. */
export type Found = { readonly address: string; readonly from: Sender };

type Arrived = {
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly headers: IncomingHttpHeaders;
};
type Means = Pick<Config, 'proxies' | 'proxyHeader' | 'countryHeader'>;

/**
 * Makes the reader of where a request came from: the other end of the connection, unless that is a configured proxy.
 * Then it is the last address in the proxies' header that is no proxy's; whatever stands before it, the client could
 * have written. A proxy that tells something that is no address stands for it itself.
 */
export function senderReader({ proxies, proxyHeader, countryHeader }: Means): (request: Arrived) => Found {
  const list = listOf(proxies);
  const isProxy = (address: string) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return ({ socket, headers }) => {
    const end = plainAddress(socket.remoteAddress ?? '') ?? 'gone';
    const isBehind = end !== 'gone' && isProxy(end);
    const address = isBehind ? client(end, hops(headers, proxyHeader), isProxy) : end;
    const agent = headers['user-agent'];
    return {
      address,
      from: {
        address: new Personal(address),
        agent: agent === undefined ? undefined : new Personal(agent),
        country: isBehind && countryHeader !== undefined ? countryIn(headers[countryHeader]) : undefined,
      },
    };
  };
}

function client(end: string, told: readonly string[], isProxy: (address: string) => boolean): string {
  let at = end;
  for (const hop of told.toReversed()) {
    const address = plainAddress(withoutPort(hop));
    // The unspecified address is nobody's, in particular no way round a limit.
    if (address === undefined || address === noAddress) return at;
    at = address;
    if (!isProxy(at)) return at;
  }
  return at;
}

/** The hops that the header tells, the nearest last. `Forwarded` is RFC 7239: several elements, each with its pairs. */
function hops(headers: IncomingHttpHeaders, name: Means['proxyHeader']): readonly string[] {
  const told = headers[name];
  const text = Array.isArray(told) ? told.join(',') : (told ?? '');
  const elements = text.split(',').map((one) => one.trim());
  if (name === 'x-forwarded-for') return elements.filter(Boolean);
  return elements.map(
    (one) => /(?:^|;)\s*for=("[^"]*"|[^;]*)/i.exec(one)?.[1]?.replaceAll('"', '').trim() ?? 'unknown',
  );
}

/** `192.0.2.1:80`, `[2001:db8::1]:80`: some proxies add the port. */
function withoutPort(hop: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(hop)?.[1];
  return bracketed ?? /^([\d.]+):\d{1,5}$/.exec(hop)?.[1] ?? hop;
}

/** ISO 3166; edges write XX where they do not know. */
function countryIn(told: string | string[] | undefined): string | undefined {
  const code = typeof told === 'string' ? told.toUpperCase() : '';
  return /^[A-Z]{2}$/.test(code) && code !== 'XX' ? code : undefined;
}

function listOf(proxies: readonly string[]): BlockList {
  const list = new BlockList();
  for (const one of proxies) {
    const [network = '', prefix] = one.split('/');
    const plain = plainAddress(network) ?? network;
    const kind = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(plain, kind);
    else list.addSubnet(network, Number(prefix), isIP(network) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
