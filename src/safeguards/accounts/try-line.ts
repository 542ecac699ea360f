import { createHash, createHmac } from 'node:crypto';
import { Personal, sql, type Ctx, type Id, type Tx } from '#base';
import type { By } from './by.ts';
import { addCarrierAccount } from './carrier-accounts.ts';
import { addLine } from './lines.ts';

/** A line at the emulated carrier, for calls that people make from the dashboard. */
export type TryLine = {
  readonly lineId: Id;
  readonly accountId: Id;
  /** Nobody's number: from the range that Twilio keeps for tests. */
  readonly e164: string;
};

const carrier = 'emulator';

/**
 * The line on which people of the organisation call an agent of theirs from the dashboard; made when it is not there yet.
 * Its account bears a random secret that only this organisation's calls are signed with, and that nobody is shown.
 * Run twice, or by two at once, it changes nothing.
 */
export async function ensureTryLine(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, agentId, by = 'system' }: By & { readonly organisation: Id; readonly agentId: Id },
): Promise<TryLine> {
  const e164 = numberOf(agentId);
  const accountSid = accountOf(ctx, organisation);
  const known = await findTryLine(tx, { organisation, agentId, accountSid });
  if (known) return known;
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`try-line:${organisation}`}, 0))`);
  const meanwhile = await findTryLine(tx, { organisation, agentId, accountSid });
  if (meanwhile) return meanwhile;
  const accountId = await connectedAccount(ctx, tx, { organisation, accountSid, by });
  const lineId = await addLine(ctx, tx, { organisation, carrier, accountId, e164, agentId, by });
  return { lineId, accountId, e164 };
}

/** The account at the emulated carrier that an organisation's own calls come from; undefined when there is none yet. */
export async function tryAccount(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
): Promise<{ readonly accountId: Id } | undefined> {
  const row = await tx.maybe<{ id: Id }>(sql`
    select id from app.carrier_accounts
    where organisation_id = ${organisation} and carrier = ${carrier}
      and account_sid = ${accountOf(ctx, organisation)} and revoked_at is null`);
  return row && { accountId: row.id };
}

async function connectedAccount(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, accountSid, by }: By & { readonly organisation: Id; readonly accountSid: string },
): Promise<Id> {
  const there = await tryAccount(ctx, tx, organisation);
  if (there) return there.accountId;
  const authToken = new Personal(ctx.random.bytes(32).toString('hex'));
  return addCarrierAccount(ctx, tx, { organisation, carrier, accountSid, authToken, ...(by && { by }) });
}

async function findTryLine(
  tx: Tx,
  { organisation, agentId, accountSid }: { organisation: Id; agentId: Id; accountSid: string },
): Promise<TryLine | undefined> {
  const e164 = numberOf(agentId);
  const row = await tx.maybe<{ line_id: Id; account_id: Id }>(sql`
    select l.id as line_id, a.id as account_id
    from app.lines l join app.carrier_accounts a on a.organisation_id = l.organisation_id and a.id = l.account_id
    where l.organisation_id = ${organisation} and l.carrier = ${carrier} and l.e164 = ${e164}
      and l.agent_id = ${agentId} and a.account_sid = ${accountSid} and a.revoked_at is null`);
  return row && { lineId: row.line_id, accountId: row.account_id, e164 };
}

/** Follows from the organisation, so that it is found again without being kept anywhere. */
function accountOf({ keys }: Pick<Ctx, 'keys'>, organisation: Id): string {
  const named = createHmac('sha256', keys.derive('try-line')).update(organisation).digest('hex');
  return `AC${named.slice(0, 32)}`;
}

/** Each agent has a number of its own; two that share one take turns with it. */
function numberOf(agentId: Id): string {
  return fictionalNumber(`agent/${agentId}`);
}

/** A number that looks like one and is nobody's: +1 500 555 1000 to 9999, the block of Twilio's test numbers. */
export function fictionalNumber(name: string): string {
  return `+1500555${1_000 + (createHash('sha256').update(name).digest().readUInt32BE(0) % 9_000)}`;
}
