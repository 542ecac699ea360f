import { createHmac } from 'node:crypto';
import { iso, problem, sql, type Ctx, type Id, type Personal, type Sql, type Tx } from '#base';
import type { Sender } from '#edge';
import { addressIndex, instanceId } from '#safeguards/accounts';
import { placesOf } from './network.ts';
import type { IdentityCtx } from './types.ts';

/** What is guessed at, and from where: an identity, or the address that somebody claims to have. */
export type Try = ({ readonly identity: Id } | { readonly email: Personal }) & {
  readonly from: Sender;
  /** Counted apart from passwords: who gets there has shown a first factor, and who has not must not be in the way. */
  readonly isSecond?: boolean;
};

/**
 * Counts a try before what was shown is looked at, as if it had failed: a thousand guesses at once pass no more often
 * than one after the other. `clearTries` takes it back when it was right. For everything that can be guessed:
 * passwords, codes of an authenticator, recovery codes; not for links and passkeys, which pass a lock.
 *
 * After the free tries each failure pauses the account, the sender's address or its network: one minute, doubling, up
 * to an hour. Throws `sign-in-paused` then; for an address that nobody has as well.
 */
export async function failedTry(ctx: Pick<IdentityCtx, 'db' | 'keys' | 'clock'>, given: Try): Promise<void> {
  const now = ctx.clock.now();
  const places = placeSubjects(ctx, given.from);
  const kind = given.isSecond ? 'second-factor' : 'account';
  const named = 'email' in given ? await addressIndex(ctx, given.email) : undefined;
  await ctx.db.tenant(instanceId, async (tx) => {
    const account = named ?? (await indexOf(tx, (given as { identity: Id }).identity));
    const counted = await tx.rows(sql`
      insert into app.sign_in_tries as t (organisation_id, kind, subject, failures, failed_at)
      select ${instanceId}, kind, subject, 1, ${iso(now)}::timestamptz
      from (values (${kind}::text, ${account}::bytea), ('address', ${places.address}), ('network', ${places.network}))
        as given (kind, subject)
      on conflict (organisation_id, kind, subject) do update set
        failures = ${failures}, failed_at = excluded.failed_at, locked_until = ${lockedUntil},
        notice_due = t.notice_due or t.kind in ('account', 'second-factor') and ${failures} = ${free}
      where t.locked_until is null or t.locked_until <= excluded.failed_at
      returning kind`);
    // What did not come back is locked; what did is undone with the transaction.
    if (counted.length < 3) throw await paused(tx, { ...places, [kind]: account }, now);
  });
}

/**
 * Somebody got in: the tries on their account are taken back, and as many of those from this sender, whose colleagues
 * would otherwise be locked out by each other. No more than were counted: whoever has an account of their own gains no
 * guesses at those of others by signing in to it.
 */
export async function clearTries(
  ctx: Pick<IdentityCtx, 'db' | 'keys'>,
  { identity, from }: { readonly identity: Id; readonly from: Sender },
): Promise<void> {
  const places = placeSubjects(ctx, from);
  await ctx.db.tenant(instanceId, async (tx) => {
    const account = await indexOf(tx, identity);
    const gone = await tx.rows<{ failures: number }>(sql`
      delete from app.sign_in_tries
      where organisation_id = ${instanceId} and kind in ('account', 'second-factor') and subject = ${account}
      returning failures`);
    const counted = gone.reduce((sum, row) => sum + row.failures, 0);
    if (counted === 0) return;
    // In the order in which `failedTry` takes them, so that neither waits for the other for ever.
    for (const kind of ['address', 'network'] as const)
      await tx.run(sql`
        update app.sign_in_tries as t set failures = greatest(t.failures - ${counted}::int, 0),
          locked_until = case when t.failures - ${counted}::int >= ${free} then t.locked_until end
        where t.organisation_id = ${instanceId} and t.kind = ${kind} and t.subject = ${places[kind]}`);
  });
}

/** What is published of the lock: tries that cost nothing, after how many hours without one it starts anew. A second factor counts as an account does. */
export const lockRules = {
  account: { free: 5, forgottenHours: 24 },
  address: { free: 30, forgottenHours: 1 },
  network: { free: 150, forgottenHours: 1 },
} as const;

const free = sql`case t.kind when 'address' then ${lockRules.address.free}::int
  when 'network' then ${lockRules.network.free}::int else ${lockRules.account.free}::int end`;

const forgotten = sql`case when t.kind in ('address', 'network') then ${lockRules.address.forgottenHours}::int
  else ${lockRules.account.forgottenHours}::int end * interval '1 hour'`;

const failures = sql`case when t.failed_at + (${forgotten}) < excluded.failed_at then 1 else t.failures + 1 end`;

/** One minute after the last free one, then twice as long each time, at most an hour. */
const lockedUntil: Sql = sql`case when (${failures}) >= (${free}) then excluded.failed_at
  + least(interval '1 hour', interval '1 minute' * power(2, least((${failures}) - (${free}), 6))) end`;

async function paused(tx: Tx, places: Readonly<Record<string, Buffer>>, now: number) {
  const { until } = await tx.one<{ until: Date | null }>(sql`
    select max(locked_until) as until from app.sign_in_tries
    where organisation_id = ${instanceId}
      and (kind, subject) in (select * from unnest(${Object.keys(places)}::text[], ${Object.values(places)}::bytea[]))`);
  const waitMs = Math.max((until?.getTime() ?? now) - now, 1_000);
  const minutes = Math.ceil(waitMs / 60_000);
  return problem(
    'sign-in-paused',
    `Too many tries. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, or sign in by a link or with a passkey.`,
    { retryAfterMs: waitMs },
  );
}

async function indexOf(tx: Tx, identity: Id): Promise<Buffer> {
  const row = await tx.maybe<{ email_index: Buffer }>(sql`
    select email_index from app.identities where organisation_id = ${instanceId} and id = ${identity}`);
  if (!row) throw problem('sign-in-needed', 'Sign in again.');
  return row.email_index;
}

/** The sender as the table knows them. The rows go after a day, and without the root key nothing can be tried on them. */
function placeSubjects({ keys }: Pick<Ctx, 'keys'>, from: Sender): { address: Buffer; network: Buffer } {
  const places = placesOf(from.address.reveal());
  const hash = (text: string) => createHmac('sha256', keys.derive('sign-in-tries')).update(text).digest();
  return { address: hash(`address ${places.address}`), network: hash(`network ${places.network}`) };
}
