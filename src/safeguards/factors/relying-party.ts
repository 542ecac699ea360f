import { isIP } from 'node:net';
import { problem } from '#base';
import type { FactorCtx } from './types.ts';

/** For whom a passkey is: the host name it is bound to, and the pages that may ask for it. */
export type RelyingParty = { readonly id: string; readonly origin: string };

/**
 * This installation, as its public URL names it. Throws `passkeys-need-name` when that is an address: a relying party
 * ID is a domain (WebAuthn §5.1.3), so browsers refuse 127.0.0.1 and take localhost.
 */
export function relyingParty(ctx: Pick<FactorCtx, 'publicUrl'>): RelyingParty {
  const { origin, hostname, port } = new URL(ctx.publicUrl());
  if (isIP(hostname.replace(/^\[|\]$/g, '')) === 0) return { id: hostname, origin };
  const example = port === '' ? 'https://phone.example.com' : `http://localhost:${port}`;
  throw problem(
    'passkeys-need-name',
    `Sotto is reached by an address, and passkeys belong to a name. Set SOTTO_PUBLIC_URL to one, such as ${example}, and open Sotto there.`,
  );
}
