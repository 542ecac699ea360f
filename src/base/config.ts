import { hint } from './likely-name.ts';
import { keyMistakes, keySettings } from './key-settings.ts';
import { mailMistakes, sender, smtpUrl, streamName } from './mail-settings.ts';
import { outsideMistakes } from './outside-settings.ts';
import { problem, type Mistake } from './problems.ts';
import { witnessList } from './witness-settings.ts';
import {
  bucket,
  collectorUrl,
  days,
  folderUrl,
  headerName,
  issuer,
  list,
  minutes,
  networks,
  oneOf,
  origin,
  port,
  positive,
  postgresUrl,
  secret,
  setting,
  text,
} from './setting-values.ts';

export { dataFiles } from './data-files.ts';

/** Every setting of an installation. Adding one is adding one entry; docs/reference/config.md is made from it. */
export const settings = {
  dataDir: setting('SOTTO_DATA_DIR', 'Where the embedded database, keystore and objects live', './data', text),
  host: setting('SOTTO_HOST', 'Address to listen on', '127.0.0.1', text),
  port: setting('SOTTO_PORT', 'Port to listen on; 0 takes a free one', 8080, port),
  publicUrl: setting(
    'SOTTO_PUBLIC_URL',
    'Origin that carriers call and sign, e.g. https://phone.example.com; default http://HOST:PORT',
    undefined as string | undefined,
    origin,
  ),
  sourceUrl: setting(
    'SOTTO_SOURCE_URL',
    'Where the files of this version can be read; trust pages link to them, e.g. https://code.example.com/sotto/blob/v1',
    undefined as string | undefined,
    folderUrl,
  ),
  tlsCert: setting(
    'SOTTO_TLS_CERT',
    'PEM file with the certificate and its chain; with SOTTO_TLS_KEY https is spoken here, without a proxy',
    undefined as string | undefined,
    text,
  ),
  tlsKey: setting('SOTTO_TLS_KEY', 'PEM file with the key of SOTTO_TLS_CERT', undefined as string | undefined, text),
  hsts: setting(
    'SOTTO_HSTS',
    'What https is promised for, for two years: subdomains (and the preload list), or host where others share the domain',
    'subdomains',
    oneOf('subdomains', 'host'),
  ),
  proxies: setting(
    'SOTTO_PROXIES',
    'Addresses and networks of the proxies in front, e.g. 127.0.0.1,10.0.0.0/8; what they tell of clients is believed',
    [] as readonly string[],
    networks,
  ),
  proxyHeader: setting(
    'SOTTO_PROXY_HEADER',
    'In which header the proxies tell the address of the client: x-forwarded-for or forwarded',
    'x-forwarded-for',
    oneOf('x-forwarded-for', 'forwarded'),
  ),
  countryHeader: setting(
    'SOTTO_COUNTRY_HEADER',
    'Header in which the proxies tell the country of the client, e.g. CF-IPCountry; used for the request, never stored',
    undefined as string | undefined,
    headerName,
  ),
  databaseUrl: secret(
    'SOTTO_DATABASE_URL',
    'PostgreSQL 15 or newer; unset starts the embedded one',
    undefined as string | undefined,
    postgresUrl,
  ),
  databasePort: setting('SOTTO_DATABASE_PORT', 'Loopback port of the embedded PostgreSQL; 0 takes a free one', 0, port),
  ...keySettings,
  twilioBaseUrl: setting(
    'SOTTO_TWILIO_BASE_URL',
    "Replaces Twilio's API origin (tests, regional edges)",
    'https://api.twilio.com',
    origin,
  ),
  emulatorBaseUrl: setting(
    'SOTTO_EMULATOR_BASE_URL',
    'API origin of the emulated carrier, when it is asked to hang up or transfer',
    undefined as string | undefined,
    origin,
  ),
  openaiBaseUrl: setting(
    'SOTTO_OPENAI_BASE_URL',
    "Replaces OpenAI's API origin (tests, proxies)",
    'https://api.openai.com',
    origin,
  ),
  openaiKey: secret(
    'SOTTO_OPENAI_KEY',
    'OpenAI key for every organisation that has none of its own',
    undefined as string | undefined,
    text,
  ),
  openaiSpeechModel: setting(
    'SOTTO_OPENAI_SPEECH_MODEL',
    'OpenAI model that listens and speaks',
    'gpt-realtime-2.1',
    text,
  ),
  openaiTextModel: setting('SOTTO_OPENAI_TEXT_MODEL', 'OpenAI model that reads and writes', 'gpt-5.4-mini', text),
  allowHosts: setting(
    'SOTTO_ALLOW_HOSTS',
    'Private hosts that may be dialled, comma-separated',
    [] as readonly string[],
    list,
  ),
  witnesses: setting(
    'SOTTO_WITNESSES',
    'Witnesses that sign the heads of the audit log: https://witness.example.com NAME+HASH+BASE64, with commas between',
    [] as readonly string[],
    witnessList,
  ),
  objects: setting('SOTTO_OBJECTS', 'Where recordings lie: fs (below SOTTO_DATA_DIR) or s3', 'fs', oneOf('fs', 's3')),
  s3Endpoint: setting(
    'SOTTO_S3_ENDPOINT',
    'Origin of the S3 service, e.g. https://ACCOUNT.r2.cloudflarestorage.com',
    undefined as string | undefined,
    origin,
  ),
  s3Bucket: setting('SOTTO_S3_BUCKET', 'Bucket for recordings', undefined as string | undefined, bucket),
  s3Region: setting('SOTTO_S3_REGION', 'Region that requests are signed for', 'auto', text),
  s3KeyId: setting('SOTTO_S3_KEY_ID', 'Access key id at the S3 service', undefined as string | undefined, text),
  s3Secret: secret('SOTTO_S3_SECRET', 'Secret access key at the S3 service', undefined as string | undefined, text),
  mail: setting(
    'SOTTO_MAIL',
    'How mail leaves: smtp, postmark, or outbox (not at all; ./sotto outbox shows it)',
    'outbox',
    oneOf('outbox', 'smtp', 'postmark'),
  ),
  mailFrom: setting(
    'SOTTO_MAIL_FROM',
    'Sender of mails, e.g. Sotto <sotto@example.com>',
    undefined as string | undefined,
    sender,
  ),
  smtpUrl: secret(
    'SOTTO_SMTP_URL',
    'Mail server, e.g. smtp://user:password@smtp.example.com:587 (STARTTLS) or smtps://…:465 (TLS at once)',
    undefined as string | undefined,
    smtpUrl,
  ),
  postmarkToken: secret('SOTTO_POSTMARK_TOKEN', 'Server API token at Postmark', undefined as string | undefined, text),
  postmarkStream: setting('SOTTO_POSTMARK_STREAM', 'Transactional message stream at Postmark', 'outbound', streamName),
  postmarkBaseUrl: setting(
    'SOTTO_POSTMARK_BASE_URL',
    "Replaces Postmark's API origin (tests)",
    'https://api.postmarkapp.com',
    origin,
  ),
  drainMinutes: setting(
    'SOTTO_DRAIN_MINUTES',
    'How long a stopping Sotto waits for calls under way to end, up to 1440',
    60,
    minutes,
  ),
  otlpUrl: setting(
    'SOTTO_OTLP_URL',
    'OpenTelemetry collector (OTLP over HTTP) that gets figures and traces, e.g. http://localhost:4318; unset sends none',
    undefined as string | undefined,
    collectorUrl,
  ),
  signUp: setting(
    'SOTTO_SIGN_UP',
    'Who may sign up: open, closed (by invitation, and no first run), or first: whoever comes first, then by invitation',
    'first',
    oneOf('open', 'first', 'closed'),
  ),
  googleClientId: setting(
    'SOTTO_GOOGLE_CLIENT_ID',
    'OAuth client id at Google, so that people can sign in with Google',
    undefined as string | undefined,
    text,
  ),
  googleClientSecret: secret('SOTTO_GOOGLE_CLIENT_SECRET', 'Its secret', undefined as string | undefined, text),
  oidcIssuer: setting(
    'SOTTO_OIDC_ISSUER',
    'Another OpenID provider that people can sign in with: its issuer, e.g. https://id.example.com/realms/office',
    undefined as string | undefined,
    issuer,
  ),
  oidcClientId: setting('SOTTO_OIDC_CLIENT_ID', 'Client id at that provider', undefined as string | undefined, text),
  oidcClientSecret: secret('SOTTO_OIDC_CLIENT_SECRET', 'Its secret', undefined as string | undefined, text),
  oidcName: setting('SOTTO_OIDC_NAME', 'What that provider is called where people sign in', 'Single sign-on', text),
  sessionIdleHours: setting('SOTTO_SESSION_IDLE_HOURS', 'A session ends after so many hours without use', 12, positive),
  sessionDays: setting('SOTTO_SESSION_DAYS', 'A session ends after so many days, used or not', 14, positive),
  keystoreBackupDays: setting(
    'SOTTO_KEYSTORE_BACKUP_DAYS',
    'For how many days you keep backups of the keystore, 0 if you make none: deletion certificates say it',
    undefined as number | undefined,
    days,
  ),
  maxSockets: setting('SOTTO_MAX_SOCKETS', 'Sockets open at once, waiting ones included', 2000, positive),
} as const;

