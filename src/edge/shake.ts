import type { Server as HttpServer } from 'node:http';
import { duplexPair } from 'node:stream';
import { tlsHandshake, type TlsVersion } from '#base';

/**
 * A TLS handshake that does not travel: for probes. The version that was agreed on; undefined when the server refuses
 * this one, and where it speaks no TLS.
 */
export async function shake(server: HttpServer, version: TlsVersion): Promise<string | undefined> {
  if (!('setSecureContext' in server)) return undefined;
  const [outside, inside] = duplexPair();
  const agreed = tlsHandshake(outside, version);
  server.emit('connection', inside);
  return agreed.finally(() => inside.destroy());
}
