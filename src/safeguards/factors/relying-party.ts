import { isIP } from 'node:net';
import { isProblem, problem } from '#base';
import { isLoopback } from '#edge';
import type { FactorCtx } from './types.ts';

/** For whom a passkey is: the host name it is bound to, and the pages that may ask for it. */
export type RelyingParty = { readonly id: string; readonly origin: string };

/**
 * This installation, as its public URL names it. A loopback address has a name as well: localhost, which browsers take
 * where they refuse 127.0.0.1, so passkeys work at that origin. Throws `passkeys-need-name` for every other address: a
 * relying party ID is a domain (WebAuthn §5.1.3).
 */
export function relyingParty(ctx: Pick<FactorCtx, 'publicUrl'>): RelyingParty {
  const url = new URL(ctx.publicUrl());
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0 && isLoopback(url.hostname)) url.hostname = 'localhost';
  const { origin, hostname } = url;
  if (isIP(hostname.replace(/^\[|\]$/g, '')) === 0) return { id: hostname, origin };
  throw problem(
    'passkeys-need-name',
    'Sotto is reached by an address, and passkeys belong to a name. Set SOTTO_PUBLIC_URL to one, such as https://phone.example.com, and open Sotto there.',
  );
}

/** The origin at which passkeys work; undefined where they do not. */
export function passkeyPlace(ctx: Pick<FactorCtx, 'publicUrl'>): string | undefined {
  try {
    return relyingParty(ctx).origin;
  } catch (error) {
    if (isProblem(error, 'passkeys-need-name')) return undefined;
    throw error;
  }
}
