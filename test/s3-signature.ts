import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { systemClock } from '#base';

/** Amazon S3 and R2 refuse a request whose time is farther off. */
const skewMs = 15 * 60_000;

export type Signing = { readonly keyId: string; readonly secret: string; readonly region: string };

const shape =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;

/** The code with which S3 refuses a request; undefined when it is signed as it should be. */
export function whyRefused(request: IncomingMessage, body: Buffer, signing: Signing): string | undefined {
  const [, keyId, day, region, names, signature] = shape.exec(request.headers.authorization ?? '') ?? [];
  if (names === undefined || signature === undefined) return 'AccessDenied';
  if (`${keyId} ${region}` !== `${signing.keyId} ${signing.region}`) return 'InvalidAccessKeyId';
  const at = headerOf(request, 'x-amz-date');
  const isNow = at.slice(0, 8) === day && Math.abs(instantOf(at) - systemClock.now()) <= skewMs;
  if (!isNow) return 'RequestTimeTooSkewed';
  const signed = names.split(';');
  const payload = headerOf(request, 'x-amz-content-sha256');
  const isCovered = payload === 'UNSIGNED-PAYLOAD' || payload === sha256(body);
  if (!isCovered || !['host', 'x-amz-content-sha256'].every((due) => signed.includes(due))) return 'AccessDenied';
  const expected = expectedSignature(request, signed, { at, ...signing });
  return timingSafeEqual(Buffer.from(expected), Buffer.from(signature)) ? undefined : 'SignatureDoesNotMatch';
}

function expectedSignature(
  request: IncomingMessage,
  signed: readonly string[],
  how: Signing & { readonly at: string },
): string {
  return signatureOf(
    {
      method: request.method ?? '',
      url: new URL(request.url ?? '/', 'http://s3.test'),
      headers: signed.map((name) => [name, headerOf(request, name)] as const),
      payload: headerOf(request, 'x-amz-content-sha256'),
    },
    how,
  );
}

function headerOf({ headers }: IncomingMessage, name: string): string {
  return String(headers[name] ?? '').trim();
}

function instantOf(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

export type ToSign = {
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly payload: string;
};

/** AWS signature version 4 for S3, in lower-case hex; the signature itself is never part of the query. */
export function signatureOf(
  { method, url, headers, payload }: ToSign,
  { at, region, secret }: Omit<Signing, 'keyId'> & { readonly at: string },
): string {
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`);
  const request = [
    method,
    url.pathname,
    query.toSorted().join('&'),
    ...headers.map(([name, value]) => `${name}:${value}`),
    '',
    headers.map(([name]) => name).join(';'),
    payload,
  ].join('\n');
  const scope = `${at.slice(0, 8)}/${region}/s3/aws4_request`;
  const chain = scope.split('/').reduce<string | Buffer>((parent, part) => hmac(parent, part), `AWS4${secret}`);
  return hmac(chain, `AWS4-HMAC-SHA256\n${at}\n${scope}\n${sha256(request)}`).toString('hex');
}

function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
