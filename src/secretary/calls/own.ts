import { problem, sql, type Ctx, type Id, type Sql, type Tx } from '#base';
import { holdMember, type Asking } from '#safeguards/accounts';
import { record } from '#safeguards/audit';

/** The condition that a call is a person's own. */
export function isOwn(person: Id): Sql {
  return sql`assigned_to = ${person}`;
}

/** The ids of the calls that are a person's own: those assigned to them. For the condition of a list. */
export function ownCalls(organisation: Id, person: Id): Sql {
  return sql`select id from app.calls where organisation_id = ${organisation} and ${isOwn(person)}`;
}

/** Makes a call somebody's, or nobody's. Throws `not-found` for the call, `input-invalid` for who is no member. */
export async function assignCall(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { who: { organisation, actor }, sender }: Asking,
  { id, person }: { readonly id: Id; readonly person: Id | null },
): Promise<void> {
  if (person !== null && !(await holdMember(tx, organisation, person))) {
    throw problem('input-invalid', 'A call is assigned to a member of the organisation.', {
      mistakes: [{ at: '/person', fix: 'must be the id of a member; GET /api/v1/team lists them' }],
    });
  }
  const call = await tx.maybe<{ assigned_to: Id | null }>(sql`
    select assigned_to from app.calls where organisation_id = ${organisation} and id = ${id} for no key update`);
  if (!call) throw problem('not-found', 'There is no such call.');
  if (call.assigned_to === person) return;
  await tx.run(
    sql`update app.calls set assigned_to = ${person} where organisation_id = ${organisation} and id = ${id}`,
  );
  // Who has it no longer is not told of it by name.
  if (call.assigned_to !== null) tx.tell(`own:${call.assigned_to}`);
  await record(ctx, tx, {
    organisation,
    actor,
    action: 'call.assigned',
    object: `call:${id}`,
    details: { person, ...sender },
  });
}
