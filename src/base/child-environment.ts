import { settings, type Config } from './config.ts';
import { mailMistakes } from './mail-settings.ts';

/** What any program that we start may need of its surroundings: where things lie, and whom TLS trusts. */
const surroundings =
  'PATH HOME TMPDIR TEMP TMP SystemRoot LANG LC_ALL TZ NODE_OPTIONS NODE_COMPILE_CACHE NODE_EXTRA_CA_CERTS NODE_USE_SYSTEM_CA SSL_CERT_FILE SSL_CERT_DIR SOFTHSM2_CONF OPENSC_CONF'.split(
    ' ',
  );

/**
 * The environment of a process that we start: the settings as they stand here, and nothing else that happens to be
 * in ours. A secret setting is passed on only when it is named.
 */
export function childEnvironment(
  config: Config,
  secrets: readonly (keyof Config)[] = [],
): Readonly<Record<string, string>> {
  const kept = surroundings.flatMap((name) => (process.env[name] ? [[name, process.env[name]] as const] : []));
  const passed = withoutSecrets(config, secrets);
  const set = Object.entries(settings).flatMap(([key, one]) => {
    const value = passed[key as keyof Config];
    return value === undefined ? [] : [[one.env, String(value)] as const];
  });
  return Object.fromEntries([...kept, ...set]);
}

/** Whoever is not given the secrets of mail sends none; its settings would be incomplete otherwise. */
function withoutSecrets(config: Config, secrets: readonly (keyof Config)[]): Config {
  const isWithheld = ([key, one]: [string, object]) => 'secret' in one && !secrets.includes(key as keyof Config);
  const withheld = Object.entries(settings).filter(isWithheld);
  const passed: Config = { ...config, ...Object.fromEntries(withheld.map(([key]) => [key, undefined])) };
  return mailMistakes(passed).length > 0 ? { ...passed, mail: 'outbox' } : passed;
}
