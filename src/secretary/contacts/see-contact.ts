import { iso, newId, problem, sql, type Ctx, type Id, type Personal, type Tx } from '#base';
import { record } from '#safeguards/audit';
import { keyLivesFrom } from '#safeguards/retention';
import { seal } from '#safeguards/vault';
import { phoneIndex } from './e164.ts';

type Seen = { readonly organisation: Id; readonly phone: Personal; readonly language: string };
type Sealing = Pick<Ctx, 'clock' | 'random' | 'keys'>;

/**
 * The contact who has this number, made at the first call and marked as seen at every one.
 * Calls that come at once from one number give one contact.
 */
export async function seeContact(ctx: Sealing, tx: Tx, seen: Seen): Promise<Id> {
  const index = await phoneIndex(ctx, seen.organisation, seen.phone);
  return (await seeKnown(ctx, tx, seen, index)) ?? (await addContact(ctx, tx, seen, index));
}

/** Marks the contact of this phone index as seen; undefined when nobody has that number yet. */
export async function seeKnown(
  ctx: Pick<Ctx, 'clock' | 'keys'>,
  tx: Tx,
  { organisation, language }: Omit<Seen, 'phone'>,
  index: Buffer,
): Promise<Id | undefined> {
  const now = ctx.clock.now();
  const known = await tx.maybe<{ id: Id; before: Date }>(sql`
    with known as (
      select id, seen_at from app.contacts
      where organisation_id = ${organisation} and phone_index = ${index} for update)
    update app.contacts c set seen_at = greatest(c.seen_at, ${iso(now)}), language = ${language}, handed_over_at = null
    from known where c.organisation_id = ${organisation} and c.id = known.id
    returning c.id, known.seen_at as before`);
  if (!known) return undefined;
  // Once a day: the first call of the day waits for it.
  const isFirstToday = iso(known.before.getTime()).slice(0, 10) < iso(now).slice(0, 10);
  if (isFirstToday) await keyLivesFrom(ctx, { organisation, kind: 'person', id: known.id }, now);
  return known.id;
}

/** Remembers the name a contact gave. Throws `not-found` for a contact that is not the organisation's. */
export async function nameContact(
  ctx: Sealing,
  tx: Tx,
  given: { readonly organisation: Id; readonly contactId: Id; readonly name: Personal },
): Promise<void> {
  const { organisation, contactId } = given;
  const place = { table: 'contacts', row: contactId, column: 'name' };
  const name = await seal(ctx, { organisation, kind: 'person', id: contactId }, place, given.name);
  const named = await tx.run(sql`
    update app.contacts set name = ${name} where organisation_id = ${organisation} and id = ${contactId}`);
  if (named === 0) throw problem('not-found', 'No contact has this id.');
  await record(ctx, tx, { organisation, actor: 'caller', action: 'contact.named', object: `contact:${contactId}` });
}

/** The contact of a number that nobody had a moment ago, sealed under a key of its own. */
export async function addContact(ctx: Sealing, tx: Tx, seen: Seen, index: Buffer): Promise<Id> {
  const { organisation } = seen;
  const id = newId(ctx);
  const subject = { organisation, kind: 'person', id } as const;
  const phone = await seal(ctx, subject, { table: 'contacts', row: id, column: 'phone' }, seen.phone);
  const at = iso(ctx.clock.now());
  const kept = await tx.one<{ id: Id }>(sql`
    insert into app.contacts (organisation_id, id, phone, phone_index, language, created_at, seen_at)
    values (${organisation}, ${id}, ${phone}, ${index}, ${seen.language}, ${at}, ${at})
    on conflict (organisation_id, phone_index) do update
      set seen_at = greatest(contacts.seen_at, excluded.seen_at), handed_over_at = null
    returning id`);
  if (kept.id === id) {
    await record(ctx, tx, { organisation, actor: 'caller', action: 'contact.added', object: `contact:${id}` });
  } else {
    // Another call from this number was faster; nothing is sealed with the key that was made for this one.
    await ctx.keys.destroy(subject);
  }
  return kept.id;
}
