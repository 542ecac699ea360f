import { Type } from 'typebox';
import { problem } from '#base';
import { route, sessionCookie, type Route } from '#edge';
import { nameMistakes, organisationMistakes } from '#safeguards/accounts';
import { id, name } from '../answers.ts';
import type { FactorCtx } from '../types.ts';
import { awayCookie, awayTokenIn } from './away-cookie.ts';
import { comeBack, type Returned } from './come-back.ts';
import { beginFlow, type Errand } from './flow.ts';
import { unlinkOutsider } from './links.ts';
import { ownPath } from './own-path.ts';
import { openClients, type Clients } from './provider-client.ts';
import type { Provider } from './providers.ts';
import { visitUrl } from './visit.ts';

const params = Type.Object({ provider: Type.Union([Type.Literal('google'), Type.Literal('oidc')]) });
const next = Type.Optional(Type.String({ maxLength: 500 }));
const leaving = Type.Object({ url: Type.String() });
const saysLeaving = 'The answer is where the browser goes; a cookie holds its place for ten minutes.';

/** Signing in and up with another provider, and linking an account there with one's own. */
export function outsideRoutes(ctx: FactorCtx, providers: readonly Provider[]): Route[] {
  const clients = openClients(ctx);
  const means = { ctx, clients, providers };
  return [list(providers), begin(means), signUp(means), back(means), link(means), unlink(ctx)];
}

type Means = { readonly ctx: FactorCtx; readonly clients: Clients; readonly providers: readonly Provider[] };

function list(providers: readonly Provider[]): Route {
  return route({
    method: 'GET',
    path: '/api/v1/sign-in/outside',
    say: 'The other providers that one can sign in with here.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 200: Type.Object({ items: Type.Array(Type.Object({ provider: Type.String(), label: Type.String() })) }) },
    run: async () => ({
      status: 200 as const,
      json: { items: providers.map((one) => ({ provider: one.name, label: one.label })) },
    }),
  });
}

function begin(means: Means): Route {
  return route({
    method: 'POST',
    path: '/api/v1/sign-in/outside/:provider',
    say: `Begins a sign-in with another provider. ${saysLeaving}`,
    may: 'public',
    limit: 'sign-in',
    audits: null,
    params,
    body: Type.Object({ next }),
    output: { 200: leaving },
    run: async ({ params: of, body }) =>
      leave(means, of.provider, { for: 'sign-in', next: ownPath(body.next, originOf(means)) }),
  });
}

function signUp(means: Means): Route {
  const organisation = Type.Object({
    name,
    timeZone: Type.String({ maxLength: 64 }),
    language: Type.String({ maxLength: 35 }),
    region: Type.String({ maxLength: 6 }),
  });
  return route({
    method: 'POST',
    path: '/api/v1/sign-up/outside/:provider',
    say: `Begins a sign-up with another provider, which must have checked the address. ${saysLeaving}`,
    may: 'public',
    limit: 'sign-up',
    audits: null,
    params,
    body: Type.Object({ name, organisation, next }),
    output: { 200: leaving },
    async run({ params: of, body }) {
      const mistakes = [
        ...nameMistakes(body.name, '/name'),
        ...nameMistakes(body.organisation.name, '/organisation/name'),
        ...organisationMistakes(body.organisation, '/organisation'),
      ];
      if (mistakes.length > 0) throw problem('input-invalid', 'What was filled in has mistakes.', { mistakes });
      const filled = { name: body.name, organisation: body.organisation };
      return leave(means, of.provider, { for: 'sign-up', next: ownPath(body.next, originOf(means)), ...filled });
    },
  });
}

function link(means: Means): Route {
  return route({
    method: 'POST',
    path: '/api/v1/session/outside/:provider/link',
    say: `Begins to link an account at another provider, which then signs in whoever asks. ${saysLeaving}`,
    may: { session: 'fresh' },
    limit: 'api',
    audits: 'outside.linked',
    params,
    body: Type.Object({ next }),
    output: { 200: leaving },
    run: async ({ who, params: of, body }) => {
      const { identity, session } = who;
      return leave(means, of.provider, { for: 'link', next: ownPath(body.next, originOf(means)), identity, session });
    },
  });
}

function back(means: Means): Route {
  const { ctx, clients } = means;
  return route({
    method: 'GET',
    path: '/api/v1/sign-in/outside/:provider/return',
    say: 'Where another provider sends the browser back to. It is signed in and goes on. Otherwise it goes to the page to sign in: with a second factor due, `#second-factor=` holds the token to show it with; what was refused is in `problem`.',
    may: 'public',
    limit: 'sign-in',
    audits: 'session.begun',
    params,
    output: { 303: Type.String() },
    async run({ params: of, headers, url, from }) {
      const token = awayTokenIn(originOf(means), headers.cookie);
      const query = new URL(url).search;
      const done = await comeBack(ctx, clients, { provider: providerOf(means, of.provider), token, query, from });
      if ('refused' in done) return goTo(`${pageOf(done)}?${wayOn({ problem: done.refused, next: done.next })}`);
      if ('pending' in done) return goTo(`/sign-in?${wayOn({ next: done.next })}#second-factor=${done.pending}`);
      const { token: session, expiresAt } = done.renewed;
      return goTo(done.next, { 'set-cookie': sessionCookie(originOf(means), session, expiresAt) });
    },
  });
}

function unlink(ctx: FactorCtx): Route {
  return route({
    method: 'DELETE',
    path: '/api/v1/session/outside/:id',
    say: 'Unlinks an account at another provider: it signs nobody in any more. All other sessions end.',
    may: { session: 'fresh' },
    limit: 'api',
    audits: 'outside.unlinked',
    params: Type.Object({ id }),
    output: { 204: Type.Null() },
    async run({ who, params: of, from }) {
      await unlinkOutsider(ctx, { signedIn: who, from }, of.id);
      return { status: 204 as const, json: null };
    },
  });
}

/** Where they were when they left. */
function pageOf({ errand }: Pick<Returned, 'errand'>): string {
  if (errand === 'link') return '/account';
  return errand === 'sign-up' ? '/sign-up' : '/sign-in';
}

function wayOn(words: Readonly<Record<string, string>>): string {
  return new URLSearchParams(words).toString();
}

async function leave(means: Means, named: string, errand: Errand) {
  const { ctx, clients } = means;
  const provider = providerOf(means, named);
  const config = await clients(provider);
  const { token, expiresAt } = await beginFlow(ctx, provider.name, errand);
  const headers = { 'set-cookie': awayCookie(originOf(means), token, expiresAt) };
  return { status: 200 as const, headers, json: { url: visitUrl(ctx, provider, config, token) } };
}

function goTo(location: string, headers: Readonly<Record<string, string>> = {}) {
  return { status: 303 as const, headers: { ...headers, location }, body: '' };
}

function providerOf({ providers }: Means, named: string): Provider {
  const found = providers.find((one) => one.name === named);
  if (!found)
    throw problem(
      'not-found',
      'Nobody signs in with that provider here. GET /api/v1/sign-in/outside lists those there are.',
    );
  return found;
}

function originOf({ ctx }: Means): string {
  return ctx.publicUrl();
}
