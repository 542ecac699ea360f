import { Type } from 'typebox';
import { iso } from '#base';
import { sessionCookie } from '#edge';
import type { IdentityCtx, SignInState } from './types.ts';

/** 32 bytes as base64url. What looks otherwise was never ours and costs no look-up. */
const secret = (description: string) => Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description });

export const token = secret('what stands behind the # of the mailed link, all 43 characters');
export const claim = secret('the `claim` that the sign-up was answered with');

/** An address as somebody types it; whether mail can be sent to it is looked at afterwards. */
export const email = Type.String({ minLength: 3, maxLength: 254 });

/** Any password. One that is too long for us is refused as one that is wrong. */
export const password = Type.String({ minLength: 1, maxLength: 1024 });

/** How far a sign-in has come. The session's token is in the cookie and nowhere else. */
export const signInAnswer = Type.Object({
  state: Type.Union([Type.Literal('signed-in'), Type.Literal('second-factor')]),
  expiresAt: Type.Optional(Type.String({ format: 'date-time' })),
  pending: Type.Optional(secret('what the second factor is shown with')),
});

/** The answer to a right first factor. */
export function answerOf(ctx: IdentityCtx, state: SignInState) {
  if (state.state === 'second-factor') {
    return { status: 200 as const, json: { state: state.state, pending: state.pending } };
  }
  return { status: 200 as const, ...withCookie(ctx, state, { state: state.state, expiresAt: iso(state.expiresAt) }) };
}

/** An answer that hands over a session's new token. */
export function withCookie<T>(ctx: IdentityCtx, session: { token: string; expiresAt: number }, json: T) {
  return { headers: { 'set-cookie': sessionCookie(ctx.publicUrl(), session.token, session.expiresAt) }, json };
}
