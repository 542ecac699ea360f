import { Type } from 'typebox';
import { Personal } from '#base';
import { route, type Route } from '#edge';
import { answerOf, email, password, signInAnswer, token } from './answers.ts';
import { signInByLink } from './link-sign-in.ts';
import { askLink } from './links.ts';
import type { Passwords } from './password-hash.ts';
import { signInByPassword } from './password.ts';
import type { IdentityCtx } from './types.ts';

/** Signing in by password and by link. */
export function signInRoutes(ctx: IdentityCtx, passwords: Passwords): Route[] {
  return [byPassword(ctx, passwords), askForLink(ctx), byLink(ctx)];
}

function byPassword(ctx: IdentityCtx, passwords: Passwords): Route {
  return route({
    method: 'POST',
    path: '/api/v1/sign-in',
    say: 'Signs in by address and password. Where a second factor is set up the answer is a token to show it with.',
    may: 'public',
    limit: 'sign-in',
    audits: 'session.begun',
    body: Type.Object({ email, password }),
    output: { 200: signInAnswer },
    run: async ({ body, from }) => {
      const given = { email: new Personal(body.email), password: new Personal(body.password), from };
      return answerOf(ctx, await signInByPassword(ctx, passwords, given));
    },
  });
}

function askForLink(ctx: IdentityCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/sign-in/link',
    say: 'Mails a link that signs in, once and within 30 minutes, to an address that belongs to somebody here. The answer does not tell whether it does.',
    may: 'public',
    limit: 'sign-in',
    audits: 'link.asked',
    body: Type.Object({ email }),
    output: { 202: Type.Object({ say: Type.String() }) },
    async run({ body, from }) {
      await askLink(ctx, { kind: 'sign-in', asked: { email: body.email }, from });
      return { status: 202 as const, json: { say: 'If that address belongs to somebody here, a link is on its way.' } };
    },
  });
}

function byLink(ctx: IdentityCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/sign-in/link/use',
    say: 'Signs in by the token of a mailed link, which is worth nothing afterwards. Never a way round a second factor.',
    may: 'public',
    limit: 'sign-in',
    audits: 'link.used',
    body: Type.Object({ token }),
    output: { 200: signInAnswer },
    run: async ({ body, from }) => answerOf(ctx, await signInByLink(ctx, { token: body.token, from })),
  });
}
