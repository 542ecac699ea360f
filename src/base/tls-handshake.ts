import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';

export const tlsVersions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
export type TlsVersion = (typeof tlsVersions)[number];

/**
 * Shakes hands over a stream as a client that speaks that one version of TLS and takes any cipher and certificate.
 * Resolves with the version that was agreed on; undefined when the other end refuses, or is silent for `withinMs`.
 */
export function tlsHandshake(
  stream: Duplex,
  version: TlsVersion,
  { withinMs = 5_000 } = {},
): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const client = connect({
    socket: stream,
    minVersion: version,
    maxVersion: version,
    // OpenSSL gives what is older than 1.2 up by itself, unless it is told that nothing is at stake.
    ciphers: 'ALL:@SECLEVEL=0',
    rejectUnauthorized: false,
  });
  const late = setTimeout(() => client.destroy(new Error('no handshake in time')), withinMs);
  client.once('secureConnect', () => {
    resolve(client.getProtocol() ?? undefined);
    client.destroy();
  });
  // Whatever goes wrong is a refusal, also behind the first error.
  client.on('error', () => resolve(undefined));
  client.once('close', () => {
    clearTimeout(late);
    resolve(undefined);
  });
  return promise;
}
