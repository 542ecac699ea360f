import assert from 'node:assert/strict';
import { openHttp, type Egress } from '#base';
import { openServer, type Route, type Server } from '#edge';
import { factorRoutes } from '#safeguards/factors';
import { askerBySession, beginSession, identityRoutes, type IdentityCtx } from '#safeguards/identity';
import { always } from './edge.ts';
import { openHouse, sender, type House } from './house.ts';

export const origin = 'https://phone.example.com';

/** A house whose residents come in by its front door: real routes, real cookies, no network in between. */
export type FrontDoor = House & {
  readonly ctx: House['ctx'] & { readonly http: Egress };
  readonly server: Server;
  browser(address?: string): Browser;
  /** A browser in which somebody is signed in by a link, as a session that `askerBySession` knows. */
  signedIn(email: string): Promise<Browser & { readonly email: string }>;
};

export type Answer = { readonly status: number; readonly json: Json; readonly code: string; readonly location: string };
// What tests read out of an answer is asserted right there.
type Json = Readonly<Record<string, unknown>>;

/** Keeps cookies and says where it is, as browsers do. */
export type Browser = {
  readonly address: string;
  readonly cookies: Map<string, string>;
  send(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
};

type Given = {
  readonly env?: Readonly<Record<string, string>>;
  /** Routes in place of the usual ones. */
  readonly routes?: (ctx: IdentityCtx & { readonly http: Egress }) => readonly Route[];
};

export async function openFrontDoor({ env = {}, routes }: Given = {}): Promise<FrontDoor> {
  const house = await openHouse({ SOTTO_PUBLIC_URL: origin, ...env });
  const http = openHttp({ config: house.ctx.config, log: house.ctx.log });
  const publicUrl = () => house.ctx.config.publicUrl ?? origin;
  const ctx = { ...house.ctx, http, publicUrl };
  const server = await openServer(ctx, {
    routes: routes?.(ctx) ?? [...identityRoutes(ctx), ...factorRoutes(ctx)],
    identify: async (shown) => (shown.by === 'session' ? askerBySession(ctx, shown.token, shown.from) : undefined),
    admit: always,
  });
  let browsers = 0;
  const browser = (address = `198.51.100.${(browsers += 1)}`) => openBrowser(server, publicUrl(), address);
  return {
    ...house,
    ctx,
    server,
    browser,
    async signedIn(email) {
      const { identity } = await house.resident(email);
      const one = browser();
      const state = await beginSession(ctx, { identity, by: 'link', from: sender(one.address) });
      assert.ok(state.state === 'signed-in', 'nobody new has a second factor');
      one.cookies.set(cookieName(publicUrl()), state.token);
      return { ...one, email };
    },
    async close() {
      await server.close();
      await http.close();
      await house.close();
    },
  };
}

function cookieName(at: string): string {
  return at.startsWith('https:') ? '__Host-sotto' : 'sotto';
}

function openBrowser(server: Server, at: string, address: string): Browser {
  const cookies = new Map<string, string>();
  const send: Browser['send'] = async (method, path, body) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await server.inject({
      method,
      url: path,
      from: address,
      headers: {
        'user-agent': 'Mozilla/5.0 (test)',
        'origin': at,
        'sec-fetch-site': 'same-origin',
        ...(cookie && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const set of [answer.headers['set-cookie'] ?? []].flat()) keep(cookies, String(set));
    const json = (answer.body === '' || answer.status === 303 ? {} : answer.json()) as Json;
    const location = String(answer.headers['location'] ?? '');
    return { status: answer.status, json, code: codeIn(json) ?? codeBehind(location, at), location };
  };
  return { address, cookies, send, post: (path, body) => send('POST', path, body) };
}

function codeIn(json: Json): string | undefined {
  return typeof json['type'] === 'string' ? json['type'].split('/').at(-1) : undefined;
}

/** Where a page is shown next, the problem is told in its address. */
function codeBehind(location: string, at: string): string {
  return URL.parse(location, at)?.searchParams.get('problem') ?? '';
}

function keep(cookies: Map<string, string>, set: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
  if (/max-age=0/i.test(set)) cookies.delete(name);
  else cookies.set(name, value);
}

/** What is shown as text, for what a person reads off a screen. */
export function textOf(json: Json, name: string): string {
  const value = json[name];
  assert.equal(typeof value, 'string', `${name} is missing`);
  return String(value);
}
