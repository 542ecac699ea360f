import Type from 'typebox';
import { iso, problem } from '#base';
import { route, type Route } from '#edge';
import { publicFile } from './attestations/documents.ts';
import { statuses } from './claim.ts';
import { evidenceFile } from './evidence-file.ts';
import { claimHistory } from './history.ts';
import { insistShown, publicationOf } from './page/publication.ts';
import type { TrustCtx } from './page/trust-page.ts';
import { loadClaims } from './prove-all.ts';
import { evidenceShape } from './verify-evidence.ts';

/** What belongs to claims besides their pages: the proof to take away, the whole history, the documents of others. */
export function claimFileRoutes(ctx: TrustCtx): readonly Route[] {
  return [evidenceRoute(ctx), historyRoute(ctx), documentRoute(ctx)];
}

const params = Type.Object({ claim: Type.String({ pattern: '^[a-z0-9-]{1,80}$' }) });
const instant = Type.String({ format: 'date-time' });

function evidenceRoute(ctx: TrustCtx): Route {
  return route({
    method: 'GET',
    path: '/trust/claims/:claim/evidence.json',
    say: 'The last proof of a promise, or the one of a turn in its history, as a file that anybody checks offline: ./sotto verify evidence FILE --key KEY.',
    may: 'public',
    limit: 'public',
    audits: null,
    params,
    query: Type.Object({
      at: Type.Optional({
        ...instant,
        description: 'When it was looked, as the history tells it; the newest unless said.',
      }),
    }),
    problems: ['not-found', 'trust-not-published'],
    output: { 200: evidenceShape },
    async run(request) {
      await insistShown(ctx, await publicationOf(ctx), request);
      const { claim } = request.params;
      await insistClaim(claim);
      return {
        status: 200 as const,
        headers: { 'content-disposition': `attachment; filename="${claim}.evidence.json"` },
        json: await fileFor(ctx, claim, request.query.at),
      };
    },
  });
}

/** In lists of its own, which an answer may be. */
async function fileFor(ctx: TrustCtx, claim: string, at: string | undefined) {
  const { details, ...file } = await evidenceFile(ctx, claim, at);
  return { ...file, details: { looks: [...details.looks] } };
}

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const turnSchema = Type.Object({
  at: instant,
  until: { ...nullable(instant), description: 'When the status became another one; null while it is this one.' },
  status: Type.Enum([...statuses]),
  checked: Type.Integer({ minimum: 0 }),
  why: Type.String(),
});

function historyRoute(ctx: TrustCtx): Route {
  return route({
    method: 'GET',
    path: '/trust/claims/:claim/history.json',
    say: 'When the status of a promise became what, newest first, since the first look at it.',
    may: 'public',
    limit: 'public',
    audits: null,
    params,
    query: Type.Object({
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
      before: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    problems: ['not-found', 'cursor-invalid', 'trust-not-published'],
    output: { 200: Type.Object({ items: Type.Array(turnSchema), next: nullable(Type.String()) }) },
    async run(request) {
      await insistShown(ctx, await publicationOf(ctx), request);
      await insistClaim(request.params.claim);
      const { limit = 50, before } = request.query;
      const { items, next } = await claimHistory(ctx, request.params.claim, { limit, before });
      const turns = items.map((turn) => ({
        ...turn,
        at: iso(turn.at),
        until: turn.until === null ? null : iso(turn.until),
      }));
      return { status: 200 as const, json: { items: turns, next } };
    },
  });
}

function documentRoute(ctx: TrustCtx): Route {
  return route({
    method: 'GET',
    path: '/trust/documents/:document',
    say: 'A report or certificate of somebody outside, where the operator lets everybody have the file.',
    may: 'public',
    limit: 'public',
    audits: null,
    params: Type.Object({ document: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
    problems: ['not-found', 'trust-not-published'],
    output: { 200: Type.String({ contentMediaType: 'application/octet-stream' }) },
    async run(request) {
      await insistShown(ctx, await publicationOf(ctx), request);
      const found = await publicFile(ctx, request.params.document);
      if (!found) throw problem('not-found', 'There is no document of that name that everybody may have.');
      return {
        status: 200 as const,
        contentType: found.mediaType,
        // Never shown in the browser as a page of ours.
        headers: {
          'content-disposition': `attachment; filename="${request.params.document}${endings[found.mediaType] ?? ''}"`,
        },
        body: found.file,
      };
    },
  });
}

const endings: Readonly<Record<string, string>> = { 'application/pdf': '.pdf', 'text/plain': '.txt' };

async function insistClaim(id: string): Promise<void> {
  const claims = await loadClaims();
  if (!claims.some((claim) => claim.id === id)) throw problem('not-found', 'There is no promise of that name.');
}
