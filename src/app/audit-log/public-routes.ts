import { problem, type Ctx } from '#base';
import { route, type Route } from '#edge';
import { logKeys, publicHead, publicTiles } from '#safeguards/log';
import { forEver, octets, plainText, tileAsked, tilePlaces } from './tiles.ts';

const prefix = '/.well-known/sotto/log';

/**
 * The tree of heads, as https://c2sp.org/tlog-tiles serves a tree: keys, checkpoint and tiles. Its entries are not served,
 * since they would tell how busy each organisation is; hashes tell nothing.
 */
export function publicLogRoutes(ctx: Pick<Ctx, 'db' | 'keys'>): Route[] {
  return [keysRoute(ctx), checkpointRoute(ctx), ...tilePlaces.map((place) => tileRoute(ctx, place))];
}

function keysRoute(ctx: Pick<Ctx, 'db' | 'keys'>): Route {
  return route({
    method: 'GET',
    path: `${prefix}/keys`,
    say: 'The public keys that verify every checkpoint of the audit log, a line each (C2SP signed-note verifier keys).',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 200: plainText },
    run: async () => ({ status: 200, body: (await logKeys(ctx)).map((key) => `${key}\n`).join('') }),
  });
}

function checkpointRoute({ db }: Pick<Ctx, 'db'>): Route {
  return route({
    method: 'GET',
    path: `${prefix}/checkpoint`,
    say: 'The newest signed head of the tree over the heads of all audit logs here (C2SP tlog-checkpoint).',
    may: 'public',
    limit: 'public',
    audits: null,
    output: { 200: plainText },
    async run() {
      const head = await db.open(publicHead);
      if (head?.note === undefined) throw problem('not-found', 'Nothing was signed yet; that is a minute at most.');
      return { status: 200, body: head.note };
    },
  });
}

function tileRoute({ db }: Pick<Ctx, 'db'>, { path, params }: (typeof tilePlaces)[number]): Route {
  return route({
    method: 'GET',
    path: `${prefix}/${path}`,
    say: 'Hashes of that tree, up to 256 of one level (C2SP tlog-tiles). A tile never changes.',
    may: 'public',
    limit: 'public',
    audits: null,
    params,
    output: { 200: octets },
    run: async (request) =>
      db.open(async (tx) => {
        const { level, ...rest } = tileAsked(request.params, (await publicHead(tx))?.size ?? 0);
        if (level === 'entries') throw problem('not-found', 'The leaves of this tree are nobody else’s.');
        return { status: 200, headers: forEver('public'), body: await publicTiles(tx)({ level, ...rest }) };
      }),
  });
}
