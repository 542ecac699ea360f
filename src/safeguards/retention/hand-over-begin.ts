import { identifier, sql, type Ctx, type Id, type KeySubject, type Tx } from '#base';
import { seal, unsealKept } from '#safeguards/vault';
import { maskedNumber } from './masked-number.ts';
import { giveOwnKeys } from './own-keys.ts';

/** What is left of a call after a hand-over has one key: it ends with the time of the call. */
export function maskedSubject(organisation: Id, call: Id): KeySubject {
  return { organisation, kind: 'masked', id: call };
}

type Begun = {
  readonly organisation: Id;
  readonly call: Id;
  /** When it was confirmed, in ISO 8601. */
  readonly at: string;
  readonly contact: Id | null;
  /** The time of the call is over: of numbers in what came of it nothing is to be left. */
  readonly isOver: boolean;
};

/** What comes of a call and shows a number: where it stands, and how its rows name the call. */
const numbered = [
  { table: 'calls', number: 'caller_number', of: 'id' },
  { table: 'messages', number: 'callback', of: 'call_id' },
  { table: 'leads', number: 'phone', of: 'call_id' },
  { table: 'appointments', number: 'phone', of: 'call_id' },
] as const;

/**
 * Marks a call, and all that came of it, as handed over, and writes down what is to be left of each number while it can
 * still be read. Everything that ends at a time of its own is put under a key of its own, so that a hold on one of them
 * keeps it when the key of the call goes.
 */
export async function beginHandOver(ctx: Pick<Ctx, 'random' | 'keys'>, tx: Tx, begun: Begun): Promise<void> {
  const { organisation, call, at, contact, isOver } = begun;
  await giveOwnKeys(ctx, tx, { organisation, ids: [call] });
  for (const one of numbered) {
    const table = identifier('app', one.table);
    const rows = await tx.rows<{ id: Id; number: Buffer | null }>(sql`
      update ${table} set handed_over_at = ${at}
      where organisation_id = ${organisation} and ${identifier(one.of)} = ${call}
      returning id, ${identifier(one.number)} as number`);
    for (const { id, number } of isOver ? [] : rows) {
      const whole = await unsealKept(ctx, organisation, { table: one.table, row: id, column: one.number }, number);
      const left = whole && maskedNumber(whole);
      if (!left) continue;
      const place = { table: one.table, row: id, column: 'masked' };
      const masked = await seal(ctx, maskedSubject(organisation, call), place, left);
      await tx.run(sql`update ${table} set masked = ${masked} where organisation_id = ${organisation} and id = ${id}`);
    }
  }
  await tx.run(sql`
    update app.recordings set handed_over_at = ${at} where organisation_id = ${organisation} and call_id = ${call}`);
  if (contact) await releaseContact(tx, organisation, { contact, at });
}

type Releasing = { readonly contact: Id; readonly at: string };

/** A contact goes with the last of their calls. Whoever rings at this moment waits, and takes the mark away again. */
async function releaseContact(tx: Tx, organisation: Id, { contact, at }: Releasing): Promise<void> {
  await tx.run(sql`
    select id from app.contacts where organisation_id = ${organisation} and id = ${contact} for no key update`);
  // A statement of its own: it sees the calls that came while it waited.
  await tx.run(sql`
    update app.contacts set handed_over_at = ${at}
    where organisation_id = ${organisation} and id = ${contact} and not exists (
      select from app.calls x
      where x.organisation_id = ${organisation} and x.contact_id = ${contact} and x.handed_over_at is null)`);
}
