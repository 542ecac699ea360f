import { verifyRegistrationResponse, type VerifiedRegistrationResponse } from '@simplewebauthn/server';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import { iso, newId, problem, sql, type Id, type Personal, type Tx } from '#base';
import type { SignedIn } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { addressOf, renewFresh } from '#safeguards/identity';
import { holdForChange } from './hold-for-change.ts';
import { seal } from '#safeguards/vault';
import { challengeMs, newChallenge, takeChallenge } from './challenges.ts';
import { changeFactors, type Changed } from './change-factors.ts';
import { clientDataIn, refused } from './client-data.ts';
import type { CreationOptions, Registration } from './passkey-shapes.ts';
import { passkeysOf, placeOf, subjectOf, userHandle } from './passkeys.ts';
import { relyingParty } from './relying-party.ts';
import type { Acting, FactorCtx, Renewed } from './types.ts';

/** EdDSA, ES256, RS256 (IANA COSE algorithms): what authenticators have. */
const algorithms = [-8, -7, -257];

const mostPasskeys = 20;

/**
 * What a browser needs to make a passkey: one that needs no address to be typed and that verifies its user. Throws
 * `passkeys-need-name`, `too-many-passkeys`, and `step-up-needed` when there is a second factor already.
 */
export async function passkeyCreation(ctx: FactorCtx, signedIn: SignedIn): Promise<CreationOptions> {
  const { identity, session } = signedIn;
  const { id } = relyingParty(ctx);
  const known = await ctx.db.tenant(instanceId, async (tx) => {
    await holdForChange(ctx, tx, signedIn);
    return passkeysOf(tx, identity);
  });
  if (known.length >= mostPasskeys) throw tooMany();
  const name = (await addressOf(ctx, identity)).reveal();
  return {
    rp: { id, name: 'Sotto' },
    user: { id: userHandle(identity), name, displayName: name },
    challenge: await newChallenge(ctx, { for: 'register', session }),
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
    timeout: challengeMs,
    excludeCredentials: known.map(({ descriptor }) => descriptor),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
  };
}

type NewPasskey = { readonly name: Personal; readonly passkey: Registration };

/**
 * Adds the passkey that a browser has made. It counts as both factors. The session goes on under a new token, fresh.
 * Throws `passkey-refused`, `passkey-known`, `too-many-passkeys`, and `step-up-needed` as `changeFactors` does.
 */
export async function addPasskey(
  ctx: FactorCtx,
  acting: Acting,
  given: NewPasskey,
): Promise<Changed & Renewed & { id: Id }> {
  const { identity, session } = acting.signedIn;
  const made = await verified(ctx, session, given.passkey);
  const id = newId(ctx);
  const name = await seal(ctx, subjectOf(identity), placeOf(id), given.name);
  const changed = await changeFactors(ctx, acting, async (tx) => {
    await insert(ctx, tx, { id, identity, name, ...made });
    return { action: 'passkey.added', object: `passkey:${id}`, what: 'passkey-added' };
  });
  return { id, ...changed, ...(await renewFresh(ctx, session)) };
}

type Made = {
  readonly credentialId: Buffer;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly isSynced: boolean;
};

async function verified(ctx: FactorCtx, session: Id, passkey: Registration): Promise<Made> {
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty(ctx);
  const { challenge } = clientDataIn(passkey.response.clientDataJSON);
  if (!(await takeChallenge(ctx, { for: 'register', session }, challenge))) throw refused();
  const { transports = [], attestationObject, clientDataJSON } = passkey.response;
  refuseCertificates(attestationObject);
  const result = await verifyRegistrationResponse({
    response: {
      id: passkey.id,
      rawId: passkey.rawId,
      type: passkey.type,
      response: { clientDataJSON, attestationObject },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin,
    expectedRPID,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch((error: unknown) => {
    throw refused(error);
  });
  return { ...keyIn(result, passkey), transports };
}

function keyIn({ registrationInfo }: VerifiedRegistrationResponse, passkey: Registration) {
  // Its id must be the one that the browser names: the rest of the ceremony goes by that.
  if (!registrationInfo || registrationInfo.credential.id !== passkey.id) throw refused();
  const { credential, credentialDeviceType } = registrationInfo;
  return {
    credentialId: Buffer.from(credential.id, 'base64url'),
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    isSynced: credentialDeviceType === 'multiDevice',
  };
}

/** We ask for no attestation. A certificate that comes all the same is a parser for strangers to play with. */
function refuseCertificates(attestationObject: string): void {
  try {
    const read = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
    const isPlain = read.get('fmt') === 'none' || (read.get('fmt') === 'packed' && !read.get('attStmt').get('x5c'));
    if (isPlain) return;
  } catch (error) {
    throw refused(error);
  }
  throw refused();
}

async function insert(
  ctx: FactorCtx,
  tx: Tx,
  row: Made & { readonly id: Id; readonly identity: Id; readonly name: Buffer },
): Promise<void> {
  const { id, identity, credentialId, publicKey, counter, transports, isSynced, name } = row;
  if ((await passkeysOf(tx, identity)).length >= mostPasskeys) throw tooMany();
  const made = await tx.run(sql`
    insert into app.passkeys (organisation_id, id, identity_id, credential_id, public_key, counter, transports, is_synced,
      name, created_at)
    values (${instanceId}, ${id}, ${identity}, ${credentialId}, ${publicKey}, ${counter}, ${[...transports]},
      ${isSynced}, ${name}, ${iso(ctx.clock.now())})
    on conflict (organisation_id, credential_id) do nothing`);
  if (made === 0) throw problem('passkey-known', 'This passkey is here already.');
}

function tooMany() {
  return problem('too-many-passkeys', `There are ${mostPasskeys} passkeys already. Remove one first.`);
}
