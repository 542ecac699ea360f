import { Type } from 'typebox';
import { Personal, problem, type Ctx, type Id } from '#base';
import { route, type Route } from '#edge';
import { organisation as loadOrganisation } from '#safeguards/accounts';
import {
  certificateOf,
  certificateSigner,
  erasureOf,
  listErasures,
  type EraseCtx,
  type Erasure,
  type What,
} from '#safeguards/erasure';
import { e164 } from '#secretary/contacts';
import { reading } from '../reading.ts';
import { id, instant, maybeId, maybeInstant, orNull, pageQuery, pageShape } from '../api/shapes.ts';
import { plain } from '../plain.ts';
import { askingOf } from '../team/ctx.ts';
import { eraseNow } from './erase-now.ts';

const shape = {
  id,
  scope: Type.Enum(['call', 'person', 'organisation']),
  call: { ...maybeId, description: 'The call, where it is one.' },
  askedAt: instant,
  askedBy: { ...Type.String(), description: 'Who asked, as the audit log names them.' },
  state: {
    ...Type.Enum(['asked', 'planned', 'erased', 'done']),
    description: '`erased`: nothing is left here. `done`: nor with processors, or the certificate names what stays.',
  },
  waitsFor: {
    ...orNull(Type.Enum(['live-call', 'hold', 'object-store', 'processors'])),
    description: 'Why it does not go on at this moment.',
  },
  unreadableAt: { ...maybeInstant, description: 'When its keys had been destroyed.' },
  erasedAt: maybeInstant,
  doneAt: maybeInstant,
};
const withSalt = Type.Object({
  ...shape,
  salt: {
    ...Type.String(),
    description:
      'With it, and with it alone, the certificate shows what it is about. It is in no certificate, list or log.',
  },
});
const params = Type.Object({ id });

/** What is erased at once because somebody asks for it, and the certificates of that. */
export function erasureRoutes(ctx: EraseCtx): Route[] {
  return [asked(ctx), callDeleted(ctx), all(ctx), one(ctx), certificate(ctx), key(ctx)];
}

function asked(ctx: EraseCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/erasures',
    say: 'Erases a call with all that came of it, or all of a person by their number, now and for good. Mostly it is done when this answers.',
    may: { scope: 'erasures:write' },
    limit: 'api',
    audits: 'erasure.asked',
    idempotent: true,
    problems: ['not-found'],
    body: Type.Object({
      call: Type.Optional(id),
      person: Type.Optional(
        Type.String({
          minLength: 3,
          maxLength: 40,
          description: 'A telephone number, such as +15005550006; without its country it is one of the business.',
        }),
      ),
    }),
    output: { 202: withSalt },
    async run(request) {
      const { who, sender } = await askingOf(ctx, request);
      const { organisation, actor: by } = who;
      const what = await whatOf(ctx, organisation, request.body);
      const { erasure, salt } = await eraseNow(ctx, { organisation, what, by, sender });
      return { status: 202 as const, json: { ...viewOf(erasure), salt } };
    },
  });
}

function callDeleted(ctx: EraseCtx): Route {
  return route({
    method: 'DELETE',
    path: '/api/v1/calls/:id',
    say: 'Erases a call with all that came of it, as `POST /api/v1/erasures` does.',
    may: { scope: 'erasures:write' },
    limit: 'api',
    audits: 'erasure.asked',
    problems: ['not-found'],
    params,
    output: { 202: withSalt },
    async run(request) {
      const { who, sender } = await askingOf(ctx, request);
      const { organisation, actor: by } = who;
      const what = { call: request.params.id };
      const { erasure, salt } = await eraseNow(ctx, { organisation, what, by, sender });
      return { status: 202 as const, json: { ...viewOf(erasure), salt } };
    },
  });
}

function all(ctx: EraseCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/erasures',
    say: 'What was erased because somebody asked for it, newest first.',
    may: { scope: 'erasures:read' },
    limit: 'api',
    audits: 'read.erasures',
    query: pageQuery,
    output: { 200: pageShape(Type.Object(shape)) },
    async run({ who, from, query }) {
      const page = await reading(ctx, { who, from, action: 'read.erasures' }, (tx) =>
        listErasures(tx, who.organisation, { limit: 50, ...query }),
      );
      return { status: 200 as const, json: { items: page.items.map(viewOf), next: page.next } };
    },
  });
}

function one(ctx: EraseCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/erasures/:id',
    say: 'How far one erasure is.',
    may: { scope: 'erasures:read' },
    limit: 'api',
    audits: 'read.erasures',
    params,
    output: { 200: Type.Object(shape) },
    async run({ who, from, params: { id: wanted } }) {
      const look = { who, from, action: 'read.erasures', object: `erasure:${wanted}` } as const;
      return reading(ctx, look, async (tx) => {
        const found = await erasureOf(tx, { organisation: who.organisation, id: wanted });
        if (!found) throw problem('not-found', 'There is no such erasure.');
        return { status: 200 as const, json: viewOf(found) };
      });
    },
  });
}

function certificate(ctx: EraseCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/erasures/:id/certificate',
    say: 'The signed certificate of an erasure: `./sotto verify certificate FILE` checks it without us. Interim until every processor has answered.',
    may: { scope: 'erasures:read' },
    limit: 'api',
    audits: 'read.erasures',
    params,
    output: { 200: Type.String({ contentMediaType: 'text/plain' }) },
    async run({ who, from, params: { id: wanted } }) {
      const look = { who, from, action: 'read.erasures', object: `erasure:${wanted}` } as const;
      return reading(ctx, look, async (tx) => {
        const found = await certificateOf(tx, { organisation: who.organisation, id: wanted });
        if (!found)
          throw problem('not-found', 'There is no certificate: nothing has been erased yet, or never was asked to be.');
        return { status: 200 as const, contentType: 'text/plain; charset=utf-8', body: found.note };
      });
    },
  });
}

function key(ctx: Pick<Ctx, 'keys'>): Route {
  return route({
    method: 'GET',
    path: '/.well-known/sotto/certificate-key',
    say: 'The public key that deletion certificates of this installation verify with, as https://c2sp.org/signed-note writes it.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 200: Type.String({ contentMediaType: 'text/plain' }) },
    run: async () => ({
      status: 200 as const,
      contentType: 'text/plain; charset=utf-8',
      body: `${certificateSigner(ctx).vkey}\n`,
    }),
  });
}

type Body = { readonly call?: Id; readonly person?: string };

/** Throws `input-invalid` for both, for none, and for what is no number. */
async function whatOf(ctx: Pick<Ctx, 'db'>, organisation: Id, { call, person }: Body): Promise<What> {
  if ((call === undefined) === (person === undefined)) {
    const mistakes = [{ at: '/call', fix: 'name either a call or a person' }];
    throw problem('input-invalid', 'Either a call or a person is erased.', { mistakes });
  }
  if (call !== undefined) return { call };
  const { region } = await ctx.db.tenant(organisation, (tx) => loadOrganisation(tx, organisation));
  const number = e164(new Personal(person!), region);
  if (number) return { person: number };
  const mistakes = [{ at: '/person', fix: 'must be a whole telephone number, such as +15005550006' }];
  throw problem('input-invalid', 'That is no telephone number.', { mistakes });
}

function viewOf({ organisation: _, ...erasure }: Erasure) {
  return plain(erasure);
}
