import { Type } from 'typebox';
import { iso, Personal, problem } from '#base';
import { clearSiteData, noSessionCookie, route, type Route } from '#edge';
import { password, withCookie } from './answers.ts';
import { setPassword } from './password.ts';
import { deviceOf } from './device.ts';
import { endOthers, listSessions, me } from './session-list.ts';
import { chooseOrganisation, endSession } from './sessions.ts';
import type { PasswordMeans } from './sign-up-routes.ts';
import type { IdentityCtx } from './types.ts';

/** The session at hand, the others of the same person, and their password. */
export function sessionRoutes(ctx: IdentityCtx, means: PasswordMeans): Route[] {
  return [own(ctx), choose(ctx), signOut(ctx), all(ctx), endOne(ctx), endAllOthers(ctx), newPassword(ctx, means)];
}

const id = Type.String({ format: 'uuid' });
const instant = Type.String({ format: 'date-time' });
/** `Firefox`, `macOS`; null where the browser does not say. */
const word = Type.Union([Type.String(), Type.Null()]);
const renewed = Type.Object({ expiresAt: instant });
const signedIn = { may: { session: 'any' }, limit: 'api' } as const;

function own(ctx: IdentityCtx): Route {
  return route({
    ...signedIn,
    method: 'GET',
    path: '/api/v1/session',
    say: 'Who is signed in, and where they belong.',
    audits: 'read.session',
    output: {
      200: Type.Object({
        identity: id,
        session: id,
        email: Type.String(),
        name: Type.String(),
        language: Type.String(),
        hasPassword: Type.Boolean(),
        secondFactor: Type.Boolean(),
        addressProven: Type.Boolean(),
        begunAt: instant,
        isJustIn: Type.Boolean({ description: 'a first second factor can be added without signing in again' }),
        by: Type.String(),
        freshAt: Type.Union([instant, Type.Null()]),
        organisation: Type.Union([id, Type.Null()]),
        organisations: Type.Array(
          Type.Object({ organisation: id, person: id, name: Type.String(), role: Type.String() }),
        ),
      }),
    },
    async run({ who }) {
      const found = await me(ctx, who);
      return {
        status: 200 as const,
        json: {
          ...found,
          identity: who.identity,
          session: who.session,
          email: found.email.reveal(),
          name: found.name.reveal(),
          begunAt: iso(found.begunAt),
          freshAt: who.freshAt === undefined ? null : iso(who.freshAt),
          organisation: found.organisation ?? null,
          organisations: [...found.organisations],
        },
      };
    },
  });
}

function choose(ctx: IdentityCtx): Route {
  return route({
    ...signedIn,
    method: 'PUT',
    path: '/api/v1/session/organisation',
    say: 'Goes on in another organisation that one belongs to. The cookie is replaced.',
    audits: 'session.entered',
    body: Type.Object({ organisation: id }),
    output: { 200: renewed },
    async run({ who, body }) {
      const session = await chooseOrganisation(ctx, { ...who, organisation: body.organisation });
      return { status: 200 as const, ...withCookie(ctx, session, { expiresAt: iso(session.expiresAt) }) };
    },
  });
}

function signOut(ctx: IdentityCtx): Route {
  return route({
    ...signedIn,
    method: 'POST',
    path: '/api/v1/sign-out',
    say: 'Ends this session, and has the browser forget what it keeps of us.',
    audits: 'session.ended',
    output: { 204: Type.Null() },
    async run({ who }) {
      await endSession(ctx, who);
      const headers = { ...clearSiteData, 'set-cookie': noSessionCookie(ctx.publicUrl()) };
      return { status: 204 as const, headers, json: null };
    },
  });
}

function all(ctx: IdentityCtx): Route {
  return route({
    ...signedIn,
    method: 'GET',
    path: '/api/v1/sessions',
    say: 'All sessions of whoever asks, what was used last first. `country` is known of this one alone: it is stored nowhere.',
    audits: 'read.sessions',
    output: {
      200: Type.Object({
        items: Type.Array(
          Type.Object({
            id,
            agent: Type.Union([Type.String(), Type.Null()]),
            browser: word,
            system: word,
            by: Type.String(),
            country: Type.String(),
            begunAt: instant,
            seenAt: instant,
            current: Type.Boolean(),
          }),
        ),
      }),
    },
    async run({ who, from }) {
      const items = (await listSessions(ctx, who)).map(({ agent, begunAt, seenAt, isCurrent, ...rest }) => ({
        ...rest,
        agent: agent?.reveal() ?? null,
        ...deviceOf(agent?.reveal() ?? ''),
        country: (isCurrent ? from.country : undefined) ?? 'unknown',
        begunAt: iso(begunAt),
        seenAt: iso(seenAt),
        current: isCurrent,
      }));
      return { status: 200 as const, json: { items } };
    },
  });
}

function endOne(ctx: IdentityCtx): Route {
  return route({
    ...signedIn,
    method: 'DELETE',
    path: '/api/v1/sessions/:id',
    say: 'Ends one session of whoever asks; what still uses it is signed out with its next request.',
    audits: 'session.ended',
    params: Type.Object({ id }),
    output: { 204: Type.Null() },
    async run({ who, params }) {
      const isEnded = await endSession(ctx, { identity: who.identity, session: params.id });
      if (!isEnded) throw problem('not-found', 'You have no such session.');
      return { status: 204 as const, json: null };
    },
  });
}

function endAllOthers(ctx: IdentityCtx): Route {
  return route({
    ...signedIn,
    method: 'DELETE',
    path: '/api/v1/sessions',
    say: 'Ends all sessions of whoever asks but this one.',
    audits: 'session.ended',
    output: { 200: Type.Object({ ended: Type.Integer() }) },
    run: async ({ who }) => ({ status: 200 as const, json: { ended: await endOthers(ctx, who) } }),
  });
}

function newPassword(ctx: IdentityCtx, means: PasswordMeans): Route {
  return route({
    ...signedIn,
    method: 'PUT',
    path: '/api/v1/password',
    say: 'Sets or changes the password: with the current one, or within ten minutes of a sign-in by link or passkey. All other sessions end.',
    limit: 'sign-in',
    audits: 'password.changed',
    body: Type.Object({ current: Type.Optional(password), password }),
    output: { 200: renewed },
    async run({ who, body, from }) {
      const current = body.current === undefined ? undefined : new Personal(body.current);
      const given = { signedIn: who, current, password: new Personal(body.password), from };
      const session = await setPassword(ctx, means, given);
      return { status: 200 as const, ...withCookie(ctx, session, { expiresAt: iso(session.expiresAt) }) };
    },
  });
}
