import { Type } from 'typebox';
import { route, type Route } from '#edge';
import { senderDetails } from '#safeguards/audit';
import { addWitness, listWitnesses, removeWitness } from '#safeguards/log';
import type { ApiCtx } from '../api/list.ts';
import { done, id, instant, nothing, orNull } from '../api/shapes.ts';
import { plain } from '../plain.ts';

const shape = Type.Object({
  id,
  name: Type.String(),
  url: Type.String(),
  key: Type.String(),
  addedAt: instant,
  state: {
    ...Type.Enum(['waiting', 'signed', 'refused', 'unreachable']),
    description: '`refused`: it says that what it was given does not continue what it knows, or does not know the log.',
  },
  stateAt: instant,
  why: orNull(Type.String({ description: 'Why it did not sign, a fixed word.' })),
  size: Type.Integer({ description: 'How many entries the head covers that it is known to have.' }),
});

/** Systems of the business that remember the heads of its audit log, so that nobody can take anything back. */
export function witnessRoutes(ctx: ApiCtx): Route[] {
  return [all(ctx), add(ctx), remove(ctx)];
}

function all(ctx: ApiCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/audit/witnesses',
    say: 'The witnesses of the audit log (https://c2sp.org/tlog-witness), and whether each signed the newest head it was given.',
    may: { scope: 'audit:read' },
    limit: 'api',
    audits: null,
    output: { 200: Type.Object({ witnesses: Type.Array(shape) }) },
    async run({ who: { organisation } }) {
      const witnesses = await ctx.db.tenant(organisation, (tx) => listWitnesses(tx, organisation));
      return { status: 200 as const, json: { witnesses: witnesses.map(plain) } };
    },
  });
}

function add(ctx: ApiCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/audit/witnesses',
    say: 'Has every new head of the audit log sent to a system of the business, which signs it when it continues the last one. `./sotto audit witness` is one.',
    may: { scope: 'witnesses:write' },
    limit: 'api',
    audits: 'witness.added',
    body: Type.Object({
      url: Type.String({ minLength: 1, maxLength: 500, description: 'https, the part before `/add-checkpoint`.' }),
      key: Type.String({ minLength: 1, maxLength: 3_000, description: 'Its public key: NAME+HASH+BASE64.' }),
    }),
    output: { 201: shape },
    async run({ who: { organisation, actor: by }, body, from }) {
      const details = await senderDetails(ctx, from);
      const made = await ctx.db.tenant(organisation, (tx) =>
        addWitness(ctx, tx, { organisation, by, ...body, details }),
      );
      return { status: 201 as const, json: plain(made) };
    },
  });
}

function remove(ctx: ApiCtx): Route {
  return route({
    method: 'DELETE',
    path: '/api/v1/audit/witnesses/:id',
    say: 'Sends no more heads to a witness. What it signed stays in the log.',
    may: { scope: 'witnesses:write' },
    limit: 'api',
    audits: 'witness.removed',
    problems: ['not-found'],
    params: Type.Object({ id }),
    output: { 204: nothing },
    async run({ who: { organisation, actor: by }, params, from }) {
      const details = await senderDetails(ctx, from);
      await ctx.db.tenant(organisation, (tx) => removeWitness(ctx, tx, { organisation, by, id: params.id, details }));
      return done;
    },
  });
}
