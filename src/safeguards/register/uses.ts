import { iso, newId, sql, type Ctx, type Id, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';

/** Why a processor may be used: in use before the register, nobody to tell, everybody told, or it could not wait. */
export type Why = 'already' | 'nobody-affected' | 'told' | 'urgent';

/** One switching on of a processor of the installation. Times in milliseconds. */
export type Use = {
  readonly id: Id;
  /** Its id in the register. */
  readonly processor: string;
  readonly party: string;
  readonly name: string;
  readonly foundAt: number;
  readonly why: Why;
  /** From when it gets data; null while not everybody has been told. */
  readonly usableAt: number | null;
  readonly urgentAt: number | null;
  readonly urgentReason: string | null;
  readonly withdrawnAt: number | null;
  readonly withdrawReason: string | null;
  readonly endedAt: number | null;
};

type Row = {
  readonly id: Id;
  readonly processor: string;
  readonly party: string;
  readonly name: string;
  readonly found_at: Date;
  readonly why: Why;
  readonly usable_at: Date | null;
  readonly urgent_at: Date | null;
  readonly urgent_reason: string | null;
  readonly withdrawn_at: Date | null;
  readonly withdraw_reason: string | null;
  readonly ended_at: Date | null;
};

const columns = sql`id, processor, party, name, found_at, why, usable_at, urgent_at, urgent_reason, withdrawn_at,
  withdraw_reason, ended_at`;

/** Those that are switched on, whether or not they may be used. */
export async function openUses(tx: Tx): Promise<readonly Use[]> {
  const rows = await tx.rows<Row>(sql`
    select ${columns} from app.register_uses
    where organisation_id = ${instanceId} and ended_at is null order by found_at, id`);
  return rows.map(useOf);
}

/** All there ever were, the newest first; at most 500. */
export async function allUses(tx: Tx): Promise<readonly Use[]> {
  const rows = await tx.rows<Row>(sql`
    select ${columns} from app.register_uses where organisation_id = ${instanceId} order by found_at desc, id desc limit 500`);
  return rows.map(useOf);
}

/** Whether it gets data now. */
export function isUsable(use: Use, now: number): boolean {
  return hasCome(use, now) && use.withdrawnAt === null && use.endedAt === null;
}

/** Whether its day is here. What waits for none is used since it was switched on, whatever the clock said then. */
export function hasCome({ why, usableAt }: Use, now: number): boolean {
  return usableAt !== null && (why !== 'told' || usableAt <= now);
}

/** Begins one; `usableAt` is null for what waits until everybody has been told. */
export async function beginUse(
  ctx: Pick<Ctx, 'clock' | 'random'>,
  tx: Tx,
  { processor, party, name, why }: Pick<Use, 'processor' | 'party' | 'name' | 'why'>,
): Promise<Id> {
  const id = newId(ctx);
  const now = iso(ctx.clock.now());
  await tx.run(sql`
    insert into app.register_uses (organisation_id, id, processor, party, name, found_at, why, usable_at)
    values (${instanceId}, ${id}, ${processor}, ${party}, ${name}, ${now}, ${why}, ${why === 'told' ? null : now})`);
  return id;
}

/** One change of the register at a time, on all nodes. Held until the transaction ends. */
export async function lockRegister(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended('register', 0))`);
}

function useOf(row: Row): Use {
  return {
    id: row.id,
    processor: row.processor,
    party: row.party,
    name: row.name,
    foundAt: row.found_at.getTime(),
    why: row.why,
    usableAt: row.usable_at?.getTime() ?? null,
    urgentAt: row.urgent_at?.getTime() ?? null,
    urgentReason: row.urgent_reason,
    withdrawnAt: row.withdrawn_at?.getTime() ?? null,
    withdrawReason: row.withdraw_reason,
    endedAt: row.ended_at?.getTime() ?? null,
  };
}
