import { newId, problem, sql, type Ctx, type Id, type KeySubject, type Personal, type Tx } from '#base';
import { record, type Actor } from '#safeguards/audit';
import { seal, unseal, type Place } from '#safeguards/vault';

/** Credentials of one account at a carrier, opened. */
export type OpenedAccount = { readonly accountSid: string; readonly authToken: Personal };

type NewAccount = {
  readonly organisation: Id;
  /** File name of the carrier. */
  readonly carrier: string;
  readonly accountSid: string;
  readonly authToken: Personal;
  readonly by?: Actor;
};

/**
 * Connects a carrier account; its token is sealed under a key of its own. Connecting the same account again
 * replaces the token, and every process follows within a minute (see `openCredentials`).
 */
export async function addCarrierAccount(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, carrier, accountSid, authToken, by = 'system' }: NewAccount,
): Promise<Id> {
  const known = await tx.maybe<{ id: Id }>(sql`
    select id from app.carrier_accounts
    where organisation_id = ${organisation} and carrier = ${carrier} and account_sid = ${accountSid} for update`);
  const id = known?.id ?? newId(ctx);
  const sealed = await seal(ctx, subjectOf(organisation, id), placeOf(id), authToken);
  if (known) {
    await tx.run(sql`
      update app.carrier_accounts set auth_token = ${sealed} where organisation_id = ${organisation} and id = ${id}`);
  } else {
    await tx.run(sql`
      insert into app.carrier_accounts (organisation_id, id, carrier, account_sid, auth_token, created_at)
      values (${organisation}, ${id}, ${carrier}, ${accountSid}, ${sealed}, ${new Date(ctx.clock.now())})`);
  }
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'credential.added',
    object: `credential:${id}`,
    details: { carrier, replaced: known !== undefined },
  });
  return id;
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

/**
 * Whose account a webhook may come from. Anyone may claim any account name, so these are hints: the one whose
 * token verifies the signature is meant. At most twenty, the oldest first, so that no later claimant displaces the owner.
 */
export async function accountCandidates(
  ctx: Pick<Ctx, 'db'>,
  carrier: string,
  account: string,
): Promise<{ organisation: Id; accountId: Id }[]> {
  return ctx.db.find(sql`
      select organisation_id as organisation, account_id as "accountId"
      from sec.account_candidates(${carrier}, ${account})`);
}

/** Opens an account for the request at hand. `not-found` when the organisation has no such account. */
export async function carrierAccount(
  ctx: Pick<Ctx, 'db' | 'keys'>,
  organisation: Id,
  accountId: Id,
): Promise<OpenedAccount> {
  const row = await ctx.db.tenant(organisation, (tx) =>
    tx.maybe<{ account_sid: string; auth_token: Buffer }>(sql`
      select account_sid, auth_token from app.carrier_accounts
      where organisation_id = ${organisation} and id = ${accountId}`),
  );
  if (!row) throw problem('not-found', 'There is no such carrier account.');
  const authToken = await unseal(ctx, organisation, placeOf(accountId), row.auth_token);
  return { accountSid: row.account_sid, authToken };
}

function subjectOf(organisation: Id, id: Id): KeySubject {
  return { organisation, kind: 'credential', id };
}

function placeOf(row: Id): Place {
  return { table: 'carrier_accounts', row, column: 'auth_token' };
}
