import { Type } from 'typebox';
import { Personal, problem } from '#base';
import { route, type Route } from '#edge';
import { nameMistakes } from '#safeguards/accounts';
import { askProof, changeOwn } from './own-account.ts';
import type { IdentityCtx } from './types.ts';

/** What somebody changes of their own account besides its factors. */
export function ownRoutes(ctx: IdentityCtx): Route[] {
  return [changed(ctx), proofAsked(ctx)];
}

const signedIn = { may: { session: 'any' }, limit: 'api' } as const;

function changed(ctx: IdentityCtx): Route {
  return route({
    ...signedIn,
    method: 'PATCH',
    path: '/api/v1/session',
    say: 'Changes what whoever is signed in is called, in all their organisations, and the language they are written to in. What is not named stays.',
    audits: 'identity.changed',
    body: Type.Object({
      name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      language: Type.Optional(Type.String({ maxLength: 35, description: 'BCP 47 language tag' })),
    }),
    output: { 204: Type.Null() },
    async run({ who, body: { name, language }, from }) {
      const mistakes = [
        ...(name === undefined ? [] : nameMistakes(name, '/name')),
        ...(language === undefined || isLanguage(language)
          ? []
          : [{ at: '/language', fix: 'must be a language tag such as en-US' }]),
      ];
      if (mistakes.length > 0) throw problem('input-invalid', 'The account has mistakes.', { mistakes });
      const given = { name: name === undefined ? undefined : new Personal(name.trim()), language };
      await changeOwn(ctx, { signedIn: who, from }, given);
      return { status: 204 as const, json: null };
    },
  });
}

function proofAsked(ctx: IdentityCtx): Route {
  return route({
    ...signedIn,
    method: 'POST',
    path: '/api/v1/session/address/link',
    say: 'Mails a link to the address of whoever is signed in. Using it signs in and proves the address, for an account that was made without mail.',
    audits: 'link.asked',
    output: { 202: Type.Object({ say: Type.String() }) },
    async run({ who, from }) {
      await askProof(ctx, { signedIn: who, from });
      return { status: 202 as const, json: { say: 'A link is on its way to your address.' } };
    },
  });
}

function isLanguage(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
