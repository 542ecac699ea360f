import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Personal } from '#base';
import type { SignedRequest } from '../carrier.ts';
import { parseForm, type Fields } from './form.ts';

const header = 'x-twilio-signature';
const standardPorts: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80', 'wss:': '443', 'ws:': '80' };

/**
 * The signature of a webhook or handshake: base64 of HMAC-SHA1 over the URL exactly as requested, then every
 * parameter name in code-unit order directly followed by its values, the values of a repeated name once each and sorted.
 * Source: twilio.com/docs/usage/webhooks/webhooks-security.
 */
export function signature(secret: Personal, url: string, fields: Fields = new Map()): string {
  const content = [...fields.keys()].toSorted(byCodeUnit).map((name) =>
    [...new Set(fields.get(name))]
      .toSorted(byCodeUnit)
      .map((value) => name + value)
      .join(''),
  );
  return createHmac('sha1', secret.reveal())
    .update(url + content.join(''), 'utf8')
    .digest('base64');
}

/**
 * True only when the webhook's signature was made with `secret` over this URL and this body. A form is covered by
 * its parameters; any other body only through the `bodySHA256` in the URL, without which it counts as unsigned.
 */
export function verify(request: SignedRequest, secret: Personal): boolean {
  const bodyHash = new URL(request.url).searchParams.get('bodySHA256');
  if (bodyHash !== null) {
    const hash = createHash('sha256').update(request.rawBody).digest('hex');
    return same(bodyHash, hash) && signedFor(request, portVariants(request.url), secret);
  }
  if (request.rawBody.length > 0 && !isForm(request)) return false;
  return signedFor(request, portVariants(request.url), secret, parseForm(request.rawBody));
}

/** The same for a WebSocket handshake: it covers the `wss:` URL alone, with or without a slash at the end of the path. */
export function verifyUpgrade(request: Pick<SignedRequest, 'url' | 'headers'>, secret: Personal): boolean {
  const url = request.url.replace(/^http/, 'ws');
  const urls = [url, otherSlash(url)].flatMap(portVariants);
  return signedFor(request, urls, secret);
}

/** The signature that came with the request; undefined when there is none, or more than one. */
function givenSignature(request: Pick<SignedRequest, 'headers'>): string | undefined {
  const given = request.headers[header];
  return typeof given === 'string' ? given : undefined;
}

/** True for a form body; the carrier's other webhooks are JSON. */
export function isForm(request: Pick<SignedRequest, 'headers'>): boolean {
  return /^application\/x-www-form-urlencoded(\s*;|$)/i.test(String(request.headers['content-type'] ?? ''));
}

function signedFor(
  request: Pick<SignedRequest, 'headers'>,
  urls: readonly string[],
  secret: Personal,
  fields?: Fields,
): boolean {
  const given = givenSignature(request);
  if (given === undefined) return false;
  // Every variant is computed, so that the time taken does not tell which one matched.
  return urls.map((url) => same(given, signature(secret, url, fields))).includes(true);
}

/** Constant time for equal lengths; the length of a right signature is no secret. */
function same(given: string, expected: string): boolean {
  const left = Buffer.from(given, 'utf8');
  const right = Buffer.from(expected, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * The carrier drops the port of an `https:` URL before it signs, or keeps it, or writes out the standard one: it
 * differs by product (documentation, and its libraries accept all). Over plain http the port is always signed, but
 * for port 80. Only the authority is edited: the path and query keep the exact characters that were requested.
 */
function portVariants(url: string): readonly string[] {
  const parts = /^([a-z]+:)\/\/([^/?#]*?)(?::(\d+))?(?=[/?#]|$)(.*)$/is.exec(url);
  if (!parts) return [url];
  const [, scheme = '', host = '', port, rest = ''] = parts;
  const standard = standardPorts[scheme];
  if (port === undefined) return [url, `${scheme}//${host}:${standard}${rest}`];
  const mayBeDropped = port === standard || scheme === 'https:' || scheme === 'wss:';
  return mayBeDropped ? [url, `${scheme}//${host}${rest}`] : [url];
}

function otherSlash(url: string): string {
  const [path = '', ...query] = url.split('?');
  const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
  return [other, ...query].join('?');
}

function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
