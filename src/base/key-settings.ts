import type { Config } from './config.ts';
import type { Mistake } from './problems.ts';
import { hexKey, oneOf, origin, pathName, secret, setting, text } from './setting-values.ts';

const none = undefined as string | undefined;

/** Where the root key comes from, and what each provider of it needs. */
export const keySettings = {
  keyProvider: setting(
    'SOTTO_KEY_PROVIDER',
    'Where the root key comes from: file, environment, transit or pkcs11; default environment where SOTTO_ROOT_KEY is set, otherwise file',
    undefined as 'file' | 'environment' | 'transit' | 'pkcs11' | undefined,
    oneOf('file', 'environment', 'transit', 'pkcs11'),
  ),
  rootKey: secret('SOTTO_ROOT_KEY', 'Root key as 64 hex digits; unset reads or makes the file', none, hexKey),
  rootKeyNext: secret(
    'SOTTO_ROOT_KEY_NEXT',
    'Root key that ./sotto keys rotate puts in the place of SOTTO_ROOT_KEY, as 64 hex digits',
    none,
    hexKey,
  ),
  rootKeyFile: setting('SOTTO_ROOT_KEY_FILE', 'File with the root key; default DATA_DIR/keys/root.key', none, text),
  transitUrl: setting(
    'SOTTO_TRANSIT_URL',
    'Origin of HashiCorp Vault, OpenBao or whatever else speaks their transit engine, e.g. https://vault.example.com:8200',
    none,
    origin,
  ),
  transitKey: setting('SOTTO_TRANSIT_KEY', 'Name of the key there, of type aes256-gcm96', 'sotto', pathName),
  transitMount: setting('SOTTO_TRANSIT_MOUNT', 'Path where the transit engine is mounted there', 'transit', pathName),
  transitNamespace: setting('SOTTO_TRANSIT_NAMESPACE', 'Namespace there, where there are several', none, text),
  transitToken: secret('SOTTO_TRANSIT_TOKEN', 'Token for it, sent as X-Vault-Token', none, text),
  transitTokenFile: setting(
    'SOTTO_TRANSIT_TOKEN_FILE',
    'File with that token instead, read anew for each request: the sink of an agent that renews it',
    none,
    text,
  ),
  pkcs11Module: setting(
    'SOTTO_PKCS11_MODULE',
    'Library of the PKCS #11 token, e.g. /usr/lib/softhsm/libsofthsm2.so; pkcs11-tool of OpenSC has to be installed',
    none,
    text,
  ),
  pkcs11Token: setting('SOTTO_PKCS11_TOKEN', 'Label of the token', none, text),
  pkcs11Key: setting(
    'SOTTO_PKCS11_KEY',
    'Label of the RSA key pair in the token that wraps the root key',
    'sotto',
    text,
  ),
  pkcs11Pin: secret('SOTTO_PKCS11_PIN', 'PIN of the token', none, text),
  pkcs11PinFile: setting('SOTTO_PKCS11_PIN_FILE', 'File with that PIN instead', none, text),
} as const;

/** What the provider that is chosen lacks. */
export function keyMistakes(config: Pick<Config, keyof typeof keySettings | 'allowHosts'>): Mistake[] {
  const needed = {
    file: [],
    environment: [['rootKey']],
    transit: [['transitUrl'], ['transitToken', 'transitTokenFile']],
    pkcs11: [['pkcs11Module'], ['pkcs11Token'], ['pkcs11Pin', 'pkcs11PinFile']],
  } as const satisfies Record<string, readonly (readonly (keyof typeof keySettings)[])[]>;
  const provider = config.keyProvider ?? 'file';
  const lacking = needed[provider].filter((names) => names.every((name) => config[name] === undefined));
  const plain = provider === 'transit' && plainOutside(config) ? [plainMistake] : [];
  const missing = lacking.map(([first, second]: readonly (keyof typeof keySettings)[]) => ({
    at: keySettings[first!].env,
    fix: `${second ? `or ${keySettings[second].env} ` : ''}must be set when SOTTO_KEY_PROVIDER is ${provider}`,
  }));
  return [...missing, ...plain];
}

const plainMistake: Mistake = {
  at: keySettings.transitUrl.env,
  fix: 'must be https, unless SOTTO_ALLOW_HOSTS names its host: keys go there',
};

function plainOutside({ transitUrl, allowHosts }: Pick<Config, 'transitUrl' | 'allowHosts'>): boolean {
  if (transitUrl === undefined) return false;
  const { protocol, host, hostname } = new URL(transitUrl);
  return protocol === 'http:' && !allowHosts.some((allowed) => allowed === host || allowed === hostname);
}
