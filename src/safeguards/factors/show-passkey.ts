import { verifyAuthenticationResponse, type VerifiedAuthenticationResponse } from '@simplewebauthn/server';
import { iso, sql, type Id } from '#base';
import type { Sender } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { record, senderDetails } from '#safeguards/audit';
import { addressOf } from '#safeguards/identity';
import { challengeMs, newChallenge, takeChallenge, type Purpose } from './challenges.ts';
import { clientDataIn, refused } from './client-data.ts';
import type { Assertion, RequestOptions } from './passkey-shapes.ts';
import { passkeysOf, userHandle } from './passkeys.ts';
import { relyingParty } from './relying-party.ts';
import { tell } from './tell.ts';
import type { FactorCtx } from './types.ts';

/**
 * What a browser needs to ask for a passkey: of one person, or of whoever has one here. For a sign-in nobody is named, so
 * it tells nothing about anybody. Throws `passkeys-need-name`.
 */
export async function passkeyRequest(ctx: FactorCtx, purpose: Purpose, identity?: Id): Promise<RequestOptions> {
  const { id: rpId } = relyingParty(ctx);
  const known = identity === undefined ? [] : await ctx.db.tenant(instanceId, (tx) => passkeysOf(tx, identity));
  return {
    rpId,
    challenge: await newChallenge(ctx, purpose),
    timeout: challengeMs,
    userVerification: 'required',
    allowCredentials: known.map(({ descriptor }) => descriptor),
  };
}

type Given = {
  readonly purpose: Purpose;
  readonly passkey: Assertion;
  readonly from: Sender;
  /** Whose it must be; undefined: whoever's it is. */
  readonly identity?: Id;
};

type Row = { readonly id: Id; readonly identity_id: Id; readonly public_key: Buffer; readonly is_synced: boolean };

/** Checks a passkey that was shown. Returns which one, and whose. Throws `passkey-refused`, whatever is wrong. */
export async function showPasskey(ctx: FactorCtx, given: Given): Promise<{ readonly id: Id; readonly identity: Id }> {
  const { purpose, passkey } = given;
  const { challenge } = clientDataIn(passkey.response.clientDataJSON);
  if (!(await takeChallenge(ctx, purpose, challenge))) throw refused();
  const row = await ctx.db.tenant(instanceId, (tx) =>
    tx.maybe<Row>(sql`
      select id, identity_id, public_key, is_synced from app.passkeys
      where organisation_id = ${instanceId} and credential_id = ${Buffer.from(passkey.id, 'base64url')}`),
  );
  if (!row || !isOf(row, given)) throw refused();
  const { authenticationInfo } = await judged(ctx, { row, passkey, challenge });
  const isCounted = await count(ctx, row.id, authenticationInfo.newCounter);
  if (!isCounted) throw await copied(ctx, row, given.from);
  return { id: row.id, identity: row.identity_id };
}

/** The authenticator names the person as well (WebAuthn §7.2 step 6); where nobody was named before, it has to. */
function isOf(row: Row, { identity, passkey }: Given): boolean {
  const handle = passkey.response.userHandle ?? undefined;
  if (identity !== undefined && row.identity_id !== identity) return false;
  return handle === undefined ? identity !== undefined : handle === userHandle(row.identity_id);
}

async function judged(
  ctx: FactorCtx,
  { row, passkey, challenge }: { readonly row: Row; readonly passkey: Assertion; readonly challenge: string },
): Promise<VerifiedAuthenticationResponse> {
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty(ctx);
  const { clientDataJSON, authenticatorData, signature } = passkey.response;
  const result = await verifyAuthenticationResponse({
    response: {
      id: passkey.id,
      rawId: passkey.rawId,
      type: passkey.type,
      response: { clientDataJSON, authenticatorData, signature },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin,
    expectedRPID,
    // What its counter was is compared below, where it is also changed.
    credential: { id: passkey.id, publicKey: new Uint8Array(row.public_key), counter: 0 },
    requireUserVerification: true,
  }).catch((error: unknown) => {
    throw refused(error);
  });
  const isSynced = result.authenticationInfo.credentialDeviceType === 'multiDevice';
  if (!result.verified || isSynced !== row.is_synced) throw refused();
  return result;
}

/**
 * Writes down the authenticator's count of its uses. False when it did not grow: there are two with the same key
 * (WebAuthn §6.1.1). Those that do not count always say 0.
 */
async function count(ctx: FactorCtx, id: Id, counter: number): Promise<boolean> {
  const shown = sql`${counter}::bigint`;
  const counted = await ctx.db.tenant(instanceId, (tx) =>
    tx.run(sql`
      update app.passkeys set counter = ${shown}, last_used_at = ${iso(ctx.clock.now())}
      where organisation_id = ${instanceId} and id = ${id} and (counter < ${shown} or (counter = 0 and ${shown} = 0))`),
  );
  return counted > 0;
}

async function copied(ctx: FactorCtx, { id, identity_id: identity }: Row, from: Sender) {
  const details = await senderDetails(ctx, from);
  const to = await addressOf(ctx, identity);
  await ctx.db.tenant(instanceId, async (tx) => {
    const object = `passkey:${id}` as const;
    await record(ctx, tx, { organisation: instanceId, actor: 'system', action: 'passkey.copied', object, details });
    await tell(ctx, tx, { identity, to, what: 'passkey-copied' });
  });
  return refused();
}
