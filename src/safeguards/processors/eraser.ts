import { errorWords, iso, isProblem, Problem, sql, type Ctx, type Id, type Item, type Reconciler } from '#base';
import type { Carrier, CarrierAccount, Erasing } from '#adapters/carriers';
import { carrierAccount } from '#safeguards/accounts';
import { sureTime } from '#safeguards/vault';
import { longestHoldMs, outcomeOf, pauseAfter, untried, type Times } from './outcome.ts';
import { paced, pacer } from './pace.ts';
import { claim, leaseMs, putBack, writeDown, type Claimed, type Outcome } from './rows.ts';

/** `db` is that of the jobs. */
export type EraserCtx = Pick<Ctx, 'clock' | 'random' | 'keys' | 'log' | 'db' | 'config' | 'http'> & {
  readonly carriers: readonly Item<Carrier>[];
};

/**
 * Requests a second that one processor gets from this process, whoever they are for. Of one account they come one after
 * the other: what Twilio limits is how many of an account are under way at once (error 20429).
 */
const mostPerSecond = 50;
/** Organisations whose deletions go on side by side, and how many of each at a time. */
const organisations = 8;
const each = 20;

/**
 * Has deleted what processors were asked to delete, and looks until it is gone. Every look can be made again, so whatever
 * breaks it off is made up for; of two processes that find the same thing due, one takes it. One that fails is tried again
 * after growing pauses, and not before the processor wants; whose account does not answer has its others wait with it.
 */
export function processorEraser(ctx: EraserCtx, perSecond = mostPerSecond): Reconciler {
  const turns = new Map(ctx.carriers.map(({ id }) => [id, pacer(ctx.clock, perSecond)] as const));
  const means: Means = {
    ...ctx,
    at: (processor) => {
      const [carrier, turn] = [ctx.carriers.find(({ id }) => id === processor)?.item, turns.get(processor)];
      return carrier?.erase && turn && { erase: carrier.erase, http: paced(ctx.http, turn) };
    },
  };
  return {
    name: 'processor-eraser',
    everyMs: 2_000,
    async run() {
      const due = await ctx.db.find<{ organisation_id: Id; id: Id }>(
        sql`select organisation_id, id from sec.processor_erasures_due(${iso(ctx.clock.now())}, ${organisations}, ${each})`,
      );
      const owners = Map.groupBy(due, (row) => row.organisation_id);
      const did = await Promise.all(
        [...owners].map(([organisation, rows]) =>
          attend(
            means,
            organisation,
            rows.map(({ id }) => id),
          ),
        ),
      );
      return did.reduce((sum, count) => sum + count, 0);
    },
  };
}

async function timesOf(means: Means): Promise<Times> {
  return { now: means.clock.now(), surely: await sureTime(means) };
}

type Way = { readonly erase: NonNullable<Carrier['erase']>; readonly http: Ctx['http'] };

type Means = EraserCtx & {
  /** How things are deleted at a processor; undefined where nothing can be. */
  readonly at: (processor: string) => Way | undefined;
};

/** One organisation's share. Whatever fails here keeps no other organisation waiting; the lease ends, and it is due again. */
async function attend(means: Means, organisation: Id, ids: readonly Id[]): Promise<number> {
  try {
    const claimed = await claim(means, organisation, ids);
    const accounts = Map.groupBy(claimed, ({ processor, account }) => `${processor} ${account}`);
    let did = 0;
    for (const all of accounts.values()) did += await eraseAll(means, all);
    return did;
  } catch (error) {
    means.log('reconciler.failed', { name: 'processor-eraser', organisation, ...errorWords(error) });
    return 0;
  }
}

/** Everything of one account at one processor, one after the other, until it has to be left alone. */
async function eraseAll(means: Means, all: readonly Claimed[]): Promise<number> {
  const [first] = all;
  if (!first) return 0;
  const way = means.at(first.processor);
  const account = way && (await open(means, first, all.length));
  if (!way || !account) {
    const times = await timesOf(means);
    for (const one of all) await conclude(means, one, untried(one, 'no-credential', times));
    return all.length;
  }
  // A batch that takes too long would be taken for a dead one.
  const until = means.clock.now() + leaseMs / 2;
  for (const [at, one] of all.entries()) {
    const said = await look(means, way, account, one);
    const times = await timesOf(means);
    const { now } = times;
    const { random } = means;
    await conclude(
      means,
      one,
      typeof said === 'string' ? untried(one, said, times) : outcomeOf(one, said, { ...times, random }),
    );
    const holdMs = typeof said === 'string' ? undefined : holdAfter(said, one, means);
    if (holdMs === undefined && now < until) continue;
    await putBack(means, all.slice(at + 1), now + (holdMs ?? 0));
    return at + 1;
  }
  return all.length;
}

/** The account for this batch; undefined when it was disconnected, or its token cannot be read any more. */
async function open(
  means: Means,
  { organisation, account }: Claimed,
  uses: number,
): Promise<CarrierAccount | undefined> {
  try {
    return await carrierAccount(means, { organisation, accountId: account }, { for: 'erasure', uses });
  } catch (error) {
    if (isProblem(error, 'not-found') || isProblem(error, 'content-erased')) return undefined;
    throw error;
  }
}

async function look(
  means: Means,
  { erase, http }: Way,
  account: CarrierAccount,
  { id, item, name }: Claimed,
): Promise<Erasing | 'not-allowed' | 'broken'> {
  try {
    return await erase({ http, config: means.config }, account, { item, name });
  } catch (error) {
    // A refusal of our own: the host is not listed, or leads to an address that may not be dialled.
    if (error instanceof Problem) return 'not-allowed';
    // One that breaks us must not keep the others waiting.
    means.log('reconciler.failed', { name: 'processor-eraser', erasure: id, ...errorWords(error) });
    return 'broken';
  }
}

/** How long the others of this account wait; undefined when it goes on. */
function holdAfter(
  { result, retryAfterMs = 0 }: Erasing,
  { attempts }: Claimed,
  { random }: Means,
): number | undefined {
  if (result === 'gone' || result === 'asked' || result === 'too-early' || result === 'not-understood')
    return undefined;
  return Math.max(Math.min(retryAfterMs, longestHoldMs), pauseAfter(attempts, random));
}

async function conclude(means: Means, one: Claimed, outcome: Outcome): Promise<void> {
  if (!(await writeDown(means, one, outcome))) return;
  const { state, answer, trouble } = outcome;
  means.log(`processor.${state}`, {
    erasure: one.id,
    organisation: one.organisation,
    processor: one.processor,
    attempts: one.attempts,
    ...(answer !== undefined && { answer }),
    ...(trouble !== undefined && { trouble }),
  });
}
