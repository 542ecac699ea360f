/* What the product looks at itself with. */
export { hearOutput, watchOutput } from './output-watch.ts';
export { tlsHandshake, tlsVersions, type TlsVersion } from './tls-handshake.ts';
