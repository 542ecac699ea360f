import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Role } from '#access';
import type { Http, Id } from '#base';
import { openServer, type Identify, type Route } from '#edge';
import { askerByKey, type Vendors } from '#safeguards/accounts';
import { askerBySession, beginSession } from '#safeguards/identity';
import { carriers } from '#adapters/carriers';
import { models } from '#adapters/models';
import { always, forgetful } from './edge.ts';
import { openHouse, sender, type House, type Resident } from './house.ts';
import { requestsOnly } from './requests-only.ts';

/** What the routes under test are made of. */
export type RoutesCtx = House['ctx'] & Vendors & { readonly http: Http };

export type Json = { readonly [name: string]: unknown } & {
  readonly code?: string;
  readonly id?: string;
  readonly key?: string;
  readonly items?: readonly Json[];
};
export type Told = {
  readonly status: number;
  readonly json: Json;
  readonly etag: string | undefined;
  /** The cookie that was set, as the next request sends it. */
  readonly cookie: string | undefined;
};

/** The headers of someone who asks: a person who is signed in and fresh, or the holder of a key. */
export type Asker = { readonly [header: string]: string };

/** A house with a door: real sessions and keys, in front of the given routes. */
export type Team = House & {
  readonly routesCtx: RoutesCtx;
  ask(as: Asker, method: string, path: string, body?: unknown): Promise<Told>;
  /** A page or a text, which anyone may open unless somebody asks. */
  page(path: string, as?: Asker): Promise<{ readonly body: string }>;
  /** A member who is signed in; of an organisation of their own unless one is named. */
  member(role: Role, organisation?: Id): Promise<Resident & { readonly as: Asker; readonly email: string }>;
  /** Signs somebody in anew, in their oldest organisation: fresh, unless by a link alone. */
  signIn(identity: Id, plan?: { readonly isFresh: boolean }): Promise<Asker>;
};

const origin = 'http://127.0.0.1:8000';

export const byKey = (key: string): Asker => ({ authorization: `Bearer ${key}` });

/** Opens it; whoever asks does so from 192.0.2.7 (RFC 5737). */
export async function openTeam(
  routesOf: (ctx: RoutesCtx) => readonly Route[],
  { env = {}, http = requestsOnly(() => Promise.reject(new Error('nothing goes out here'))) }: Given = {},
): Promise<Team> {
  const house = await openHouse({ SOTTO_PUBLIC_URL: origin, SOTTO_PORT: '0', ...env });
  const vendors = { carriers: await carriers(), models: await models() };
  const routesCtx = { ...house.ctx, ...vendors, http, publicUrl: () => origin };
  const identify: Identify = (shown) =>
    shown.by === 'key'
      ? askerByKey(house.ctx, shown.key, shown.from)
      : askerBySession(house.ctx, shown.token, shown.from);
  const server = await openServer(routesCtx, {
    routes: routesOf(routesCtx),
    identify,
    admit: always,
    repeats: forgetful,
  });
  let count = 0;
  const ask: Team['ask'] = async (as, method, path, body) => {
    const answer = await server.inject({
      method: method as 'GET',
      url: path,
      from: '192.0.2.7',
      headers: {
        ...as,
        origin,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const etag = answer.headers['etag'];
    return {
      status: answer.status,
      json: (answer.body === '' ? {} : JSON.parse(answer.body)) as Json,
      etag: etag === undefined ? undefined : String(etag),
      cookie: [answer.headers['set-cookie'] ?? []].flat().map(String)[0]?.split(';')[0],
    };
  };
  const signIn: Team['signIn'] = async (identity, { isFresh } = { isFresh: true }) => {
    const state = await beginSession(house.ctx, { identity, by: 'link', from: sender(), isFresh });
    assert.ok(state.state === 'signed-in');
    return { cookie: `sotto=${state.token}` };
  };
  return {
    ...house,
    routesCtx,
    ask,
    page: (url, as = {}) => server.inject({ method: 'GET', url, headers: { ...as } }),
    signIn,
    async member(role, organisation) {
      const email = `${role}-${(count += 1)}@example.com`;
      const resident = await house.resident(email, { role, ...(organisation && { organisation }) });
      return { ...resident, email, as: await signIn(resident.identity) };
    },
    async close() {
      const closing = server.close();
      house.ctx.clock.advance(60_000);
      await closing;
      await house.close();
    },
  };
}

type Given = { readonly env?: Readonly<Record<string, string>>; readonly http?: Http };

/** The statuses of several answers, in order of their size. */
export function statusesOf(answers: readonly Told[]): number[] {
  return answers.map(({ status }) => status).toSorted((a, b) => a - b);
}

/** The same, closed with the test. */
export async function teamFor(t: TestContext, ...given: Parameters<typeof openTeam>): Promise<Team> {
  const team = await openTeam(...given);
  t.after(() => team.close());
  return team;
}