/** All settings, parsed. */
export type Config = { readonly [Name in keyof typeof settings]: (typeof settings)[Name]['default'] };

/**
 * Reads every setting from `env`. All mistakes are reported in one `config-invalid` problem,
 * unknown `SOTTO_*` names among them, so that a typing error never silently means the default.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const mistakes: Mistake[] = [];
  const values = Object.entries(settings).map(([name, one]) => {
    const given = env[one.env];
    if (given === undefined || given === '') return [name, one.default];
    try {
      return [name, one.parse(given)];
    } catch (error) {
      mistakes.push({ at: one.env, fix: (error as Error).message });
      return [name, one.default];
    }
  });
  const known = new Set<string>(Object.values(settings).map((one) => one.env));
  for (const name of Object.keys(env)) {
    if (name.startsWith('SOTTO_') && !known.has(name)) {
      mistakes.push({ at: name, fix: `is no setting; ${hint(name, [...known])}` });
    }
  }
  const config = Object.fromEntries(values) as Config;
  const reported = new Set(mistakes.map(({ at }) => at));
  const incomplete = [
    ...objectMistakes(config),
    ...mailMistakes(config),
    ...tlsMistakes(config),
    ...outsideMistakes(config),
    ...keyMistakes(config),
  ];
  mistakes.push(...incomplete.filter(({ at }) => !reported.has(at)));
  if (mistakes.length > 0) {
    const text = mistakes.map(({ at, fix }) => `${at} ${fix}`).join('\n');
    throw problem('config-invalid', text, { mistakes });
  }
  return config;
}

/** A certificate is nothing without its key. */
function tlsMistakes({ tlsCert, tlsKey }: Config): Mistake[] {
  if ((tlsCert === undefined) === (tlsKey === undefined)) return [];
  const isKeyAlone = tlsCert === undefined;
  return [
    isKeyAlone
      ? { at: 'SOTTO_TLS_CERT', fix: 'must be set with SOTTO_TLS_KEY' }
      : { at: 'SOTTO_TLS_KEY', fix: 'must be set with SOTTO_TLS_CERT' },
  ];
}

