import { createHmac } from 'node:crypto';
import type { Ctx } from '#base';

/** What a token opens. Each kind is hashed under a key of its own: none passes for another. */
export type TokenKind = 'session' | 'pending-sign-in' | 'sign-in-link' | 'sign-up-link' | 'sign-up-claim';

/** 32 random bytes, base64url, and what is stored of them. */
export function writeToken(ctx: Pick<Ctx, 'random' | 'keys'>, kind: TokenKind): { token: string; hash: Buffer } {
  const token = ctx.random.bytes(32).toString('base64url');
  return { token, hash: tokenHash(ctx, kind, token) };
}

/** HMAC-SHA-256 under a key that is not in the database: a stolen table can be tried against nothing. */
export function tokenHash({ keys }: Pick<Ctx, 'keys'>, kind: TokenKind, token: string): Buffer {
  return createHmac('sha256', keys.derive(`token/${kind}`))
    .update(token)
    .digest();
}
