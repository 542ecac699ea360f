import { iso, sql, type Ctx, type Id, type Item, type Tx } from '#base';
import { countHolds } from '#safeguards/holds';
import { inOrder } from './data-map.ts';
import { howLong } from './how-long.ts';
import type { Keeping } from './keeping.ts';
import { settable, type Window } from './preset.ts';
import { planOf } from './purge.ts';
import { rules, type Rule, type Said } from './rule.ts';

/** One type of data in the schedule of an organisation. */
export type ScheduleLine = Pick<Rule, 'say' | 'subject' | 'purpose' | 'ends'> & {
  readonly id: string;
  /** Who says how long: the business, everybody's rule, or what it belongs to. */
  readonly by: Rule['keeps']['by'];
  readonly howLong: Said;
  /** Milliseconds; null for what has no length of its own, such as the life of the account. */
  readonly ms: number | null;
};

/** A hold that suspends deletion; why and of whom is for who may see holds. */
export type ScheduledHold = { readonly id: Id; readonly what: 'call' | 'person'; readonly endsAt: number };

/** What an organisation keeps, how long, and what is held beyond that. */
export type Schedule = Pick<Keeping, 'preset' | 'version' | 'changedAt' | 'afterHandOver'> & {
  readonly lines: readonly ScheduleLine[];
  /** When (milliseconds) the next row is past its time; null while nothing is there that has one. */
  readonly nextAt: number | null;
  /** How many holds are in force, and those that end first: a hundred at most. */
  readonly holds: { readonly asked: number; readonly inForce: number; readonly items: readonly ScheduledHold[] };
};

/** The schedule as it counts at this moment, made from the rules by which things are ended. */
export async function scheduleOf(ctx: Pick<Ctx, 'clock'>, tx: Tx, organisation: Id): Promise<Schedule> {
  const all = inOrder(await rules());
  const { keeping, nextAt } = await planOf(ctx, tx, organisation);
  const { preset, version, changedAt, afterHandOver, windows } = keeping;
  const now = ctx.clock.now();
  const lines = all.map((rule) => {
    const set = settable.find((id) => id === rule.id);
    return lineOf(rule, all, set && windows[set]);
  });
  const holds = { ...(await countHolds(tx, organisation, now)), items: await heldNow(tx, organisation, now) };
  return { preset, version, changedAt, afterHandOver, lines, nextAt, holds };
}

function lineOf(rule: Item<Rule>, all: readonly Item<Rule>[], window: Window | undefined): ScheduleLine {
  const { say, subject, purpose, keeps, ends } = rule.item;
  const ofRule = keeps.by === 'law' ? keeps.ms : null;
  const ms = typeof window === 'object' ? window.ms : ofRule;
  return { id: rule.id, say, subject, purpose, ends, by: keeps.by, howLong: howLong(rule, all, window), ms };
}

async function heldNow(tx: Tx, organisation: Id, now: number): Promise<readonly ScheduledHold[]> {
  const rows = await tx.rows<{ id: Id; call: Id | null; until: Date }>(sql`
    select id, call_id as call, until from app.holds
    where organisation_id = ${organisation} and state = 'in-force' and over_at is null and until > ${iso(now)}
    order by until, id limit 100`);
  return rows.map(({ id, call, until }) => ({ id, what: call === null ? 'person' : 'call', endsAt: until.getTime() }));
}
