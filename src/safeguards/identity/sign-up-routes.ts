import { Type } from 'typebox';
import { Personal, problem, type Mistake } from '#base';
import { route, type Route } from '#edge';
import { isAddress, nameMistakes, organisationMistakes } from '#safeguards/accounts';
import { answerOf, claim, email, password, signInAnswer, token } from './answers.ts';
import type { Passwords } from './password-hash.ts';
import { contextWords, type PasswordRules } from './password-rules.ts';
import { refuseWeak } from './password.ts';
import { askSignUp, confirmSignUp, signUpByInvitation } from './sign-up.ts';
import type { IdentityCtx } from './types.ts';

export type PasswordMeans = { readonly passwords: Passwords; readonly rules: PasswordRules };

/** Signing up and proving the address. */
export function signUpRoutes(ctx: IdentityCtx, means: PasswordMeans): Route[] {
  return [ask(ctx, means), confirm(ctx), byInvitation(ctx)];
}

const name = Type.String({ minLength: 1, maxLength: 100 });
const filledIn = Type.Object({
  email,
  name,
  organisation: Type.Object({
    name,
    timeZone: Type.String({ maxLength: 64 }),
    language: Type.String({ maxLength: 35 }),
    region: Type.String({ maxLength: 6 }),
  }),
  password: Type.Optional(password),
});

function ask(ctx: IdentityCtx, { passwords, rules }: PasswordMeans): Route {
  return route({
    method: 'POST',
    path: '/api/v1/sign-up',
    say: 'Begins a sign-up: a mail goes out whose link makes the organisation. Send `claim` along when the link is used, and the password that was given here holds.',
    may: 'public',
    limit: 'sign-up',
    audits: 'sign-up.asked',
    body: filledIn,
    output: { 202: Type.Object({ say: Type.String(), claim }) },
    async run({ body, from }) {
      refuseMistakes(body);
      const chosen = body.password === undefined ? undefined : new Personal(body.password);
      if (chosen) refuseWeak(rules, chosen, contextWords([body.email, body.name, body.organisation.name]));
      const given = { email: new Personal(body.email), name: new Personal(body.name), password: chosen, from };
      const { claim: kept } = await askSignUp(ctx, passwords, { ...given, organisation: body.organisation });
      return {
        status: 202 as const,
        json: { say: 'Look into your mail: a link there goes on with this.', claim: kept },
      };
    },
  });
}

function confirm(ctx: IdentityCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/sign-up/confirm',
    say: 'Ends a sign-up by the token of its mailed link: organisation and owner are made, and the owner is signed in.',
    may: 'public',
    limit: 'sign-in',
    audits: 'identity.made',
    body: Type.Object({ token, claim: Type.Optional(claim) }),
    output: { 200: signInAnswer },
    run: async ({ body, from }) =>
      answerOf(ctx, await confirmSignUp(ctx, { token: body.token, claim: body.claim, from })),
  });
}

function byInvitation(ctx: IdentityCtx): Route {
  return route({
    method: 'POST',
    path: '/api/v1/sign-up/invitation',
    say: 'Makes somebody known who was invited and is new here, by the token of the invitation, and signs them in; accepting is the next step.',
    may: 'public',
    limit: 'sign-in',
    audits: 'identity.made',
    body: Type.Object({ token }),
    output: { 200: signInAnswer },
    run: async ({ body, from }) => answerOf(ctx, await signUpByInvitation(ctx, { token: body.token, from })),
  });
}

type FilledIn = {
  readonly email: string;
  readonly name: string;
  readonly organisation: { readonly name: string; timeZone: string; language: string; region: string };
};

/** What is wrong with what a newcomer filled in, by its place. */
export function fillInMistakes({ email: address, name: own, organisation }: FilledIn): Mistake[] {
  return [
    ...(isAddress(address) ? [] : [{ at: '/email', fix: 'must be an address such as ana@example.com' }]),
    ...nameMistakes(own, '/name'),
    ...nameMistakes(organisation.name, '/organisation/name'),
    ...organisationMistakes(organisation, '/organisation'),
  ];
}

function refuseMistakes(filled: FilledIn): void {
  const mistakes = fillInMistakes(filled);
  if (mistakes.length > 0) throw problem('input-invalid', 'The sign-up has mistakes.', { mistakes });
}
