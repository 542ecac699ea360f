import type { TObject } from 'typebox';
import type { Permission } from '#access';
import type { Ctx, Id, Page, PageRequest, Tx } from '#base';
import { route, type Route, type Who } from '#edge';
import { record, senderDetails, type Action } from '#safeguards/audit';
import { plain } from '../plain.ts';
import { pageQuery, pageShape } from './shapes.ts';

export type ApiCtx = Pick<Ctx, 'db' | 'keys' | 'clock' | 'random'>;

/** What a route that lists is made of. */
export type Listing<View> = {
  /** Behind /api/v1/. */
  readonly path: string;
  readonly say: string;
  readonly scope: Permission;
  readonly audits: Action;
  readonly item: TObject;
  readonly list: (tx: Tx, organisation: Id, page: PageRequest, who: Who) => Promise<Page<View>>;
};

/** A list in pages, newest first. That it was read is in the audit log, in the same transaction. */
export function listRoute<View>(ctx: ApiCtx, declared: Listing<View>): Route {
  return route({
    method: 'GET',
    path: `/api/v1/${declared.path}`,
    say: declared.say,
    may: { scope: declared.scope },
    limit: 'api',
    audits: declared.audits,
    query: pageQuery,
    output: { 200: pageShape(declared.item) },
    async run({ who, query, from }) {
      const { organisation, actor } = who;
      const details = await senderDetails(ctx, from);
      const page = await ctx.db.tenant(organisation, async (tx) => {
        const object = `organisation:${organisation}` as const;
        await record(ctx, tx, { organisation, actor, action: declared.audits, object, details });
        return declared.list(tx, organisation, { limit: query.limit ?? 50, before: query.before }, who);
      });
      return { status: 200 as const, json: plain(page) as { items: Record<string, never>[]; next: string | null } };
    },
  });
}
