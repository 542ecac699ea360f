import { newId, problem, sql, type Ctx, type Id, type Tx } from '#base';
import { record } from '#safeguards/audit';
import type { By } from './by.ts';

/** A line that a webhook may mean. A hint until the account's key has verified the signature. */
export type LineCandidate = {
  readonly organisation: Id;
  readonly lineId: Id;
  readonly accountId: Id;
  /** Version of the account's token. */
  readonly version: number;
  readonly agentId: Id;
};

type NewLine = {
  readonly organisation: Id;
  readonly carrier: string;
  readonly accountId: Id;
  /** The business's own number, E.164. */
  readonly e164: string;
  readonly agentId: Id;
} & By;

/** Adds a number and says which agent answers it; adding it again, also after it was removed, changes account and agent. */
export async function addLine(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, carrier, accountId, e164, agentId, by = 'system', sender = {} }: NewLine,
): Promise<Id> {
  if (!isNumber(e164)) {
    throw problem('input-invalid', 'A line needs its number in international form.', {
      mistakes: [{ at: '/e164', fix: 'must look like +15005550006' }],
    });
  }
  const row = await tx.maybe<{ id: Id }>(sql`
    insert into app.lines (organisation_id, id, carrier, account_id, e164, agent_id, created_at)
    select organisation_id, ${newId(ctx)}::uuid, carrier, id, ${e164}::text, ${agentId}::uuid,
      ${new Date(ctx.clock.now())}::timestamptz
    from app.carrier_accounts
    where organisation_id = ${organisation} and id = ${accountId} and carrier = ${carrier}
    on conflict (organisation_id, carrier, e164)
      do update set account_id = excluded.account_id, agent_id = excluded.agent_id, removed_at = null,
        checked_at = null, check_result = null
    returning id`);
  if (!row) throw problem('not-found', 'There is no such account at that carrier.');
  await record(ctx, tx, {
    organisation,
    actor: by,
    action: 'line.added',
    object: `line:${row.id}`,
    details: { agentId, ...sender },
  });
  return row.id;
}

/** True for a number as lines have it: E.164. */
export function isNumber(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text);
}

/** Whose line the carrier may mean, at most five. Nobody's when the number or the account is not known here. */
export async function lineCandidates(
  ctx: Pick<Ctx, 'db'>,
  carrier: string,
  hint: { readonly account: string; readonly dialled: string | undefined },
): Promise<LineCandidate[]> {
  const { account, dialled } = hint;
  if (dialled === undefined) return [];
  return ctx.db.find(sql`
      select organisation_id as organisation, line_id as "lineId", account_id as "accountId", account_version as version, agent_id as "agentId"
      from sec.line_candidates(${carrier}, ${account}, ${dialled})`);
}

/** The number of a line, E.164. */
export async function lineNumber(tx: Tx, organisation: Id, lineId: Id): Promise<string> {
  const row = await tx.maybe<{ e164: string }>(sql`
    select e164 from app.lines where organisation_id = ${organisation} and id = ${lineId}`);
  if (!row) throw problem('not-found', 'There is no such line.');
  return row.e164;
}

/** The carrier account that a line belongs to. */
export async function lineAccount(tx: Tx, organisation: Id, lineId: Id): Promise<Id> {
  const row = await tx.maybe<{ account_id: Id }>(sql`
    select account_id from app.lines where organisation_id = ${organisation} and id = ${lineId}`);
  if (!row) throw problem('not-found', 'There is no such line.');
  return row.account_id;
}