/** An S3 store needs all of its settings, and plain http only where the operator has named the host. */
function objectMistakes(config: Config): Mistake[] {
  if (config.objects !== 's3') return [];
  const needed = ['s3Endpoint', 's3Bucket', 's3KeyId', 's3Secret'] as const;
  const mistakes: Mistake[] = needed
    .filter((name) => config[name] === undefined)
    .map((name) => ({ at: settings[name].env, fix: 'must be set when SOTTO_OBJECTS is s3' }));
  const { protocol, host, hostname } = new URL(config.s3Endpoint ?? 'https://unset.invalid');
  if (protocol === 'http:' && !config.allowHosts.some((allowed) => allowed === host || allowed === hostname)) {
    mistakes.push({ at: settings.s3Endpoint.env, fix: 'must be https, unless SOTTO_ALLOW_HOSTS names its host' });
  }
  return mistakes;
}

/** Each setting as it stands: for `sotto config` and the start-up print. Secrets show only that they are set. */
export function describeConfig(config: Config, env: Readonly<Record<string, string | undefined>>) {
  return Object.entries(settings).map(([name, one]) => {
    const value = config[name as keyof Config];
    const source = env[one.env] ? 'environment' : 'default';
    const shown = value === undefined ? '' : 'secret' in one && one.secret ? '(secret)' : String(value);
    return { name: one.env, value: shown, source, help: one.help };
  });
}
