import { iso, problem, sql, type Ctx, type Id, type Personal, type Tx } from '#base';
import type { By } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { sealGiven, unsealKept } from '#safeguards/vault';
import { beginHandOver, maskedSubject } from './hand-over-begin.ts';

/** What a system of the business said of a call. */
export type HandOver = {
  /** Which system: the file name of its connector, or a name that the business gave it (`[a-z][a-z0-9-]*`). */
  readonly system: string;
  readonly state: 'confirmed' | 'failed';
  /** When it was said, in milliseconds since the epoch. */
  readonly at: number;
  /** How that system names its record; null when it failed, and when the time of the call is over. */
  readonly reference: Personal | null;
  /** Why it failed, a fixed word. */
  readonly code: string | null;
  /** How often it had failed by then. */
  readonly failures: number;
};

type Said = By & { readonly organisation: Id; readonly call: Id; readonly system: string };
type Acting = Pick<Ctx, 'clock' | 'random' | 'keys'>;

/**
 * Writes down that a system of the business has a call and confirms it: from now the time runs after which its words,
 * names and numbers go, where the business keeps them no longer than that. Said twice it is so once, with what was said
 * first; the first system that confirms counts. What is left of the numbers is made here, before anything can be lost.
 * Throws `not-found`, and `call-not-finished` for a call that goes on or whose summary is not written yet.
 */
export async function confirmHandOver(
  ctx: Acting,
  tx: Tx,
  said: Said & { readonly reference: Personal },
): Promise<HandOver> {
  const { organisation, call, system, by = 'system', sender } = said;
  const found = await lockFinished(tx, said);
  // Of a call whose time is over nothing new is kept.
  const kept = found.isOver ? undefined : said.reference;
  const reference = await sealGiven(ctx, maskedSubject(organisation, call), place(call, system), kept);
  const at = iso(ctx.clock.now());
  const isNew = await tx.run(sql`
    insert into app.hand_overs as h (organisation_id, call_id, system, state, reference, at, said_by)
    values (${organisation}, ${call}, ${system}, 'confirmed', ${reference}, ${at}, ${by})
    on conflict (organisation_id, call_id, system) do update
      set state = 'confirmed', code = null, reference = excluded.reference, at = excluded.at, said_by = excluded.said_by
      where h.state = 'failed'`);
  if (isNew > 0) {
    // Whoever ends things looks when this will be due.
    tx.tell(`hand-over:${call}`);
    if (!found.isHandedOver) await beginHandOver(ctx, tx, { organisation, call, at, ...found });
    const details = { system, ...sender };
    await record(ctx, tx, { organisation, actor: by, action: 'call.handed-over', object: `call:${call}`, details });
  }
  return told(ctx, tx, said);
}

/**
 * Writes down that a system could not take a call. Nothing is deleted for that, and what it has confirmed once stays
 * confirmed. Throws as `confirmHandOver` does.
 */
export async function failHandOver(ctx: Acting, tx: Tx, said: Said & { readonly code: string }): Promise<HandOver> {
  const { organisation, call, system, code, by = 'system', sender } = said;
  await lockFinished(tx, said);
  const at = iso(ctx.clock.now());
  const isNew = await tx.run(sql`
    insert into app.hand_overs as h (organisation_id, call_id, system, state, code, at, failures, said_by)
    values (${organisation}, ${call}, ${system}, 'failed', ${code}, ${at}, 1, ${by})
    on conflict (organisation_id, call_id, system) do update
      set code = excluded.code, at = excluded.at, failures = h.failures + 1, said_by = excluded.said_by
      where h.state = 'failed'`);
  if (isNew > 0) {
    const details = { system, code, ...sender };
    await record(ctx, tx, {
      organisation,
      actor: by,
      action: 'call.hand-over-failed',
      object: `call:${call}`,
      details,
    });
  }
  return told(ctx, tx, said);
}

type Finished = { readonly isOver: boolean; readonly isHandedOver: boolean; readonly contact: Id | null };

async function lockFinished(tx: Tx, { organisation, call }: Said): Promise<Finished> {
  const row = await tx.maybe<CallRow>(sql`
    select contact_id, finished_at, emptied_at, handed_over_at from app.calls
    where organisation_id = ${organisation} and id = ${call} for no key update`);
  if (!row) throw problem('not-found', 'There is no such call.');
  if (row.finished_at === null && row.emptied_at === null) {
    throw problem('call-not-finished', 'It goes on, or its summary is not written yet. Try again in a minute.');
  }
  return { isOver: row.emptied_at !== null, isHandedOver: row.handed_over_at !== null, contact: row.contact_id };
}

type CallRow = {
  readonly contact_id: Id | null;
  readonly finished_at: Date | null;
  readonly emptied_at: Date | null;
  readonly handed_over_at: Date | null;
};

async function told(ctx: Pick<Ctx, 'keys'>, tx: Tx, { organisation, call, system }: Said): Promise<HandOver> {
  const all = await handOversOf(ctx, tx, organisation, call);
  return all.find((one) => one.system === system)!;
}

/** What the business's systems said of a call, in the order in which they first did. At most 50. */
export async function handOversOf(
  ctx: Pick<Ctx, 'keys'>,
  tx: Tx,
  organisation: Id,
  call: Id,
): Promise<readonly HandOver[]> {
  const rows = await tx.rows<Row>(sql`
    select system, state, at, reference, code, failures from app.hand_overs
    where organisation_id = ${organisation} and call_id = ${call} order by at, system limit 50`);
  const views = rows.map(async ({ at, reference, ...row }) => ({
    ...row,
    at: at.getTime(),
    reference: await unsealKept(ctx, organisation, place(call, row.system), reference),
  }));
  return Promise.all(views);
}

type Row = Pick<HandOver, 'system' | 'state' | 'code' | 'failures'> & {
  readonly at: Date;
  readonly reference: Buffer | null;
};

function place(call: Id, system: string) {
  return { table: 'hand_overs', row: `${call}/${system}`, column: 'reference' };
}
