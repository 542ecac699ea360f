import { createHash } from 'node:crypto';
import type { ProblemCode } from '#base';
import { rates, type Rate, type Route } from '#edge';
import { named, type Answered } from './ask.ts';
import { dashboardHeaders } from './dashboard.ts';

/**
 * What every answer of every status bears, letter by letter. Written down here a second time, so that a change of the
 * product is a change of two files, and somebody looks at it.
 */
const closed: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-frame-options': 'DENY',
};

/** Features that no page may use; there may be more. */
const features = [
  'camera',
  'microphone',
  'geolocation',
  'payment',
  'usb',
  'display-capture',
  'publickey-credentials-get',
];

const patient = new Set<ProblemCode>([
  'busy',
  'database-unavailable',
  'disk-full',
  'idempotency-key-running',
  'not-running',
  'rate-limited',
  'sign-in-paused',
  'too-many-sockets',
  'vendor-busy',
]);

/** Routes that hand over a session, and those that hand over the place of somebody who is away at another provider. */
const session =
  /^__Host-sotto=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure; Expires=[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/;
const away = new RegExp(session.source.replace('sotto', 'sotto-away'));
const noSession = /^__Host-sotto=; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=0$/;

const cookies: Readonly<Record<string, RegExp>> = {
  'POST /api/v1/sign-up/confirm': session,
  'POST /api/v1/sign-up/invitation': session,
  'POST /api/v1/sign-in': session,
  'POST /api/v1/sign-in/link/use': session,
  'POST /api/v1/sign-in/passkey': session,
  'POST /api/v1/sign-in/second-factor': session,
  'POST /api/v1/session/fresh': session,
  'POST /api/v1/session/totp/confirm': session,
  'POST /api/v1/session/passkeys': session,
  'PUT /api/v1/session/organisation': session,
  'PUT /api/v1/password': session,
  'POST /api/v1/sign-in/outside/:provider': away,
  'POST /api/v1/sign-up/outside/:provider': away,
  'POST /api/v1/session/outside/:provider/link': away,
  'POST /api/v1/sign-out': noSession,
};

/** What is in one of four languages: pages of the Trust Center, those that are not published and lost ones too, and its feed. */
const inLanguage = { 'content-language': /^(en|es|pt|hi)$/, 'vary': /^accept-language$/ };

/** Headers of one route's success, beyond what all have. */
const own: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  ...dashboardHeaders,
  'GET /api/v1/events': { 'x-accel-buffering': /^no$/ },
  'GET /trust/processors.atom': inLanguage,
  'GET /recordings/:token': { 'accept-ranges': /^bytes$/ },
  'POST /api/v1/sign-out': { 'clear-site-data': /^"cache", "cookies", "storage"$/ },
};

/** What an answer is the answer of: a route, or none. `isCut` for what was answered before it was a request. */
export type Answering = {
  readonly route?: Pick<Route, 'method' | 'path' | 'etag' | 'limit'> | undefined;
  readonly isCut?: boolean;
};

type Bare = Pick<Answered, 'status' | 'headers' | 'cookies' | 'body' | 'code'>;

/** How the headers of an answer differ from what they must be; none may be missing, and none may be more. */
export function headerMistakes(answered: Answered, of: Answering): string[] {
  return bareHeaderMistakes(answered, of).map((mistake) => `${named(answered)} (${answered.status}): ${mistake}`);
}

/** The same for an answer that nobody in particular got. */
export function bareHeaderMistakes(answer: Bare, of: Answering): string[] {
  const { date: _, ...headers } = answer.headers;
  const due = dueFor(answer, of);
  const isLimited = of.route && (headers['ratelimit'] !== undefined || answer.status < 400);
  const wanted: Record<string, RegExp> = { ...due, ...(isLimited && limited(of.route)) };
  const unknown = Object.keys(headers).filter((name) => !wanted[name] && name !== 'connection');
  return [
    ...unknown.map((name) => `the header ${name} is in no table`),
    ...Object.entries(wanted).flatMap(([name, pattern]) =>
      pattern.test(headers[name] ?? '') ? [] : [`${name} is ${headers[name]} and not ${pattern.source}`],
    ),
    ...pageMistakes(answer),
    ...cookieMistakes(answer, of),
  ];
}

