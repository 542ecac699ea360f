import { iso, problem, sql, type Ctx, type Id, type Item, type Mistake, type Tx } from '#base';
import type { Carrier } from '#adapters/carriers';
import { record, type Action } from '#safeguards/audit';
import type { Asking } from './by.ts';
import { addLine, isNumber } from './lines.ts';

/** What came of asking the carrier where a number points. */
export type LineCheck = 'right' | 'wrong' | 'unknown';

/** A telephone number of the business, and who answers it. */
export type LineView = {
  readonly id: Id;
  readonly carrier: string;
  /** E.164. */
  readonly number: string;
  readonly agentId: Id;
  readonly accountId: Id;
  /** Whether the account at the carrier is connected; without it nothing that comes from there is believed. */
  readonly isConnected: boolean;
  readonly addedAt: number;
  readonly checkedAt: number | null;
  readonly checkResult: LineCheck | null;
};

type Row = Omit<LineView, 'addedAt' | 'checkedAt'> & { readonly addedAt: Date; readonly checkedAt: Date | null };

/**
 * The numbers of the organisation at real carriers, the oldest first, at most 1,000. Lines on this machine, for trying, are
 * not among them.
 */
export async function listLines(tx: Tx, organisation: Id, carriers: readonly Item<Carrier>[]): Promise<LineView[]> {
  const rows = await tx.rows<Row>(sql`
    select l.id, l.carrier, l.e164 as number, l.agent_id as "agentId", l.account_id as "accountId",
      a.revoked_at is null as "isConnected", l.created_at as "addedAt", l.checked_at as "checkedAt",
      l.check_result as "checkResult"
    from app.lines l
    join app.carrier_accounts a on a.organisation_id = l.organisation_id and a.id = l.account_id
    where l.organisation_id = ${organisation} and l.removed_at is null and l.carrier = any (${realOnes(carriers)})
    order by l.created_at, l.id limit 1000`);
  return rows.map((row) => ({
    ...row,
    addedAt: row.addedAt.getTime(),
    checkedAt: row.checkedAt?.getTime() ?? null,
  }));
}

/** One of them. Throws `not-found`. */
export async function lineView(
  tx: Tx,
  organisation: Id,
  { carriers, id }: { readonly carriers: readonly Item<Carrier>[]; readonly id: Id },
): Promise<LineView> {
  const found = (await listLines(tx, organisation, carriers)).find((one) => one.id === id);
  if (!found) throw problem('not-found', 'There is no such line.');
  return found;
}

/** An account that lines can be added to, as much of it as is shown. */
export type LineAccount = { readonly id: Id; readonly carrier: string; readonly ending: string };

/** The connected accounts at real carriers, the oldest first. */
export function lineAccounts(tx: Tx, organisation: Id, carriers: readonly Item<Carrier>[]): Promise<LineAccount[]> {
  return tx.rows<LineAccount>(sql`
    select id, carrier, right(account_sid, 4) as ending from app.carrier_accounts
    where organisation_id = ${organisation} and revoked_at is null and carrier = any (${realOnes(carriers)})
    order by created_at, id limit 1000`);
}

/** What somebody adds. */
export type NewNumber = {
  readonly carrier: string;
  readonly number: string;
  readonly account: Id;
  readonly agentId: Id;
};

/** What is wrong with a number that somebody adds, as JSON pointers; that there is such an agent, its owner says. */
export async function numberMistakes(
  tx: Tx,
  organisation: Id,
  { carriers, given }: { readonly carriers: readonly Item<Carrier>[]; readonly given: NewNumber },
): Promise<Mistake[]> {
  const { carrier, number, account } = given;
  const real = realOnes(carriers);
  const accounts = await lineAccounts(tx, organisation, carriers);
  const fits = accounts.some((one) => one.id === account && one.carrier === carrier);
  const isThere = (await listLines(tx, organisation, carriers)).some(
    (one) => one.carrier === carrier && one.number === number,
  );
  const checks: (Mistake & { readonly good: boolean })[] = [
    { at: '/carrier', fix: `must be one of ${real.join(', ')}`, good: real.includes(carrier) },
    { at: '/number', fix: 'must be in international form, such as +15005550006', good: isNumber(number) },
    { at: '/number', fix: 'is one of your lines already; change that one', good: !isThere },
    { at: '/account', fix: 'must be an account that is connected at that carrier; connect it first', good: fits },
  ];
  return checks.filter(({ good }) => !good).map(({ at, fix }) => ({ at, fix }));
}

/** Adds a number without `numberMistakes`. */
export function connectNumber(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { who: { organisation, actor: by }, sender }: Asking,
  { carrier, number: e164, account: accountId, agentId }: NewNumber,
): Promise<Id> {
  return addLine(ctx, tx, { organisation, carrier, accountId, e164, agentId, by, sender });
}

/** Lets another agent answer a line that is there. */
export async function giveLine(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  asking: Asking,
  { id, agentId }: { readonly id: Id; readonly agentId: Id },
): Promise<void> {
  const { organisation } = asking.who;
  const changed = await tx.run(sql`
    update app.lines set agent_id = ${agentId}
    where organisation_id = ${organisation} and id = ${id} and agent_id <> ${agentId}`);
  if (changed > 0) await noteLine(ctx, tx, asking, { id, action: 'line.changed', details: { agentId } });
}

/** Takes a line away: nothing rings on it any more. Its calls stay. */
export async function removeLine(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  asking: Asking,
  id: Id,
): Promise<void> {
  const { organisation } = asking.who;
  await tx.run(sql`
    update app.lines set removed_at = ${iso(ctx.clock.now())}, checked_at = null, check_result = null
    where organisation_id = ${organisation} and id = ${id}`);
  await noteLine(ctx, tx, asking, { id, action: 'line.removed' });
}

/** Writes down what the carrier said of where a number points. */
export async function keepCheck(
  { clock }: Pick<Ctx, 'clock'>,
  tx: Tx,
  organisation: Id,
  { id, result }: { readonly id: Id; readonly result: LineCheck },
): Promise<void> {
  await tx.run(sql`
    update app.lines set checked_at = ${iso(clock.now())}, check_result = ${result}
    where organisation_id = ${organisation} and id = ${id} and removed_at is null`);
}

type Noted = {
  readonly id: Id;
  readonly action: Action & `line.${string}`;
  readonly details?: Readonly<Record<string, string>>;
};

/** That somebody did something with a line, for the audit log. */
export async function noteLine(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { who: { organisation, actor }, sender }: Asking,
  { id, action, details = {} }: Noted,
): Promise<void> {
  await record(ctx, tx, { organisation, actor, action, object: `line:${id}`, details: { ...details, ...sender } });
}

/** Carriers that are not on this machine. */
function realOnes(carriers: readonly Item<Carrier>[]): string[] {
  return carriers.filter(({ item }) => item.processor.hosts.length > 0).map(({ id }) => id);
}
