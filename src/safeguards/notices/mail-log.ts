import { iso, sql, type Ctx, type Id, type Tx } from '#base';
import type { NoticeKind } from './notice.ts';

export type Ref = { readonly organisation: Id; readonly id: Id };

type Reach = Pick<Ctx, 'clock' | 'db'>;

export type MailState = 'waiting' | 'sent' | 'kept' | 'given-up';

/** A mail that this process alone attends to for as long as the lease holds. */
export type Claimed = Ref & {
  readonly kind: NoticeKind;
  readonly state: MailState;
  readonly recipient: Buffer;
  readonly content: Buffer;
  readonly attempts: number;
  readonly createdAt: number;
  readonly giveUpAt: number;
};

type Row = {
  readonly kind: NoticeKind;
  readonly state: MailState;
  readonly recipient: Buffer;
  readonly content: Buffer | null;
  readonly attempts: number;
  readonly created_at: Date;
  readonly give_up_at: Date;
};

/** Longer than any attempt takes, which is a minute; a process that died leaves its mails to others after that. */
const leaseMs = 2 * 60_000;

/** What is put off for longer was put off under a clock that was ahead, and is due (migrations/0046). */
const putOffMs = 2 * 24 * 60 * 60_000;

/** Takes a mail that is due; undefined when another process has taken it. */
export async function claim({ clock, db }: Reach, { organisation, id }: Ref): Promise<Claimed | undefined> {
  const now = clock.now();
  const row = await db.tenant(organisation, (tx) =>
    tx.maybe<Row>(sql`
      update app.mails set due_at = ${iso(now + leaseMs)}, attempts = attempts + (state = 'waiting')::int
      where organisation_id = ${organisation} and id = (
        select id from app.mails
        where organisation_id = ${organisation} and id = ${id}
          and (due_at <= ${iso(now)} or due_at > ${iso(now + putOffMs)})
        for update skip locked)
      returning kind, state, recipient, content, attempts, created_at, give_up_at`),
  );
  if (!row) return undefined;
  const { kind, state, recipient, content, attempts } = row;
  const times = { createdAt: row.created_at.getTime(), giveUpAt: row.give_up_at.getTime() };
  return { organisation, id, kind, state, recipient, content: content ?? Buffer.alloc(0), attempts, ...times };
}

type Ending = {
  readonly state: Exclude<MailState, 'waiting'>;
  readonly vendor: string;
  readonly vendorId?: string | undefined;
  readonly trouble?: string;
  /** How long the content stays readable; it goes at once without. */
  readonly keepMs?: number;
};

/** Writes what became of a mail. Its content goes in the same statement, unless it is kept to be read here. */
export async function close({ clock, db }: Reach, { organisation, id }: Ref, ending: Ending): Promise<void> {
  const { state, vendor, vendorId = null, trouble = null, keepMs = 0 } = ending;
  const now = clock.now();
  await db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.mails set state = ${state}, vendor = ${vendor}, vendor_id = ${vendorId}, trouble = ${trouble},
        content = case when ${keepMs > 0} then content end, due_at = ${iso(now + keepMs)}, ended_at = ${iso(now)}
      where organisation_id = ${organisation} and id = ${id} and state = 'waiting'`),
  );
}

const firstPauseMs = 15_000;
const longestPauseMs = 60 * 60_000;

/** Leaves a mail for later: 15 seconds, then twice as long each time, an hour at most, and never beyond its time. */
export async function postpone({ clock, db }: Reach, mail: Claimed, trouble: string): Promise<void> {
  const { organisation, id, attempts, giveUpAt } = mail;
  const pauseMs = Math.min(firstPauseMs * 2 ** Math.min(attempts - 1, 12), longestPauseMs);
  const next = Math.min(clock.now() + pauseMs, giveUpAt);
  await db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.mails set due_at = ${iso(next)}, trouble = ${trouble}
      where organisation_id = ${organisation} and id = ${id} and state = 'waiting'`),
  );
}

/** Nothing more is to be done with a mail that has ended: its content is gone, if it was not before. */
export async function settle({ db }: Reach, { organisation, id }: Ref): Promise<void> {
  await db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.mails set content = null, due_at = null
      where organisation_id = ${organisation} and id = ${id} and state <> 'waiting'`),
  );
}

/** What became of mails, for whoever has to show it. One that the log has forgotten is missing. */
export async function mailStates(
  tx: Tx,
  organisation: Id,
  ids: readonly Id[],
): Promise<
  readonly {
    readonly id: Id;
    readonly state: MailState;
    readonly endedAt: number | null;
    readonly vendor: string | null;
  }[]
> {
  const rows = await tx.rows<{ id: Id; state: MailState; ended_at: Date | null; vendor: string | null }>(sql`
    select id, state, ended_at, vendor from app.mails
    where organisation_id = ${organisation} and id = any (${[...ids]}::uuid[])`);
  return rows.map(({ id, state, ended_at: endedAt, vendor }) => ({
    id,
    state,
    endedAt: endedAt?.getTime() ?? null,
    vendor,
  }));
}
