import { Type } from 'typebox';
import { problem } from '#base';
import { route, type Route } from '#edge';
import {
  apiKeyScan,
  boundsOf,
  endOldSecret,
  listApiKeys,
  lockedGrants,
  makeOwnKey,
  personBehind,
  revokeApiKey,
  rotateApiKey,
} from '#safeguards/accounts';
import { listRoute } from '../api/list.ts';
import { done, id, instant, maybeId, maybeInstant, name, nothing } from '../api/shapes.ts';
import { askingOf, type TeamCtx } from './ctx.ts';

const params = Type.Object({ id });
const hourMs = 3_600_000;
/** Told once, and stored nowhere: so repeating the request is no way to get it again, and makes another one. */
const secret = Type.String({ description: 'The key in full. It is shown this once.' });

/** API keys: what they may do, from where, until when, and what was done with them. */
export function keyRoutes(ctx: TeamCtx): Route[] {
  const all = listRoute(ctx, {
    path: 'keys',
    say: 'API keys, newest first, revoked ones included; never a secret.',
    scope: 'keys:read',
    audits: 'read.keys',
    item: Type.Object({
      id,
      begins: Type.String({ description: 'How the key in full begins.' }),
      name: Type.String(),
      scopes: Type.Array(Type.String()),
      addresses: Type.Array(Type.String()),
      madeBy: maybeId,
      createdAt: instant,
      expiresAt: maybeInstant,
      lastUsedAt: { ...maybeInstant, description: 'To the minute.' },
      revokedAt: maybeInstant,
      oldSecretEndsAt: maybeInstant,
    }),
    list: (tx, organisation, page) => listApiKeys(ctx, tx, organisation, page),
  });
  return [all, made(ctx), rotated(ctx), oldEnded(ctx), revoked(ctx), pattern()];
}

function made(ctx: TeamCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/keys',
    say: 'Makes an API key that may do some of what its maker may. Its secret is in this answer and nowhere else.',
    may: { scope: 'keys:write' },
    limit: 'api',
    audits: 'api-key.made',
    body: Type.Object({
      name,
      scopes: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 64 }),
      expiresAt: Type.Optional(instant),
      addresses: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 })),
    }),
    output: { 201: Type.Object({ id, key: secret }) },
    async run(request) {
      const { expiresAt, ...given } = request.body;
      const asking = await askingOf(ctx, request);
      const wanted = { ...given, expiresAt: expiresAt === undefined ? undefined : Date.parse(expiresAt) };
      const json = await ctx.db.tenant(asking.who.organisation, (tx) => makeOwnKey(ctx, tx, asking, wanted));
      return { status: 201 as const, json };
    },
  });
}

function rotated(ctx: TeamCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/keys/:id/rotate',
    say: 'Gives a key another secret; the one before lives on for as many hours, at most 168. The key is that of whoever asks from then on.',
    may: { scope: 'keys:write' },
    limit: 'api',
    audits: 'api-key.rotated',
    params,
    body: Type.Object({ keepOldForHours: Type.Integer({ minimum: 0, maximum: 168 }) }),
    output: { 200: Type.Object({ key: secret, oldSecretEndsAt: maybeInstant }) },
    async run(request) {
      const asking = await askingOf(ctx, request);
      const { organisation, actor: by } = asking.who;
      const { key, oldUntil } = await ctx.db.tenant(organisation, async (tx) => {
        const within = await lockedGrants(ctx, tx, asking.who);
        const overlapMs = request.body.keepOldForHours * hourMs;
        return rotateApiKey(ctx, tx, {
          organisation,
          id: request.params.id,
          overlapMs,
          within,
          bounds: await boundsOf(tx, asking.who),
          madeBy: await personBehind(tx, asking.who),
          by,
          sender: asking.sender,
        });
      });
      const oldSecretEndsAt = oldUntil === null ? null : new Date(oldUntil).toISOString();
      return { status: 200 as const, json: { key, oldSecretEndsAt } };
    },
  });
}

function oldEnded(ctx: TeamCtx): Route {
  return route({
    method: 'DELETE',
    path: '/api/v1/keys/:id/old-secret',
    say: 'Ends the secret from before a rotation now. The key lives on with the new one.',
    may: { scope: 'keys:write' },
    limit: 'api',
    audits: 'api-key.old-ended',
    params,
    output: { 204: nothing },
    async run(request) {
      const { who, sender } = await askingOf(ctx, request);
      const one = { organisation: who.organisation, id: request.params.id, by: who.actor, sender };
      if (!(await ctx.db.tenant(who.organisation, (tx) => endOldSecret(ctx, tx, one))))
        throw problem('not-found', 'There is no such key with an old secret that lives.');
      return done;
    },
  });
}

function revoked(ctx: TeamCtx): Route {
  return route({
    method: 'DELETE',
    path: '/api/v1/keys/:id',
    say: 'Revokes a key: it is refused from the next request on, by every process.',
    may: { scope: 'keys:write' },
    limit: 'api',
    audits: 'api-key.revoked',
    params,
    output: { 204: nothing },
    async run(request) {
      const { who, sender } = await askingOf(ctx, request);
      const one = { organisation: who.organisation, id: request.params.id, by: who.actor, sender };
      if (!(await ctx.db.tenant(who.organisation, (tx) => revokeApiKey(ctx, tx, one))))
        throw problem('not-found', 'There is no such live key.');
      return done;
    },
  });
}

function pattern(): Route {
  return route({
    method: 'GET',
    path: '/.well-known/sotto/api-key-pattern.json',
    say: 'What API keys look like, for scanners that look for secrets that got out.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: {
      200: Type.Object({
        prefix: Type.String(),
        regex: Type.String(),
        checksum: Type.String(),
        example: Type.String(),
      }),
    },
    run: async () => ({ status: 200 as const, json: { ...apiKeyScan } }),
  });
}
