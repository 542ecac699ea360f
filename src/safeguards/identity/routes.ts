import type { Route } from '#edge';
import { commonPasswords } from './common-passwords.ts';
import { linkPages } from './link-page.ts';
import { openPasswords } from './password-hash.ts';
import { passwordRules } from './password-rules.ts';
import { sessionRoutes } from './session-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { signUpRoutes } from './sign-up-routes.ts';
import type { IdentityCtx } from './types.ts';

/** Signing up, in and out; the session at hand and the others; the password. */
export function identityRoutes(ctx: IdentityCtx): Route[] {
  const means = { passwords: openPasswords(ctx), rules: passwordRules(commonPasswords()) };
  return [
    ...signUpRoutes(ctx, means),
    ...signInRoutes(ctx, means.passwords),
    ...sessionRoutes(ctx, means),
    ...linkPages(),
  ];
}