function dueFor(answer: Bare, of: Answering): Record<string, RegExp> {
  const due = Object.fromEntries(Object.entries(closed).map(([name, value]) => [name, exactly(value)]));
  due['permissions-policy'] = new RegExp(`^(?=.*\\b${features.join('=\\(\\))(?=.*\\b')}=\\(\\))[a-z0-9=(), -]+$`);
  if (answer.headers['content-type']?.startsWith('text/html')) due['content-security-policy'] = pagePolicy;
  const more = { ...byStatus(answer), ...byRoute(answer, of), ...(of.isCut && { connection: /^close$/ }) };
  for (const [name, pattern] of Object.entries(more)) if (pattern) due[name] = pattern;
  return due;
}

function byStatus({ status, code, headers }: Bare): Record<string, RegExp | undefined> {
  const isStream = ['text/event-stream', 'application/jsonl'].includes(headers['content-type'] ?? '');
  return {
    'content-type': typeOf(status, code),
    'content-length': status === 204 || isStream ? undefined : /^\d+$/,
    'transfer-encoding': isStream ? /^(chunked)?$/ : undefined,
    'retry-after': code !== undefined && patient.has(code as ProblemCode) ? /^[1-9]\d*$/ : undefined,
    'www-authenticate': status === 401 ? /^Bearer realm="sotto"$/ : undefined,
    'allow': status === 405 ? /^[A-Z]+(, [A-Z]+)*$/ : undefined,
    'content-range': status === 206 ? /^bytes \d+-\d+\/\d+$/ : undefined,
    'location': status === 303 || status === 308 ? /^(\/|https:\/\/)/ : undefined,
  };
}

function byRoute({ status, headers }: Bare, { route }: Answering): Record<string, RegExp | undefined> {
  if (route?.path.startsWith('/trust') && headers['content-type']?.startsWith('text/html')) return inLanguage;
  if (!route || status >= 300) return {};
  return { etag: route.etag ? /^"[\w-]{22}"$/ : undefined, ...own[`${route.method} ${route.path}`] };
}

function typeOf(status: number, code: string | undefined): RegExp | undefined {
  if (code !== undefined) return /^application\/problem\+json$/;
  if (status === 204 || status === 101) return undefined;
  return /^(application\/json|text\/html; charset=utf-8|text\/plain; charset=utf-8|text\/event-stream|application\/octet-stream|application\/jsonl|application\/atom\+xml; charset=utf-8|audio\/wav|text\/xml(; charset=utf-8)?)$/;
}

function limited(route: Answering['route']): Record<string, RegExp> {
  const name = route?.limit ?? 'public';
  const rate: Rate = rates[name];
  if (rate.per === 'nobody') return {};
  const names = rate.per === 'asker' ? [name, 'sender'] : [name];
  return {
    'ratelimit': new RegExp(`^"(${names.join('|')})";r=\\d+(;t=\\d+)?$`),
    'ratelimit-policy': new RegExp(`^"(${names.join('|')})";q=\\d+;w=\\d+$`),
  };
}

/** A page names by hash all that it runs and looks like, and nothing else. */
const pagePolicy =
  /^default-src 'none'(; style-src 'sha256-[\w+/=]{44}')?(; script-src 'sha256-[\w+/=]{44}')?(; connect-src 'self')?; base-uri 'none'; form-action ('none'|'self'); frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'$/;

function pageMistakes({ headers, body }: Bare): string[] {
  if (!headers['content-type']?.startsWith('text/html') || body === '') return [];
  const policy = headers['content-security-policy'] ?? '';
  const inline = [...body.matchAll(/<(style|script)\b[^>]*>([\s\S]*?)<\/\1>/g)];
  const unnamed = inline.filter(([, , text = '']) => {
    return text !== '' && !policy.includes(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  });
  return [
    ...unnamed.map(([, kind]) => `a ${kind} of the page is not named in its policy`),
    ...(/\s(on\w+|style)=["']/i.test(body) ? ['the page has a handler or a style in an attribute'] : []),
    ...(/<(script|link|img|iframe|object|embed)\b[^>]*\b(src|href|data)=["']?(https?:)?\/\//i.test(body)
      ? ['the page loads something from elsewhere']
      : []),
  ];
}

function cookieMistakes({ status, cookies: sent }: Bare, { route }: Answering): string[] {
  const pattern = route && status < 300 ? cookies[`${route.method} ${route.path}`] : undefined;
  if (!pattern) return sent.map(() => 'a cookie is in no table');
  if (sent.length === 1 && pattern.test(sent[0] ?? '')) return [];
  return [`its cookie is not ${pattern.source}: ${sent.join(' and ').replace(/=[\w-]{43}/g, '=…') || 'none'}`];
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}
