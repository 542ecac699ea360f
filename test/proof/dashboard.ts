import { builtScreens } from '#screens';
import type { Case } from './case.ts';

/** The dashboard as it is built here; nothing where it is not. */
const built = builtScreens();

/** Every page with the same document for everybody, and every file it loads. */
export const dashboardCases: Readonly<Record<string, Case>> = {
  ...Object.fromEntries((built?.screens ?? []).map(({ path }) => [`GET ${path}`, pageCase(path)])),
  ...Object.fromEntries(besides().map((path) => [`GET ${path}`, { ok: 200 }])),
  ...(built && { 'GET /assets/:file': { words: { file: inFolder()[0] ?? '' }, ok: 200 } }),
};

function pageCase(path: string): Case {
  const words = Object.fromEntries([...path.matchAll(/:(\w+)/g)].map(([, name]) => [name!, 'any']));
  return { words, ok: 200 };
}

function besides(): string[] {
  return [...(built?.assets.keys() ?? [])].filter((path) => !path.startsWith('/assets/'));
}

function inFolder(): string[] {
  return [...(built?.assets.keys() ?? [])]
    .filter((path) => path.startsWith('/assets/'))
    .map((path) => path.slice('/assets/'.length));
}

/** Scripts and styles of ours alone, and the styles that carry the nonce of this answer. */
const policy =
  /^default-src 'none'; style-src 'self' 'nonce-[\w+/]{22}=='; script-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default$/;

const files = { 'vary': /^accept-encoding$/, 'content-type': /^[a-z]+\/[\w+.-]+(; charset=utf-8)?$/ };

/** What pages and files bear beyond what all answers do; of a page, the features that stay off. */
export const dashboardHeaders: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  ...Object.fromEntries(
    (built?.screens ?? []).map(({ path, opens }) => [
      `GET ${path}`,
      {
        'content-security-policy': policy,
        'permissions-policy': features(
          opens.flatMap((one) => (one === 'microphone' ? one : 'publickey-credentials-get')),
        ),
      },
    ]),
  ),
  ...Object.fromEntries(
    besides().map((path) => [`GET ${path}`, { ...files, 'cache-control': /^public, max-age=3600$/ }]),
  ),
  ...Object.fromEntries(
    ['', '/:b', '/:b/:c', '/:b/:c/:d'].map((rest) => [
      `GET /.well-known/sotto/log/tile/:level/:a${rest}`,
      { 'cache-control': /^public, max-age=31536000, immutable$/ },
    ]),
  ),
  'GET /assets/:file': { ...files, 'cache-control': /^public, max-age=31536000, immutable$/ },
};

function features(open: readonly string[]): RegExp {
  const named = [
    'camera',
    'geolocation',
    'payment',
    'usb',
    'display-capture',
    'microphone',
    'publickey-credentials-get',
  ];
  const due = named.map((one) => `(?=.*\\b${one}=\\(${open.includes(one) ? 'self' : ''}\\))`);
  return new RegExp(`^${due.join('')}[a-z0-9=(), -]+$`);
}
