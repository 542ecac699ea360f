import { problem, sql, type Id, type KeySubject, type Tx } from '#base';
import type { Who } from '#edge';
import type { Place } from '#safeguards/vault';

export type HoldState = 'asked' | 'in-force' | 'withdrawn' | 'lapsed' | 'lifted' | 'ended';

/** A hold as it is stored. */
export type HoldRow = {
  readonly id: Id;
  readonly state: HoldState;
  readonly call_id: Id | null;
  readonly number: Buffer | null;
  readonly reason: Buffer | null;
  readonly until: Date;
  readonly asked_at: Date;
  readonly asked_by: Id;
  readonly lapses_at: Date;
  readonly approved_at: Date | null;
  readonly approved_by: Id | null;
  readonly lift_asked_at: Date | null;
  readonly lift_asked_by: Id | null;
  readonly over_at: Date | null;
  readonly over_by: Id | null;
};

const hourMs = 3_600_000;

/** How long deletion is suspended, or a lifting asked for, while another person is sought. */
export const soughtMs = 72 * hourMs;

/** The longest hold there is: ten years, leap days included. */
export const longestMs = 3_653 * 24 * hourMs;

/** How long the reason of a hold that is over is kept; of one that never came into force, reason and number's hash. */
export const rememberedMs = { held: 365 * 24 * hourMs, never: 30 * 24 * hourMs } as const;

/** The columns of a `HoldRow`. */
export const columns = sql`id, state, call_id, number, reason, until, asked_at, asked_by, lapses_at, approved_at,
  approved_by, lift_asked_at, lift_asked_by, over_at, over_by`;

/** The key of a hold's reason, or of the number it names: they end apart. */
export function holdKey(organisation: Id, id: Id): KeySubject {
  return { organisation, kind: 'hold', id };
}

export function placeOf(row: Id, column: 'reason' | 'number'): Place {
  return { table: 'holds', row, column };
}

/** The person who asks. Two people decide about holds, so a key, which several may use, decides nothing: `session-needed`. */
export function personOf({ actor }: Pick<Who, 'actor'>): Id {
  if (!actor.startsWith('person:')) {
    throw problem('session-needed', 'Two people decide about a hold; an API key is none.');
  }
  return actor.slice('person:'.length);
}

/**
 * Whatever changes what is held in an organisation, in tables or in the keystore, comes one after the other, so that
 * nothing is released that another hold has just taken.
 */
export async function lockHolds(tx: Tx, organisation: Id): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`holds:${organisation}`}, 0))`);
}

/** A hold, which nobody changes until the end of the transaction. Throws `not-found`. */
export async function lockedHold(tx: Tx, organisation: Id, id: Id): Promise<HoldRow> {
  await lockHolds(tx, organisation);
  const row = await tx.maybe<HoldRow>(sql`
    select ${columns} from app.holds where organisation_id = ${organisation} and id = ${id} for no key update`);
  if (!row) throw problem('not-found', 'There is no such hold.');
  return row;
}
