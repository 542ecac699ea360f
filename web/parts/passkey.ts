import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import type { AnswerOf } from '../api/client.ts';
import { Refusal } from '../api/problem.ts';

type Asked = NonNullable<AnswerOf<'POST /api/v1/session/fresh/choices'>['passkey']>;
type Offered = AnswerOf<'POST /api/v1/session/passkeys/options'>;

/** Whether a passkey of that host can be asked for on this page, as it was loaded. */
export function canUsePasskey(rpId: string): boolean {
  const isHere = location.hostname === rpId || location.hostname.endsWith(`.${rpId}`);
  return isHere && browserSupportsWebAuthn() && isOpened('publickey-credentials-get');
}

type WithPolicy = { readonly featurePolicy?: { allowsFeature(name: string): boolean } };

/** Browsers that tell what a document may do say so; of the others it is assumed. */
export function isOpened(feature: string): boolean {
  return (document as WithPolicy).featurePolicy?.allowsFeature(feature) ?? true;
}

/** Has the browser show a passkey. Throws `Refusal` with `passkey-stopped` when none was shown. */
export async function showPasskey(asked: Asked): Promise<Plain<AuthenticationResponseJSON>> {
  const options = asked as unknown as PublicKeyCredentialRequestOptionsJSON;
  return plainly(await startAuthentication({ optionsJSON: options }).catch(stopped));
}

/** Has the browser make a passkey. Throws `Refusal` with `passkey-stopped` or `passkey-known`. */
export async function makePasskey(offered: Offered): Promise<Plain<RegistrationResponseJSON>> {
  const options = offered as unknown as PublicKeyCredentialCreationOptionsJSON;
  return plainly(await startRegistration({ optionsJSON: options }).catch(stopped));
}

/** Without what extensions said: we ask for none. */
type Plain<T> = Omit<T, 'clientExtensionResults'> & { readonly clientExtensionResults: Record<never, never> };

function plainly<T extends AuthenticationResponseJSON | RegistrationResponseJSON>(answer: T): Plain<T> {
  return { ...answer, clientExtensionResults: {} };
}

function stopped(error: unknown): never {
  const isKnown = error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';
  throw new Refusal({ code: isKnown ? 'passkey-known' : 'passkey-stopped', title: '', status: 0, detail: '' });
}
