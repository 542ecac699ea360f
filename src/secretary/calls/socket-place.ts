import { isId, isProblem, problem, type Id } from '#base';
import { carrierNamed, type Carrier } from '#adapters/carriers';
import type { Handshake, SocketHandover } from '#edge';
import { accountVersion } from '#safeguards/accounts';
import type { CallCtx } from './call-ctx.ts';

/** Where a carrier opened a socket: the path names the account whose signature is due, and holds no secret. */
export type SocketPlace = { readonly carrierId: string; readonly organisation: Id; readonly accountId: Id };

/** What the parts of the path say. */
export function placeOf({ params }: Pick<Handshake, 'params'>): SocketPlace {
  return {
    carrierId: params['carrier'] ?? '',
    organisation: params['organisation'] ?? '',
    accountId: params['account'] ?? '',
  };
}

/**
 * The carrier whose signature over the wss URL the handshake bears. Throws `vendor-unknown`, `not-found` for what names no
 * account, and `signature-invalid` as much for an account that is not there as for one of somebody else.
 */
export async function verifySocket(ctx: CallCtx, handshake: Handshake, place: SocketPlace): Promise<Carrier> {
  const carrier = carrierNamed(ctx.carriers, place.carrierId);
  if (!isId(place.organisation) || !isId(place.accountId)) throw problem('not-found', 'There is no such socket.');
  const account = await accountVersion(ctx, place.organisation, place.accountId).catch((error: unknown) => {
    throw isProblem(error, 'not-found') ? unsigned() : error;
  });
  const { authToken } = await ctx.credentials.get(account);
  if (!carrier.verifyUpgrade(handshake, authToken)) throw unsigned();
  return carrier;
}

function unsigned() {
  return problem('signature-invalid', 'Sign the exact wss URL with the auth token of the account.');
}

/**
 * A media stream: verified here, carried by the line. Its first message brings the single-use token, which the line
 * shows to the desk before anything else happens.
 */
export async function openStream(ctx: CallCtx, handshake: Handshake, place: SocketPlace): Promise<SocketHandover> {
  await verifySocket(ctx, handshake, place);
  const { carrierId: carrier, organisation, accountId: account } = place;
  if (!ctx.live.ready()) throw problem('not-running', 'No line takes live audio now.');
  return {
    handOver(stream, key) {
      if (!ctx.live.take({ carrier, organisation, account, key }, stream))
        throw problem('not-running', 'No line takes live audio now.');
    },
  };
}
