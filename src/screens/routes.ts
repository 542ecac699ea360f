import { Type } from 'typebox';
import { markup, openedFeatures, pagePolicy, problem, type Ctx } from '#base';
import { route, type Route } from '#edge';
import { plainPage } from '#trust';
import type { Asset, Opens, Screen, Screens } from './built.ts';

/** What a page's script may use, by the names of the Permissions-Policy. */
const features: Readonly<Record<Opens, readonly string[]>> = {
  'microphone': ['microphone'],
  'passkeys': ['publickey-credentials-create', 'publickey-credentials-get'],
  'second-factor': ['publickey-credentials-get'],
};

/** Where the build of the document wants its nonce. */
const nonceMark = '%NONCE%';

/**
 * The dashboard: one document for each of its pages, and the files that it loads. The document is the same for everyone
 * and holds nothing of anybody; what a page shows comes through the API. Without a build the first page says how to get one.
 */
export function screenRoutes(ctx: Pick<Ctx, 'random'>, built: Screens | undefined): Route[] {
  if (!built) return [missing()];
  return [...built.screens.map((screen) => page(ctx, built.document, screen)), ...assetRoutes(built.assets)];
}

function page(ctx: Pick<Ctx, 'random'>, document: string, { path, opens }: Screen): Route {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
  const params = Type.Object(
    Object.fromEntries(names.map((name) => [name, Type.String({ pattern: '^[\\w-]{1,200}$' })])),
  );
  const permissions = openedFeatures(opens.flatMap((one) => features[one]));
  return route({
    method: 'GET',
    path,
    say: 'A page of the dashboard.',
    may: 'public',
    limit: 'public',
    audits: null,
    ...(names.length > 0 && { params }),
    output: { 200: Type.String({ contentMediaType: 'text/html' }) },
    async run() {
      const nonce = ctx.random.bytes(16).toString('base64');
      return {
        status: 200 as const,
        contentType: 'text/html; charset=utf-8',
        headers: { 'content-security-policy': policyWith(nonce), 'permissions-policy': permissions },
        body: document.replaceAll(nonceMark, nonce),
      };
    },
  });
}

/** Scripts and styles from here alone; the styles that Mantine writes while it runs carry the nonce. */
function policyWith(nonce: string): string {
  return pagePolicy({
    style: `'self' 'nonce-${nonce}'`,
    script: "'self'",
    connect: "'self'",
    media: "'self'",
    image: "'self'",
    font: "'self'",
    types: 'default',
  });
}

/** Their names change with their content, so nobody ever asks for one twice. */
const forEver = 'public, max-age=31536000, immutable';

function assetRoutes(assets: ReadonlyMap<string, Asset>): Route[] {
  const file = Type.String({ maxLength: 200 });
  const inFolder = route({
    method: 'GET',
    path: '/assets/:file',
    say: 'A file of the dashboard.',
    may: 'public',
    limit: 'public',
    audits: null,
    params: Type.Object({ file }),
    output: { 200: Type.String({ contentMediaType: 'application/octet-stream' }) },
    run: async ({ params, headers }) => sent(assets.get(`/assets/${params.file}`), headers['accept-encoding'], forEver),
  });
  const beside = [...assets.keys()].filter((path) => !path.startsWith('/assets/'));
  return [inFolder, ...beside.map((path) => besideAssets(path, assets.get(path)))];
}

function besideAssets(path: string, asset: Asset | undefined): Route {
  return route({
    method: 'GET',
    path,
    say: 'A file of the dashboard.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 200: Type.String({ contentMediaType: 'application/octet-stream' }) },
    run: async ({ headers }) => sent(asset, headers['accept-encoding'], 'public, max-age=3600'),
  });
}

function sent(asset: Asset | undefined, accepted: unknown, caching: string) {
  if (!asset) throw problem('not-found', 'There is no such file. Load the page anew: it was updated.');
  const takes = (name: string) => typeof accepted === 'string' && new RegExp(`\\b${name}\\b`).test(accepted);
  const [encoding, body] =
    asset.br && takes('br')
      ? ['br', asset.br]
      : asset.gzip && takes('gzip')
        ? ['gzip', asset.gzip]
        : [undefined, asset.plain];
  return {
    status: 200 as const,
    contentType: asset.type,
    headers: { 'cache-control': caching, 'vary': 'accept-encoding', ...(encoding && { 'content-encoding': encoding }) },
    body,
  };
}

function missing(): Route {
  return route({
    method: 'GET',
    path: '/',
    say: 'How to get the dashboard.',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 200: Type.String({ contentMediaType: 'text/html' }) },
    run: () =>
      Promise.resolve(
        plainPage(
          'The dashboard was not built',
          markup`<p class="intro">Calls are answered all the same. <code>npm start</code> builds the dashboard when it has to; <code>npm run build</code> does it alone. Then start Sotto again.</p>
<p><a href="/trust">What it promises, and whether each promise is kept right now</a></p>`,
        ),
      ),
  });
}
