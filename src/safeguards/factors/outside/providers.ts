import { operatorsBaa, type Config, type OutsideProcessor, type Processor, type Residue } from '#base';

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
    pt: {
      purpose: 'Permite entrar com uma conta do Google',
      data: ['que alguém entra aqui, e quando'],
      region: 'mundo todo',
    },
    hi: {
      purpose: 'Google खाते से लोगों को प्रवेश कराता है',
      data: ['यह कि कोई यहाँ प्रवेश करता है, और कब'],
      region: 'विश्व भर में',
    },
    website: 'https://www.google.com',
    security: null,
    baa: {
      offered: 'unknown',
      when: {
        en: 'Nothing that callers say goes there; no page was found that says so of signing in',
        es: 'Allí no va nada de lo que dicen quienes llaman; no se encontró ninguna página que lo diga del acceso',
        pt: 'Nada do que dizem quem liga vai para lá; não foi encontrada página que diga isso do acesso',
        hi: 'कॉल करने वालों की कही कोई बात वहाँ नहीं जाती; प्रवेश के बारे में यह बताने वाला पृष्ठ नहीं मिला',
      },
      source: 'https://developers.google.com/identity/openid-connect/openid-connect',
      verified: false,
    },
    // Those of Google Cloud and Workspace are of other services.
    certifications: [],
    keeps: [signIns('https://support.google.com/accounts/answer/13533235')],
  },
} satisfies Pick<Provider, 'label' | 'issuer'> & { readonly processor: OutsideProcessor };

/** What a provider keeps is between it and who has an account there; a hint at it is all that can be said here. */
function signIns(source: string): Residue {
  return {
    what: 'sign-ins',
    say: {
      en: 'That somebody signed in here with their account, as long as they let it, or the provider sees fit',
      es: 'Que alguien entró aquí con su cuenta, mientras lo permita o el proveedor lo crea oportuno',
      pt: 'Que alguém entrou aqui com a conta dele, enquanto permitir ou o provedor achar conveniente',
      hi: 'यह कि किसी ने अपने खाते से यहाँ प्रवेश किया, जब तक वे अनुमति दें या प्रदाता उचित समझे',
    },
    days: null,
    from: 'made',
    deletable: false,
    source,
    verified: false,
  };
}

/** Everyone who can be asked who somebody is, set up or not. */
export const signInProcessors: readonly OutsideProcessor[] = [google.processor, ownProcessor()];

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

/** Who can be asked who somebody is, as the settings stand. */
export function signInProcessorsIn(config: Settings): readonly OutsideProcessor[] {
  return providersOf(config).map(({ name, issuer }) =>
    name === 'google' ? google.processor : ownProcessor(new URL(issuer).host),
  );
}

/** The operator's own choice: where it stands and under which law is theirs to know. */
function ownProcessor(...hosts: readonly string[]): OutsideProcessor {
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
    pt: {
      purpose: 'Permite entrar com uma conta do provedor que o operador escolheu',
      data: ['que alguém entra aqui, e quando'],
      region: 'onde o operador o tiver',
    },
    hi: {
      purpose: 'संचालक द्वारा चुने गए प्रदाता के खाते से लोगों को प्रवेश कराता है',
      data: ['यह कि कोई यहाँ प्रवेश करता है, और कब'],
      region: 'जहाँ संचालक ने रखा हो',
    },
    website: null,
    security: null,
    baa: operatorsBaa,
    certifications: [],
    keeps: [signIns('the operator of SOTTO_OIDC_ISSUER')],
  };
}
