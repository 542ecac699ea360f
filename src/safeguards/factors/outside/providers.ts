import type { Config, Processor, Residue, VendorProcessor } from '#base';

/** Providers whose word is taken for who somebody is. */
export type ProviderName = 'google' | 'oidc';

/** One that the operator has set up. */
export type Provider = {
  readonly name: ProviderName;
  /** What it is called on a button. */
  readonly label: string;
  /** Without a slash at the end where its discovery document has none: it is compared letter by letter. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly processor: Processor;
};

/** Google's issuer, and the hosts of its discovery document (developers.google.com/identity/openid-connect). */
const google = {
  label: 'Google',
  issuer: 'https://accounts.google.com',
  processor: {
    name: 'Google sign-in',
    purpose: 'Signs people in with a Google account',
    data: ['that somebody signs in here, and when'],
    region: 'worldwide',
    hosts: ['accounts.google.com', 'oauth2.googleapis.com', 'www.googleapis.com', 'openidconnect.googleapis.com'],
    es: {
      purpose: 'Deja entrar con una cuenta de Google',
      data: ['que alguien entra aquí, y cuándo'],
      region: 'todo el mundo',
    },
    keeps: [signIns('https://support.google.com/accounts/answer/13533235')],
  },
} satisfies Pick<Provider, 'label' | 'issuer'> & { readonly processor: VendorProcessor };

/** What a provider keeps is between it and who has an account there; a hint at it is all that can be said here. */
function signIns(source: string): Residue {
  return {
    what: 'sign-ins',
    say: {
      en: 'That somebody signed in here with their account, as long as they let it, or the provider sees fit',
      es: 'Que alguien entró aquí con su cuenta, mientras lo permita o el proveedor lo crea oportuno',
    },
    days: null,
    from: 'made',
    deletable: false,
    source,
    verified: false,
  };
}

/** Everyone who can be asked who somebody is, set up or not. */
export const signInProcessors: readonly VendorProcessor[] = [google.processor, ownProcessor()];

type Settings = Pick<
  Config,
  'googleClientId' | 'googleClientSecret' | 'oidcIssuer' | 'oidcClientId' | 'oidcClientSecret' | 'oidcName'
>;

/** Those that the settings name. */
export function providersOf(config: Settings): readonly Provider[] {
  const { googleClientId, googleClientSecret, oidcIssuer, oidcClientId, oidcClientSecret, oidcName } = config;
  const found: Provider[] = [];
  if (googleClientId && googleClientSecret) {
    found.push({ name: 'google', ...google, clientId: googleClientId, clientSecret: googleClientSecret });
  }
  if (oidcIssuer && oidcClientId && oidcClientSecret) {
    const issued = { issuer: oidcIssuer, clientId: oidcClientId, clientSecret: oidcClientSecret };
    found.push({ name: 'oidc', label: oidcName, ...issued, processor: ownProcessor(new URL(oidcIssuer).host) });
  }
  return found;
}

/** The operator's own choice: where it stands and under which law is theirs to know. */
function ownProcessor(...hosts: readonly string[]): VendorProcessor {
  return {
    name: 'OpenID provider',
    purpose: 'Signs people in with an account at the provider that the operator has chosen',
    data: ['that somebody signs in here, and when'],
    region: 'where the operator has it',
    hosts,
    es: {
      purpose: 'Deja entrar con una cuenta del proveedor que ha elegido el operador',
      data: ['que alguien entra aquí, y cuándo'],
      region: 'donde lo tenga el operador',
    },
    keeps: [signIns('the operator of SOTTO_OIDC_ISSUER')],
  };
}
