import type { Route } from '#edge';
import { commonPasswords } from './common-passwords.ts';
import { ownRoutes } from './own-routes.ts';
import { openPasswords } from './password-hash.ts';
import { passwordRules } from './password-rules.ts';
import { sessionRoutes } from './session-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { signUpRoutes, type PasswordMeans } from './sign-up-routes.ts';
import type { IdentityCtx } from './types.ts';

/** What passwords are judged and hashed with; one for the whole process, because hashing is rationed. */
export function openPasswordMeans(ctx: Pick<IdentityCtx, 'keys' | 'random' | 'clock'>): PasswordMeans {
  return { passwords: openPasswords(ctx), rules: passwordRules(commonPasswords()) };
}

/** Signing up, in and out; the session at hand and the others; the account and its password. */
export function identityRoutes(ctx: IdentityCtx, means = openPasswordMeans(ctx)): Route[] {
  return [
    ...signUpRoutes(ctx, means),
    ...signInRoutes(ctx, means.passwords),
    ...sessionRoutes(ctx, means),
    ...ownRoutes(ctx),
  ];
}
