import { Type } from 'typebox';
import { iso } from '#base';
import { sessionCookie } from '#edge';
import type { FactorCtx, Renewed } from './types.ts';

export const id = Type.String({ format: 'uuid' });
export const instant = Type.String({ format: 'date-time' });
export const name = Type.String({ minLength: 1, maxLength: 100 });
export const code = Type.String({ minLength: 1, maxLength: 16 });
export const pending = Type.String({
  pattern: '^[A-Za-z0-9_-]{43}$',
  description: 'the `pending` that the sign-in was answered with',
});

/** Ten codes, when the change has made some: shown now and never again. */
export const recoveryCodes = Type.Optional(Type.Array(Type.String()));

/** An answer that hands over a session's new token. */
export function withCookie<T>(ctx: FactorCtx, { token, expiresAt }: Renewed, json: T) {
  const headers = { 'set-cookie': sessionCookie(ctx.publicUrl(), token, expiresAt) };
  return { status: 200 as const, headers, json: { ...json, expiresAt: iso(expiresAt) } };
}

/** As an answer has it: left out when there are none. */
export function codesOf({ recoveryCodes: codes }: { readonly recoveryCodes: readonly string[] | undefined }) {
  return codes ? { recoveryCodes: [...codes] } : {};
}
