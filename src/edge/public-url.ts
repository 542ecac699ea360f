import { isIP } from 'node:net';
import { problem, type Config } from '#base';

/**
 * The origin under which the world reaches this installation: what carriers sign and what we put in links.
 * `http` is for this machine only; anything else refuses with `openly-reachable`.
 */
export function publicUrlOf(config: Pick<Config, 'host' | 'publicUrl'>, port: number): string {
  const own = `http://${isIP(config.host) === 6 ? `[${config.host}]` : config.host}:${port}`;
  const url = new URL(config.publicUrl ?? own);
  const isPrivate = isLoopback(config.host) && isLoopback(url.hostname);
  if (url.protocol === 'https:' || isPrivate) return url.origin;
  throw problem(
    'openly-reachable',
    'Calls and keys would travel unprotected. Set SOTTO_PUBLIC_URL to the https origin of a proxy that ends TLS, ' +
      'or keep SOTTO_HOST and SOTTO_PUBLIC_URL on a loopback address.',
  );
}

/** True for names and addresses that never leave this machine (RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(bare) === 4) return bare.startsWith('127.');
  return bare === '::1' || bare === 'localhost' || bare.endsWith('.localhost');
}
