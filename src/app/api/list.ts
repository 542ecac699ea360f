import { Type, type Static, type TObject, type TProperties } from 'typebox';
import type { Permission } from '#access';
import type { Ctx, Id, Page, PageRequest, Tx } from '#base';
import { route, type Route, type Who } from '#edge';
import { record, senderDetails, type Action } from '#safeguards/audit';
import { plain, type Plain } from '../plain.ts';
import { shownTo } from './masked.ts';
import { pageQuery, pageShape } from './shapes.ts';

export type ApiCtx = Pick<Ctx, 'db' | 'keys' | 'clock' | 'random'>;

/** What a route that lists is made of. */
export type Listing<View, Filter extends TProperties> = {
  /** Behind /api/v1/. */
  readonly path: string;
  readonly say: string;
  readonly scope: Permission;
  readonly audits: Action;
  readonly item: TObject;
  /** Fields that hold where somebody can be reached: people see them masked. */
  readonly masks?: readonly string[];
  /** What is still made of an item before it is told. */
  readonly told?: (item: Plain<View>) => object;
  /** What narrows the list down, besides its pages. */
  readonly filter?: Filter;
  readonly list: (tx: Tx, organisation: Id, page: Asked<Filter>, who: Who) => Promise<Page<View>>;
};

type Asked<Filter extends TProperties> = PageRequest & Static<TObject<Filter>>;

/** A list in pages, newest first. That it was read is in the audit log, in the same transaction. */
export function listRoute<View, const Filter extends TProperties = {}>(
  ctx: ApiCtx,
  declared: Listing<View, Filter>,
): Route {
  const query: TObject = Type.Object({ ...pageQuery.properties, ...declared.filter });
  return route({
    method: 'GET',
    path: `/api/v1/${declared.path}`,
    say: declared.say,
    may: { scope: declared.scope },
    limit: 'api',
    audits: declared.audits,
    query,
    output: { 200: pageShape(declared.item) },
    async run({ who, query: asked, from }) {
      const { organisation, actor } = who;
      const details = await senderDetails(ctx, from);
      const page = await ctx.db.tenant(organisation, async (tx) => {
        const object = `organisation:${organisation}` as const;
        await record(ctx, tx, { organisation, actor, action: declared.audits, object, details });
        return declared.list(tx, organisation, { limit: 50, ...asked } as Asked<Filter>, who);
      });
      const items = page.items.map((item) => declared.told?.(plain(item)) ?? plain(item));
      const json = { items: items as Record<string, never>[], next: page.next };
      return { status: 200 as const, json: shownTo(who, json, declared.masks ?? []) };
    },
  });
}
