import { iso, sql, type Ctx, type Id } from '#base';
import type { HeldThere } from '#adapters/carriers';
import type { ErasureState } from './states.ts';

type Reach = Pick<Ctx, 'clock' | 'db'>;

/** A deletion that this process alone attends to for as long as the lease holds. */
export type Claimed = HeldThere & {
  readonly organisation: Id;
  readonly id: Id;
  readonly processor: string;
  readonly account: Id;
  /** The erasure that wants it; null when its time was over. */
  readonly erasure: Id | null;
  readonly state: Outcome['state'];
  /** Why the try before came to nothing. */
  readonly trouble: string | null;
  readonly madeAt: number;
  readonly callEndedAt: number;
  readonly attempts: number;
};

type Row = HeldThere & {
  readonly id: Id;
  readonly processor: string;
  readonly account_id: Id;
  readonly erasure_id: Id | null;
  readonly state: Outcome['state'];
  readonly trouble: string | null;
  readonly made_at: Date;
  readonly call_ended_at: Date;
  readonly attempts: number;
};

/** Longer than any batch may take; a process that died leaves its deletions to others after that. */
export const leaseMs = 5 * 60_000;

/** What is put off for longer was put off under a clock that was ahead, and is due (migrations/0046). */
const putOffMs = 2 * 24 * 60 * 60_000;

/** Takes those of the given that are due and that no other process has taken. */
export async function claim({ clock, db }: Reach, organisation: Id, ids: readonly Id[]): Promise<readonly Claimed[]> {
  const now = clock.now();
  const rows = await db.tenant(organisation, (tx) =>
    tx.rows<Row>(sql`
      update app.processor_erasures set due_at = ${iso(now + leaseMs)}, attempts = attempts + 1
      where organisation_id = ${organisation} and id in (
        select id from app.processor_erasures
        where organisation_id = ${organisation} and id = any(${ids}::uuid[])
          and (due_at <= ${iso(now)} or due_at > ${iso(now + putOffMs)})
        for update skip locked)
      returning id, processor, item, name, account_id, erasure_id, state, trouble, made_at, call_ended_at, attempts`),
  );
  return rows.map((row) => ({
    organisation,
    id: row.id,
    processor: row.processor,
    item: row.item,
    name: row.name,
    account: row.account_id,
    erasure: row.erasure_id,
    state: row.state,
    trouble: row.trouble,
    madeAt: row.made_at.getTime(),
    callEndedAt: row.call_ended_at.getTime(),
    attempts: row.attempts,
  }));
}

/** What is known of a deletion after a try. */
export type Outcome = {
  readonly state: Exclude<ErasureState, 'nothing-held'>;
  /** When it is looked at again (milliseconds); null: never, it is settled. */
  readonly dueAt: number | null;
  /** How many things the processor took the deletion of in this try. */
  readonly removed?: number;
  /** HTTP status of its answer; undefined when there was none. */
  readonly answer?: number | undefined;
  readonly trouble?: string;
};

/** Writes it down, unless somebody else has settled it meanwhile. False then. */
export async function writeDown({ clock, db }: Reach, one: Claimed, outcome: Outcome): Promise<boolean> {
  const now = iso(clock.now());
  const { state, dueAt, removed = 0, answer = null, trouble = null } = outcome;
  const due = dueAt === null ? null : iso(dueAt);
  const written = await db.tenant(one.organisation, async (tx) => {
    const count = await tx.run(sql`
      update app.processor_erasures set state = ${state}, due_at = ${due}, trouble = ${trouble},
        removed = removed + ${removed}, settled_at = case when ${due}::timestamptz is null then ${now}::timestamptz end,
        asked_at = case when ${removed} > 0 then ${now}::timestamptz else asked_at end,
        answer = coalesce(${answer}::integer, answer),
        answered_at = case when ${answer}::integer is null then answered_at else ${now}::timestamptz end
      where organisation_id = ${one.organisation} and id = ${one.id} and due_at is not null`);
    if (count > 0 && one.erasure !== null) tx.tell(`erasure:${one.erasure}`);
    return count;
  });
  return written > 0;
}

/** Leaves deletions for later that were taken and not tried; the try does not count. */
export async function putBack({ db }: Reach, all: readonly Claimed[], dueAt: number): Promise<void> {
  const [first] = all;
  if (!first) return;
  await db.tenant(first.organisation, (tx) =>
    tx.run(sql`
      update app.processor_erasures set due_at = ${iso(dueAt)}, attempts = attempts - 1
      where organisation_id = ${first.organisation} and id = any(${all.map(({ id }) => id)}::uuid[])
        and due_at is not null and attempts > 0`),
  );
}
