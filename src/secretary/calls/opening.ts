import type { Ctx, Item, Tx } from '#base';
import type { TextModel } from '#adapters/models';
import { mustDisclose, openingParts, openingSentence, regionFor, type OpeningPart, type Region } from '#rules';
import type { Organisation } from '#safeguards/accounts';
import { agreedTo } from '#safeguards/retention';
import type { Agent } from '#secretary/agent';
import { beginningOf, type Beginning } from './channel.ts';
import type { CallCtx } from './call-ctx.ts';

/** What a call of an agent would open with at this moment, and what that was decided by. */
export type Opening = {
  readonly beginning: Beginning;
  readonly parts: readonly OpeningPart[];
  /** The parts as they are spoken. */
  readonly sentence: string;
  /** The file of the region's rules that holds. */
  readonly rule: Item<Region>;
  /** Whether it is said that an AI speaks. */
  readonly ai: boolean;
  /** Whether the call is recorded, which is said then. */
  readonly recorded: boolean;
};

export type OpeningCtx = Pick<Ctx, 'config'> & {
  readonly models: readonly Item<TextModel>[];
  readonly regions: readonly Item<Region>[];
  readonly live: CallCtx['live'];
};

/** Decides it. A call that rings and a preview ask here alike. */
export async function openingOf(
  ctx: OpeningCtx,
  tx: Tx,
  { agent, business }: { readonly agent: Agent; readonly business: Organisation },
): Promise<Opening> {
  const rule = regionFor(ctx.regions, business.region);
  const ai = mustDisclose(rule.item, agent.discloseAi);
  const beginning = await beginningOf(ctx, tx, business.id, agent);
  const isWanted = agent.record && beginning.channel === 'live';
  const recorded = isWanted && (await agreedTo(tx, business.id)).has('recordings');
  const { name, language } = agent;
  const said = { agent: name, business: business.name, language, ai, recorded };
  return { beginning, parts: openingParts(said), sentence: openingSentence(said), rule, ai, recorded };
}
