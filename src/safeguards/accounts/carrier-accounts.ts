import { iso, newId, problem, sql, type Ctx, type Id, type KeySubject, type Personal, type Tx } from '#base';
import { record } from '#safeguards/audit';
import { seal, unseal, type Place } from '#safeguards/vault';
import type { By } from './by.ts';

/** Credentials of one account at a carrier, opened. */
export type OpenedAccount = { readonly accountSid: string; readonly authToken: Personal };

type NewAccount = By & {
  readonly organisation: Id;
  /** File name of the carrier. */
  readonly carrier: string;
  readonly accountSid: string;
  readonly authToken: Personal;
};

/**
 * Connects a carrier account; its token is sealed under a key of its own. Connecting the same account again replaces
 * the token, and every process follows with the next webhook.
 */
export async function addCarrierAccount(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, carrier, accountSid, authToken, by = 'system', sender = {} }: NewAccount,
): Promise<Id> {
  const known = await tx.maybe<{ id: Id }>(sql`
    select id from app.carrier_accounts
    where organisation_id = ${organisation} and carrier = ${carrier} and account_sid = ${accountSid} for no key update`);
  const id = known?.id ?? newId(ctx);
  if (known) {
    await replaceToken(ctx, tx, { organisation, id, authToken });
  } else {
    const sealed = await seal(ctx, accountSubject(organisation, id), placeOf(id), authToken);
    await tx.run(sql`
      insert into app.carrier_accounts (organisation_id, id, carrier, account_sid, auth_token, created_at)
      values (${organisation}, ${id}, ${carrier}, ${accountSid}, ${sealed}, ${iso(ctx.clock.now())})`);
  }
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'credential.added',
    object: `credential:${id}`,
    details: { carrier, replaced: known !== undefined, ...sender },
  });
  return id;
}

/** Puts another token in the place of the one before, which nobody verifies with any more. */
export async function replaceToken(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, id, authToken }: { readonly organisation: Id; readonly id: Id; readonly authToken: Personal },
): Promise<void> {
  const sealed = await seal(ctx, accountSubject(organisation, id), placeOf(id), authToken);
  await tx.run(sql`
    update app.carrier_accounts
    set auth_token = ${sealed}, version = version + 1, rotated_at = ${iso(ctx.clock.now())}, revoked_at = null,
      tested_at = null, test_result = null
    where organisation_id = ${organisation} and id = ${id}`);
}

/** Disconnects an account: its lines stay, and nothing verifies for them until it is connected again. */
export async function dropToken({ clock }: Pick<Ctx, 'clock'>, tx: Tx, organisation: Id, id: Id): Promise<void> {
  await tx.run(sql`
    update app.carrier_accounts
    set auth_token = ''::bytea, version = version + 1, revoked_at = ${iso(clock.now())}, tested_at = null, test_result = null
    where organisation_id = ${organisation} and id = ${id}`);
}

/** The organisation's account of that name at the carrier; undefined when it was never connected. */
export async function findCarrierAccount(
  tx: Tx,
  { organisation, carrier, accountSid }: Pick<NewAccount, 'organisation' | 'carrier' | 'accountSid'>,
): Promise<Id | undefined> {
  const row = await tx.maybe<{ id: Id }>(sql`
    select id from app.carrier_accounts
    where organisation_id = ${organisation} and carrier = ${carrier} and account_sid = ${accountSid}`);
  return row?.id;
}

/** An account as a process may have it open: another token, another version. */
export type AccountVersion = { readonly organisation: Id; readonly accountId: Id; readonly version: number };

/**
 * Whose account a webhook may come from. Anyone may claim any account name, so these are hints: the one whose
 * token verifies the signature is meant. At most twenty, the oldest first, so that no later claimant displaces the owner.
 */
export async function accountCandidates(
  ctx: Pick<Ctx, 'db'>,
  carrier: string,
  account: string,
): Promise<AccountVersion[]> {
  return ctx.db.find(sql`
      select organisation_id as organisation, account_id as "accountId", account_version as version
      from sec.account_candidates(${carrier}, ${account})`);
}

/** An account that is connected, by its id. Throws `not-found`. */
export async function accountVersion(ctx: Pick<Ctx, 'db'>, organisation: Id, accountId: Id): Promise<AccountVersion> {
  const row = await ctx.db.tenant(organisation, (tx) =>
    tx.maybe<{ version: number }>(sql`
      select version from app.carrier_accounts
      where organisation_id = ${organisation} and id = ${accountId} and revoked_at is null`),
  );
  if (!row) throw noAccount();
  return { organisation, accountId, version: row.version };
}

/** What an account is opened for, as the audit log says it. */
export type Purpose =
  | { readonly for: 'call' | 'line' | 'test' }
  | { readonly for: 'verification' | 'erasure'; readonly uses: number };

/** Opens an account for the request at hand, which the audit log tells. `not-found` when it is not connected. */
export async function carrierAccount(
  ctx: Pick<Ctx, 'db' | 'keys' | 'clock' | 'random'>,
  { organisation, accountId }: Omit<AccountVersion, 'version'>,
  purpose: Purpose,
): Promise<OpenedAccount> {
  const row = await ctx.db.tenant(organisation, async (tx) => {
    const kept = await tx.maybe<{ id: Id; account_sid: string; auth_token: Buffer }>(sql`
      select id, account_sid, auth_token from app.carrier_accounts
      where organisation_id = ${organisation} and id = ${accountId} and revoked_at is null`);
    if (!kept) throw noAccount();
    await record(ctx, tx, {
      organisation,
      actor: 'system',
      action: 'credential.opened',
      object: `credential:${kept.id}`,
      details: purpose,
    });
    return kept;
  });
  const authToken = await unseal(ctx, organisation, placeOf(row.id), row.auth_token);
  return { accountSid: row.account_sid, authToken };
}

/** The key that an account's token is sealed under. */
export function accountSubject(organisation: Id, id: Id): KeySubject {
  return { organisation, kind: 'credential', id };
}

function noAccount() {
  return problem('not-found', 'There is no such carrier account.');
}

function placeOf(row: Id): Place {
  return { table: 'carrier_accounts', row, column: 'auth_token' };
}
