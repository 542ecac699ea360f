import { constants, createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { errorWords, problem, type Cancel, type Config } from '#base';
import type { EdgeCtx } from './server.ts';

/** Certificate chain and key, as PEM. */
export type Pair = { readonly cert: string; readonly key: string };

/** How often the files are looked at, in milliseconds. */
const lookMs = 30_000;

/**
 * TLS as it is spoken here: 1.3 preferred, 1.2 with forward secrecy and AEAD alone, our order of suites, no renegotiation
 * (RFC 9325 §3.1, §4.2), HTTP/1.1 because WebSockets are handed over.
 */
export const tlsManners = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_AES_128_GCM_SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-RSA-CHACHA20-POLY1305',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
  ].join(':'),
  honorCipherOrder: true,
  secureOptions: constants.SSL_OP_NO_RENEGOTIATION | constants.SSL_OP_NO_COMPRESSION,
  ALPNProtocols: ['http/1.1'],
  handshakeTimeout: 10_000,
} as const;

/** The pair of SOTTO_TLS_CERT and SOTTO_TLS_KEY, checked to belong together. Throws `certificate-unusable`. */
export async function readPair({ tlsCert, tlsKey }: Pick<Config, 'tlsCert' | 'tlsKey'>): Promise<Pair | undefined> {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  // One after the other, so that of two that are missing the same one is named every time.
  const cert = await readPem(tlsCert, 'SOTTO_TLS_CERT');
  const key = await readPem(tlsKey, 'SOTTO_TLS_KEY');
  if (!belongTogether(cert, key)) {
    throw problem('certificate-unusable', 'SOTTO_TLS_CERT and SOTTO_TLS_KEY hold no certificate and the key of it.');
  }
  return { cert, key };
}

/**
 * Looks at the files from time to time and hands on what is new; a certificate is renewed without a restart. A pair that
 * cannot be used, or is cut short because somebody is writing it, is logged once and the one before stays in force.
 */
export function watchPair(ctx: EdgeCtx, first: Pair, apply: (pair: Pair) => void): Cancel {
  let inForce = first;
  let hasRefused = false;
  let stop: Cancel = () => {};
  let isOver = false;
  const look = async () => {
    try {
      const pair = await readPair(ctx.config);
      hasRefused = false;
      if (!pair || isOver || (pair.cert === inForce.cert && pair.key === inForce.key)) return;
      apply(pair);
      inForce = pair;
      ctx.log('tls.renewed');
    } catch (error) {
      if (!hasRefused) ctx.log('tls.refused', errorWords(error));
      hasRefused = true;
    }
  };
  const later = () => {
    stop = ctx.clock.after(lookMs, () => {
      void look().then(() => {
        if (!isOver) later();
      });
    });
  };
  later();
  return () => {
    isOver = true;
    stop();
  };
}

async function readPem(file: string, setting: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw problem('certificate-unusable', `The file of ${setting} cannot be read.`, { cause: error });
  }
}

function belongTogether(cert: string, key: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}
