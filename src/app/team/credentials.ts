import { Type } from 'typebox';
import { Personal } from '#base';
import { route, type Route } from '#edge';
import {
  connectProvider,
  explainCheck,
  listCredentials,
  revokeCredential,
  rotateCredential,
  testCredential,
} from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { done, id, instant, maybeInstant, nothing, text } from '../api/shapes.ts';
import { plain } from '../plain.ts';
import { askingOf, type TeamCtx } from './ctx.ts';

const params = Type.Object({ id });
const secret = Type.String({ minLength: 1, maxLength: 256, description: 'Sealed at once, and never shown again.' });
const result = Type.Enum([
  'ok',
  'key-refused',
  'no-permission',
  'not-active',
  'no-funds',
  'busy',
  'unreachable',
  'not-understood',
]);

/** The organisation's own accounts at providers. Secrets go in and never come out. */
export function credentialRoutes(ctx: TeamCtx): Route[] {
  return [all(ctx), connected(ctx), tested(ctx), rotated(ctx), revoked(ctx)];
}

function all(ctx: TeamCtx): Route {
  const item = Type.Object({
    id,
    vendor: Type.String(),
    kind: Type.Enum(['carrier', 'model']),
    account: { ...text, description: 'The last four characters of the account.' },
    connectedAt: instant,
    rotatedAt: maybeInstant,
    testedAt: maybeInstant,
    testResult: Type.Union([result, Type.Null()]),
  });
  return route({
    method: 'GET',
    path: '/api/v1/credentials',
    say: 'Providers that are connected, the oldest first; never a secret.',
    may: { scope: 'credentials:read' },
    limit: 'api',
    audits: 'read.credentials',
    output: { 200: Type.Object({ items: Type.Array(item) }) },
    async run(request) {
      const { who, sender: details } = await askingOf(ctx, request);
      const { organisation, actor } = who;
      const items = await ctx.db.tenant(organisation, async (tx) => {
        const object = `organisation:${organisation}` as const;
        await record(ctx, tx, { organisation, actor, action: 'read.credentials', object, details });
        return listCredentials(tx, organisation);
      });
      return { status: 200 as const, json: { items: plain(items) } };
    },
  });
}

function connected(ctx: TeamCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/credentials',
    say: 'Connects a provider: a model by its key, a carrier by its account and auth token. Connecting the same again replaces the secret.',
    may: { scope: 'credentials:write' },
    limit: 'api',
    audits: 'credential.added',
    body: Type.Object({
      vendor: Type.String({ maxLength: 64 }),
      account: Type.Optional(
        Type.String({ maxLength: 100, description: 'For carriers: the name of the account there.' }),
      ),
      secret,
    }),
    output: { 201: Type.Object({ id }) },
    async run(request) {
      const asking = await askingOf(ctx, request);
      const { vendor, account } = request.body;
      const given = { vendor, account, secret: new Personal(request.body.secret) };
      const made = await ctx.db.tenant(asking.who.organisation, (tx) =>
        connectProvider(ctx, tx, asking, { vendors: ctx, given }),
      );
      return { status: 201 as const, json: { id: made } };
    },
  });
}

function tested(ctx: TeamCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/credentials/:id/test',
    say: 'Asks the provider, with one request that changes nothing, what the credential is worth, and says what is wrong.',
    may: { scope: 'credentials:write' },
    limit: 'api',
    audits: 'credential.tested',
    params,
    output: { 200: Type.Object({ result, detail: Type.String() }) },
    async run(request) {
      const told = await testCredential(ctx, await askingOf(ctx, request), { vendors: ctx, id: request.params.id });
      return { status: 200 as const, json: { result: told.result, detail: explainCheck(told) } };
    },
  });
}

function rotated(ctx: TeamCtx): Route {
  return route({
    method: 'PUT',
    path: '/api/v1/credentials/:id/secret',
    say: 'Puts another secret in the place of the one that is kept. Every process uses it from the next request on.',
    may: { scope: 'credentials:write' },
    limit: 'api',
    audits: 'credential.rotated',
    params,
    body: Type.Object({ secret }),
    output: { 204: nothing },
    async run(request) {
      const asking = await askingOf(ctx, request);
      const change = { id: request.params.id, secret: new Personal(request.body.secret) };
      await ctx.db.tenant(asking.who.organisation, (tx) => rotateCredential(ctx, tx, asking, change));
      return done;
    },
  });
}

function revoked(ctx: TeamCtx): Route {
  return route({
    method: 'DELETE',
    path: '/api/v1/credentials/:id',
    say: 'Disconnects a provider at once, in every process; no copy of the secret can be opened any more.',
    may: { scope: 'credentials:write' },
    limit: 'api',
    audits: 'credential.revoked',
    params,
    output: { 204: nothing },
    async run(request) {
      await revokeCredential(ctx, await askingOf(ctx, request), request.params.id);
      return done;
    },
  });
}
