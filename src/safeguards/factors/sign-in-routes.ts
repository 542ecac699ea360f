import { Type } from 'typebox';
import { route, type Route } from '#edge';
import { code, instant, pending, withCookie } from './answers.ts';
import { assertion, requestOptions } from './passkey-shapes.ts';
import { choicesOfPending, choicesOfSession, endSignIn, signInByPasskey, stepUp } from './second-factor.ts';
import { passkeyRequest } from './show-passkey.ts';
import type { FactorCtx } from './types.ts';

const signIn = { may: 'public', limit: 'sign-in', method: 'POST' } as const;
const signedIn = Type.Object({ state: Type.Literal('signed-in'), expiresAt: instant });
const choices = Type.Object({
  totp: Type.Boolean(),
  recoveryCodes: Type.Boolean(),
  passkey: Type.Union([requestOptions, Type.Null()]),
});
const shown = {
  code: Type.Optional(code),
  recoveryCode: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  passkey: Type.Optional(assertion),
};

/** Signing in with a passkey, the second step of other sign-ins, and the step up of a session. */
export function signInRoutes(ctx: FactorCtx): Route[] {
  return [askPasskey(ctx), byPasskey(ctx), pendingChoices(ctx), secondFactor(ctx), freshChoices(ctx), fresh(ctx)];
}

function askPasskey(ctx: FactorCtx): Route {
  return route({
    ...signIn,
    path: '/api/v1/sign-in/passkey/options',
    say: 'What a browser needs to ask for a passkey (PublicKeyCredential.parseRequestOptionsFromJSON). Good for one sign-in within five minutes.',
    audits: null,
    output: { 200: requestOptions },
    run: async () => ({ status: 200 as const, json: await passkeyRequest(ctx, { for: 'sign-in' }) }),
  });
}

function byPasskey(ctx: FactorCtx): Route {
  return route({
    ...signIn,
    path: '/api/v1/sign-in/passkey',
    say: 'Signs in with a passkey, which counts as both factors.',
    audits: 'session.begun',
    body: Type.Object({ passkey: assertion }),
    output: { 200: signedIn },
    async run({ body, from }) {
      const state = await signInByPasskey(ctx, body.passkey, from);
      if (state.state !== 'signed-in') throw new Error('a passkey needs no second factor');
      return withCookie(ctx, state, { state: state.state });
    },
  });
}

function pendingChoices(ctx: FactorCtx): Route {
  return route({
    ...signIn,
    path: '/api/v1/sign-in/second-factor/choices',
    say: 'What a sign-in that waits for its second factor can be gone on with.',
    audits: null,
    body: Type.Object({ pending }),
    output: { 200: choices },
    run: async ({ body }) => ({ status: 200 as const, json: await choicesOfPending(ctx, body.pending) }),
  });
}

function secondFactor(ctx: FactorCtx): Route {
  return route({
    ...signIn,
    path: '/api/v1/sign-in/second-factor',
    say: 'Ends a sign-in by its second factor: a code of the authenticator app, a recovery code, or a passkey. The fifth wrong one ends it.',
    audits: 'session.begun',
    body: Type.Object({ pending, ...shown }),
    output: { 200: signedIn },
    async run({ body: { pending: waiting, ...given }, from }) {
      return withCookie(ctx, await endSignIn(ctx, waiting, given, from), { state: 'signed-in' as const });
    },
  });
}

function freshChoices(ctx: FactorCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/session/fresh/choices',
    say: 'What whoever is signed in can show to be trusted with more.',
    may: { session: 'any' },
    limit: 'api',
    audits: null,
    output: { 200: choices },
    run: async ({ who, from }) => ({
      status: 200 as const,
      json: await choicesOfSession(ctx, { signedIn: who, from }),
    }),
  });
}

function fresh(ctx: FactorCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/session/fresh',
    say: 'Shows a second factor again: for ten minutes the session may do what could do lasting damage. The cookie is replaced.',
    may: { session: 'any' },
    limit: 'api',
    audits: 'session.refreshed',
    body: Type.Object(shown),
    output: { 200: Type.Object({ expiresAt: instant }) },
    run: async ({ who, body, from }) => withCookie(ctx, await stepUp(ctx, { signedIn: who, from }, body), {}),
  });
}
