import { Type } from 'typebox';
import { problem, type Ctx, type Tx } from '#base';
import { route, type Route, type RouteRequest, type Who } from '#edge';
import { bundleOf, headOf, logKeys, openingOf, proofOf, tilesIn, type InclusionProof } from '#safeguards/log';
import { proofText } from '#tlog';
import { reading } from '../reading.ts';
import { publicLogRoutes } from './public-routes.ts';
import { octets, plainText, tileAsked, tilePlaces } from './tiles.ts';

type LogCtx = Pick<Ctx, 'db' | 'keys' | 'clock' | 'random'>;

/** The audit log as a transparency log: the tree of heads for everybody, an organisation's own tree for who may read it. */
export function auditLogRoutes(ctx: LogCtx): Route[] {
  return [
    ...publicLogRoutes(ctx),
    checkpointRoute(ctx),
    entryRoute(ctx),
    ...tilePlaces.map((place) => tileRoute(ctx, place)),
  ];
}

const prefix = '/api/v1/audit/log';
const declared = { may: { scope: 'audit:read' }, limit: 'api', audits: 'read.audit' } as const;

type Request = Pick<RouteRequest<unknown, unknown, unknown, Who>, 'who' | 'from'>;

function readingLog<T>(ctx: LogCtx, { who, from }: Request, work: (tx: Tx) => Promise<T>): Promise<T> {
  return reading(ctx, { who, from, action: 'read.audit' }, work);
}

function checkpointRoute(ctx: LogCtx): Route {
  return route({
    method: 'GET',
    path: `${prefix}/checkpoint`,
    say: 'The newest signed head of your audit log (C2SP tlog-checkpoint). Keep it: a later one must be consistent with it.',
    ...declared,
    output: { 200: plainText },
    run: (request) =>
      readingLog(ctx, request, async (tx) => {
        const head = await headOf(tx, request.who.organisation);
        if (!head) throw notYet();
        return { status: 200 as const, body: head.note };
      }),
  });
}

function tileRoute(ctx: LogCtx, { path, params }: (typeof tilePlaces)[number]): Route {
  return route({
    method: 'GET',
    path: `${prefix}/${path}`,
    say: 'Hashes of your audit log, or with `entries` its leaves (C2SP tlog-tiles). A tile never changes.',
    ...declared,
    params,
    output: { 200: octets },
    run: (request) =>
      readingLog(ctx, request, async (tx) => {
        const { organisation } = request.who;
        const { level, ...rest } = tileAsked(request.params, (await headOf(tx, organisation))?.size ?? 0);
        const read = tilesIn(tx, { organisation, tree: 'entries' });
        const body = await (level === 'entries' ? bundleOf(tx, organisation, rest) : read({ level, ...rest }));
        return { status: 200 as const, body };
      }),
  });
}

const proof = Type.Object({
  leaf: Type.String({ description: 'What stands in the tree, byte for byte.' }),
  proof: Type.String({ description: 'That it stands there, as C2SP tlog-proof: place, hashes, signed checkpoint.' }),
});

function entryRoute(ctx: LogCtx): Route {
  return route({
    method: 'GET',
    path: `${prefix}/entries/:id`,
    say: 'The proof of one entry of your audit log, to be checked by anybody with the public keys alone.',
    ...declared,
    params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
    output: {
      200: Type.Object({
        ...proof.properties,
        head: Type.Union([proof, Type.Null()], {
          description: 'That head in the tree of all heads; null for a moment after it was signed.',
        }),
        opening: Type.Union(
          [Type.Object({ salt: Type.String(), details: Type.Record(Type.String(), Type.Unknown()) }), Type.Null()],
          { description: 'What opens the commitment of the leaf; null where it has none or it was erased.' },
        ),
        keys: Type.Array(Type.String(), { description: 'The public keys, as /.well-known/sotto/log/keys shows them.' }),
      }),
    },
    async run(request) {
      const { organisation } = request.who;
      const { id } = request.params;
      const keys = await logKeys(ctx);
      return readingLog(ctx, request, async (tx) => {
        const found = await proofOf(tx, organisation, id);
        if (!found) throw notYet();
        const opening = (await openingOf(ctx, tx, organisation, id)) ?? null;
        const head = found.global ? told(found.global) : null;
        return { status: 200 as const, json: { ...told(found), head, opening, keys: [...keys] } };
      });
    },
  });
}

function told({ leaf, index, hashes, checkpoint }: InclusionProof) {
  return { leaf: leaf.toString('utf8'), proof: proofText({ index, hashes, checkpoint }) };
}

function notYet() {
  return problem(
    'not-found',
    'There is nothing of that under a signed head; what was done is, a minute later at most.',
  );
}
