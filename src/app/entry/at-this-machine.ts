import type { Config } from '#base';
import { isLoopback, type RouteRequest } from '#edge';

type Placed = Pick<Config, 'host' | 'publicUrl' | 'proxies'>;
type Arrived = Pick<RouteRequest, 'headers' | 'from'>;

/** True for an installation that only its own machine can reach, as far as it was told. */
export function isForThisMachine({ host, publicUrl, proxies }: Placed): boolean {
  return isLoopback(host) && publicUrl === undefined && proxies.length === 0;
}

/**
 * True for a request that was made at the machine itself, by our own page or by a program. The other end being loopback
 * is not enough: a page of another site can have its name resolve to 127.0.0.1 (DNS rebinding) and then asks from the
 * browser of whoever sits here, and a tunnel or proxy that we were not told of hands on what strangers ask. The first
 * shows in `Host`, the second in what such programs add.
 */
export function isAtThisMachine(config: Placed, { headers, from }: Arrived): boolean {
  return (
    isForThisMachine(config) &&
    isLoopback(from.address.reveal()) &&
    isOwnPage(headers) &&
    handedOn.every((name) => headers[name] === undefined)
  );
}

/** Said by proxies and tunnels, never by browsers. */
const handedOn = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

function isOwnPage({ host, origin, 'sec-fetch-site': site }: RouteRequest['headers']): boolean {
  const named = URL.parse(`http://${host ?? ''}`);
  if (!host || !named || named.host !== host.toLowerCase() || !isLoopback(named.hostname)) return false;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}
