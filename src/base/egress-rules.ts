import { settings, type Config } from './config.ts';
import { problem } from './problems.ts';
import type { Processor } from './processor.ts';

/** The settings by which the operator lets requests go elsewhere. */
export type Grants = Pick<
  Config,
  | 'allowHosts'
  | 'twilioBaseUrl'
  | 'emulatorBaseUrl'
  | 'openaiBaseUrl'
  | 'postmarkBaseUrl'
  | 'otlpUrl'
  | 'smtpUrl'
  | 'transitUrl'
  | 'oidcIssuer'
>;

/** Through which door something leaves: to public addresses alone, or to where the operator said. */
export type Way = 'public' | 'granted';

const schemes = {
  request: { plain: 'http', secure: 'https' },
  socket: { plain: 'ws', secure: 'wss' },
  mail: { plain: 'smtp', secure: 'smtps' },
};

/** Decides whether something may leave. Throws `host-not-listed`. */
export function wayOf(
  to: Processor,
  address: string,
  kind: keyof typeof schemes,
  isGranted: (url: URL) => boolean,
): Way {
  const url = URL.parse(address);
  const { plain, secure } = schemes[kind];
  if (!url || ![`${plain}:`, `${secure}:`].includes(url.protocol) || url.username || url.password) {
    throw problem(
      'host-not-listed',
      `${to.name} is dialled by ${plain} or ${secure}, without user information in the address.`,
    );
  }
  if (isGranted(url)) return 'granted';
  if (url.protocol === `${secure}:` && to.hosts.some((host) => hostOf(`https://${host}`) === url.host)) return 'public';
  throw problem(
    'host-not-listed',
    `${to.name} does not list this host for ${secure}. Add it to the vendor file, or to SOTTO_ALLOW_HOSTS when it is yours.`,
  );
}

/** The operator's own list. An entry without a port stands for all of them; a replaced origin for its own alone. */
export function grants(config: Grants, extraHosts: readonly string[]): (url: URL) => boolean {
  const usual: readonly (string | undefined)[] = [
    settings.twilioBaseUrl.default,
    settings.openaiBaseUrl.default,
    settings.postmarkBaseUrl.default,
  ];
  const configured = [config.twilioBaseUrl, config.emulatorBaseUrl, config.openaiBaseUrl, config.postmarkBaseUrl];
  const origins = new Set(configured.filter((origin) => origin !== undefined && !usual.includes(origin)));
  if (config.otlpUrl !== undefined) origins.add(new URL(config.otlpUrl).origin);
  if (config.oidcIssuer !== undefined) origins.add(new URL(config.oidcIssuer).origin);
  if (config.transitUrl !== undefined) origins.add(config.transitUrl);
  if (config.smtpUrl !== undefined) origins.add(originOf(new URL(config.smtpUrl)));
  const hosts = new Set([...config.allowHosts, ...extraHosts].map((host) => host.toLowerCase()));
  return (url) =>
    origins.has(originOf(url).replace(/^ws/, 'http')) ||
    hosts.has(url.host) ||
    hosts.has(url.hostname) ||
    hosts.has(url.hostname.replace(/^\[|\]$/g, ''));
}

/** A URL of a scheme that the standard does not know has no origin of its own (URL standard §4.7). */
function originOf(url: URL): string {
  return url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin;
}

/** Host and port of a URL as written in the ledger; the usual port is left out. */
export function hostOf(address: string): string {
  return URL.parse(address)?.host || 'unreadable';
}

/** The name of a processor as it stands in ledger, log and errors. */
export function kebab(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
