import { errorWords, newId, type Ctx, type Id, type Tx } from '#base';
import type { Hours } from '#adapters/models';
import { ensureTryLine, organisation as load, type Organisation } from '#safeguards/accounts';
import type { Founding } from '#safeguards/identity';
import {
  agreedTo,
  keepingOf,
  setKeeping,
  setPurposes,
  type Keeping,
  type KeepingChoice,
  type Purpose,
} from '#safeguards/retention';
import { listAgents, saveAgent } from '#secretary/agent';
import { officeHours } from './business.ts';
import { windowsFrom, type ChosenDays } from './keeping/shapes.ts';

/** What the owner of a new business has said of it beyond its name. */
export type Wishes = {
  readonly hours?: Hours;
  /** What is said after the disclosure. */
  readonly greeting?: string;
  /** What the data of callers may be used for; taking messages always. */
  readonly purposes?: readonly Purpose[];
  readonly keeping?: { readonly preset: string } | { readonly preset: 'custom'; readonly days: ChosenDays };
};

/** What a business that nobody has asked may do: what its secretary is there for. Nothing is recorded unasked. */
const usualPurposes: readonly Purpose[] = ['messages', 'appointments', 'leads'];

type Senses = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>;

/**
 * Makes what a business needs to be called: its first secretary, who needs no key, a line on which its people call it,
 * what data may be used for and how long it is kept. A business that has a secretary is left as it is, and so is what is nobody's business: demo, canaries, the
 * installation. Can be repeated at any time.
 */
export async function prepareBusiness(ctx: Senses, organisation: Id, founding?: Founding): Promise<void> {
  const wishes = (founding?.wishes ?? {}) as Wishes;
  const by = founding ? (`person:${founding.owner}` as const) : 'system';
  await ctx.db.tenant(organisation, async (tx) => {
    const business = await load(tx, organisation);
    if (business.kind !== 'customer' || (await hasAgent(tx, organisation))) return;
    // Two at once: the later one waits here, and finds the secretary of the earlier.
    await load(tx, organisation, { hold: true });
    if (await hasAgent(tx, organisation)) return;
    const agentId = newId(ctx);
    await saveAgent(ctx, tx, { organisation, id: agentId, ...firstAgent(business, wishes) }, { by });
    await ensureTryLine(ctx, tx, { organisation, agentId, by });
    const agreed = wishes.purposes ?? usualPurposes;
    const isDecided = (await agreedTo(tx, organisation)).size > 0;
    if (!isDecided) await setPurposes(ctx, tx, { organisation, agreed, by: wishes.purposes ? by : 'system' });
    if (wishes.keeping) {
      const choice = choiceIn(wishes.keeping, await keepingOf(tx, organisation));
      await setKeeping(ctx, tx, { organisation, choice, by });
    }
  });
}

function choiceIn(wish: NonNullable<Wishes['keeping']>, { windows }: Pick<Keeping, 'windows'>): KeepingChoice {
  return 'days' in wish ? { preset: 'custom', windows: windowsFrom(wish.days, windows) } : wish;
}

/** `prepareBusiness` for whoever signs in: what goes wrong with it keeps nobody out. */
export function preparer(ctx: Senses & Pick<Ctx, 'log'>) {
  return async (organisation: Id, founding?: Founding): Promise<void> => {
    if (founding) return prepareBusiness(ctx, organisation, founding);
    await prepareBusiness(ctx, organisation).catch((error: unknown) =>
      ctx.log('reconciler.failed', { name: 'prepare-business', ...errorWords(error) }),
    );
  };
}

async function hasAgent(tx: Tx, organisation: Id): Promise<boolean> {
  return (await listAgents(tx, organisation)).length > 0;
}

function firstAgent({ language }: Pick<Organisation, 'language'>, { hours = officeHours, greeting }: Wishes) {
  const tag = properly(language);
  return {
    name: 'Robin',
    language: tag,
    greeting: greeting ?? usualGreeting(tag),
    facts: [],
    hours,
    visitMinutes: 30,
    transferTo: null,
    speech: 'relay',
    model: 'scripted',
    voice: null,
    record: false,
    discloseAi: true,
    tools: [],
  } as const;
}

/** The longest tag that a secretary may have. */
const mostOfTag = 35;

/** As a secretary's language is written. Old tags become longer so (`sh`: `sr-Latn`); of one that is too long then the language counts. */
function properly(language: string): string {
  const [tag = 'en'] = Intl.getCanonicalLocales(language);
  return tag.length <= mostOfTag ? tag : new Intl.Locale(tag).language;
}

/** What a secretary says after the disclosure when nobody has written anything. */
function usualGreeting(language: string): string {
  return language.startsWith('es') ? '¿En qué puedo ayudarle?' : 'How can I help you?';
}
