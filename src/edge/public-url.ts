import { isIP } from 'node:net';
import { problem, type Config } from '#base';

type Placed = Pick<Config, 'host' | 'publicUrl' | 'tlsCert' | 'proxies'>;

/**
 * The origin under which the world reaches this installation: what carriers sign and what we put in links.
 * Plain http is for this machine only: whoever listens beyond it has a certificate, or names the proxies that end TLS.
 * Anything else refuses with `openly-reachable`.
 */
export function publicUrlOf(config: Placed, port: number): string {
  const { host, publicUrl, tlsCert } = config;
  const scheme = tlsCert === undefined ? 'http' : 'https';
  const url = new URL(publicUrl ?? `${scheme}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`);
  if (isProtected(url, config)) return url.origin;
  throw problem(
    'openly-reachable',
    'Calls and keys would travel unprotected. Give a certificate with SOTTO_TLS_CERT and SOTTO_TLS_KEY; or let a proxy ' +
      'end TLS and name its origin in SOTTO_PUBLIC_URL (https) and its address in SOTTO_PROXIES; or keep SOTTO_HOST and ' +
      'SOTTO_PUBLIC_URL on a loopback address.',
  );
}

function isProtected(url: URL, { host, tlsCert, proxies }: Placed): boolean {
  const isSecure = url.protocol === 'https:';
  if (tlsCert !== undefined) return isSecure;
  return isSecure ? isLoopback(host) || proxies.length > 0 : isLoopback(host) && isLoopback(url.hostname);
}

/** True for names and addresses that never leave this machine (RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(bare) === 4) return bare.startsWith('127.');
  return bare === '::1' || bare === 'localhost' || bare.endsWith('.localhost');
}
