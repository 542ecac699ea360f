import { Type } from 'typebox';
import type { Ctx } from '#base';
import { route, type Route } from '#edge';
import { record, senderDetails } from '#safeguards/audit';
import { exportBytes, planExport } from '#safeguards/log';

/** The audit log in one file, for whoever may read it; that they took it is in the log. */
export function exportRoute(ctx: Pick<Ctx, 'db' | 'keys' | 'clock' | 'random'>): Route {
  return route({
    method: 'GET',
    path: '/api/v1/audit/export',
    say: 'The whole audit log as JSON lines, with its signed heads and their proofs: `./sotto audit verify FILE` checks it offline. It ends with the newest signed head, which is a minute old at most.',
    may: { scope: 'audit:read' },
    limit: 'api',
    audits: 'read.audit',
    problems: ['not-found', 'input-invalid'],
    query: Type.Object({
      openings: Type.Optional(
        Type.Boolean({ description: 'With the details of the entries, where they were not erased. Default: without.' }),
      ),
      since: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: Number.MAX_SAFE_INTEGER,
          description: 'A size of the global tree that was seen before: with a proof that it only grew since.',
        }),
      ),
    }),
    output: { 200: Type.String({ contentMediaType: 'application/jsonl' }) },
    async run({ who: { organisation, actor }, query: { openings = false, since }, from }) {
      const details = { ...(await senderDetails(ctx, from)), export: true, openings };
      const object = `organisation:${organisation}` as const;
      const plan = await ctx.db.tenant(organisation, async (tx) => {
        await record(ctx, tx, { organisation, actor, action: 'read.audit', object, details });
        return planExport(tx, { organisation, openings, ...(since !== undefined && { since: [since] }) });
      });
      return { status: 200 as const, bytes: undefined, stream: exportBytes(ctx, plan) };
    },
  });
}
