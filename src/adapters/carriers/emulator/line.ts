import { WebSocket } from 'ws';
import { problem, type Http, type Processor } from '#base';
import type { CarrierAccount } from '../carrier.ts';
import { signature } from '../twilio/signature.ts';

/** Where the product is: the origin it signs and answers for, and the loopback address where it really listens. */
export type Product = { readonly origin: string; readonly via: string };

/** The emulated carrier's connection to the product. Everything on it is signed with the account's token. */
export type Line = {
  /** Posts a form, as for a webhook. Returns status and body, whatever they are. */
  post(
    url: string,
    form: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly body: string }>;
  /** Begins a WebSocket handshake. */
  connect(url: string): WebSocket;
};

/** How requests and sockets reach the product. */
export type Transport = {
  post(
    url: string,
    request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  ): Promise<{ readonly status: number; readonly body: string }>;
  connect(url: string, headers: Readonly<Record<string, string>>): WebSocket;
};

/** What the real carrier allows for an answer to a webhook. */
const withinMs = 15_000;
/** A message of a media stream may hold a whole answer: two minutes of audio in base64. */
const largestFrame = 2 * 1_024 * 1_024;

/** Signs what goes to the product with the account's token. */
export function signedLine(account: CarrierAccount, transport: Transport): Line {
  return {
    post(url, form) {
      const fields = new Map(Object.entries(form).map(([name, value]) => [name, [value]]));
      const headers = {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        'x-twilio-signature': signature(account.authToken, url, fields),
      };
      return transport.post(url, { headers, body: new URLSearchParams(form).toString() });
    },
    connect: (url) => transport.connect(url, { 'x-twilio-signature': signature(account.authToken, url) }),
  };
}

/** Opens the line. It reaches the product only, and the product only on this machine (`address-blocked` otherwise). */
export function openLine(product: Product, account: CarrierAccount, http: Http): Line {
  const { host: actualHost, hostname } = new URL(product.via);
  if (!['127.0.0.1', '[::1]', 'localhost'].includes(hostname)) {
    throw problem('address-blocked', 'The emulated carrier calls this machine only; give a loopback address.');
  }
  const host = new URL(product.origin).host;
  const processor: Processor = {
    name: 'Sotto itself',
    purpose: 'Webhooks of the emulated carrier, on this machine',
    data: [],
    region: 'this machine',
    hosts: [actualHost],
  };
  return signedLine(account, {
    async post(url, { headers, body }) {
      const sent = { url: actual(product, url), headers: { host, ...headers }, body, withinMs };
      const answer = await http(processor, { method: 'POST', ...sent });
      return { status: answer.status, body: answer.body.toString('utf8') };
    },
    connect: (url, headers) =>
      new WebSocket(actual(product, url), {
        headers: { host, ...headers },
        handshakeTimeout: withinMs,
        maxPayload: largestFrame,
        perMessageDeflate: false,
      }),
  });
}

/** The address to dial for a public URL of the product; any other URL is refused. */
function actual(product: Product, url: string): string {
  const scheme = /^wss?:/.test(url) ? 'ws' : 'http';
  const origin = product.origin.replace(/^http/, scheme);
  if (!url.startsWith(`${origin}/`)) {
    throw problem('host-not-listed', 'The emulated carrier asks the product alone; the answer names another host.');
  }
  return product.via.replace(/^http/, scheme) + url.slice(origin.length);
}
