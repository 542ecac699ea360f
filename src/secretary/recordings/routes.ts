import { Type } from 'typebox';
import { iso, problem, type PageRequest, type Sql, type Tx } from '#base';
import { route, type Route, type Who } from '#edge';
import { grantsNow } from '#safeguards/accounts';
import { record, type Action } from '#safeguards/audit';
import { expired, linkMs, readLink, tokenPattern, writeLink, type Link } from './link.ts';
import { openPlayback } from './playback.ts';
import { rangeOf } from './range.ts';
import { playable, type RecordingCtx, type RecordingRow } from './rows.ts';

export type RecordingRoutesCtx = RecordingCtx & {
  readonly publicUrl: () => string;
  /** What names the calls that `who` may see under a permission; undefined: all of them. */
  readonly callsOf: (who: Who, permission: 'recordings:read') => Sql | undefined;
};

/** Listening to recordings: the API gives a link that lives for five minutes, and the link plays, with seeking. */
export function recordingRoutes(ctx: RecordingRoutesCtx): Route[] {
  return [linkRoute(ctx), playRoute(ctx)];
}

function linkRoute(ctx: RecordingRoutesCtx): Route {
  return route({
    method: 'GET',
    path: '/api/v1/calls/:id/recording',
    say: 'What was recorded of one call, and a link that plays it for the next five minutes. `complete` is false when some of it was lost.',
    may: { scope: 'recordings:read' },
    limit: 'api',
    audits: 'read.recordings',
    params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
    output: {
      200: Type.Object({
        id: Type.String({ format: 'uuid' }),
        ms: Type.Integer(),
        segments: Type.Integer(),
        complete: Type.Boolean(),
        url: Type.String({ format: 'uri' }),
        expiresAt: Type.String({ format: 'date-time' }),
      }),
    },
    async run({ who, params }) {
      const { organisation, actor } = who;
      const link = { organisation, callId: params.id, holder: actor, expiresAt: ctx.clock.now() + linkMs };
      const rows = await ctx.db.tenant(organisation, (tx) =>
        readAudited(ctx, tx, { ...link, ofCalls: ctx.callsOf(who, 'recordings:read') }, 'read.recordings'),
      );
      return {
        status: 200 as const,
        json: {
          id: params.id,
          ms: sum(rows, 'ms'),
          segments: sum(rows, 'segments'),
          complete: rows.every(({ state }) => state === 'closed'),
          url: `${ctx.publicUrl()}/recordings/${writeLink(ctx, link)}`,
          expiresAt: iso(link.expiresAt),
        },
      };
    },
  });
}

const audio = Type.String({ contentMediaType: 'audio/wav' });
const seekable = { 'accept-ranges': 'bytes' };

function playRoute(ctx: RecordingRoutesCtx): Route {
  return route({
    method: 'GET',
    path: '/recordings/:token',
    say: 'Plays what a link opens: G.711 µ-law, caller left, agent right. Takes a byte range.',
    may: 'public',
    limit: 'public',
    audits: 'recording.played',
    params: Type.Object({ token: Type.String({ pattern: tokenPattern }) }),
    output: { 200: audio, 206: audio },
    async run({ params, headers }) {
      const link = readLink(ctx, params.token);
      const rows = await ctx.db.tenant(link.organisation, async (tx) => {
        const holder = { organisation: link.organisation, actor: link.holder };
        // What the holder may do at this moment, not when the link was made.
        const grants = await grantsNow(ctx, tx, holder);
        if (!grants?.['recordings:read']) throw expired();
        const ofCalls = ctx.callsOf({ ...holder, grants }, 'recordings:read');
        return readAudited(ctx, tx, { ...link, ofCalls }, 'recording.played');
      });
      const playback = openPlayback(ctx, link.organisation, rows);
      const range = rangeOf(headers, playback.bytes);
      const { first, last } = range ?? { first: 0, last: playback.bytes - 1 };
      const stream = await playback.read({ first, last });
      const answer = { bytes: last - first + 1, stream };
      if (!range) return { status: 200 as const, headers: seekable, ...answer };
      const headers206 = { ...seekable, 'content-range': `bytes ${first}-${last}/${playback.bytes}` };
      return { status: 206 as const, headers: headers206, ...answer };
    },
  });
}

/** What can be played of the call, with the audit entry that somebody asked for it. Throws `not-found`. */
async function readAudited(
  ctx: RecordingCtx,
  tx: Tx,
  { organisation, callId, holder, ofCalls }: Link & Pick<PageRequest, 'ofCalls'>,
  action: Action,
): Promise<readonly RecordingRow[]> {
  const rows = await playable(ctx, tx, { organisation, callId, ofCalls });
  const [first] = rows;
  if (!first) throw problem('not-found', 'There is no recording of such a call.');
  await record(ctx, tx, { organisation, actor: holder, action, object: `call:${first.callId}` });
  return rows;
}

function sum(rows: readonly RecordingRow[], column: 'ms' | 'segments'): number {
  return rows.reduce((total, row) => total + row[column], 0);
}
