import { problem, type Id, type Personal, type Tx } from '#base';
import {
  awaitedPeople,
  linkPerson,
  memberOf,
  membershipHints,
  organisation as organisationOf,
  type Membership,
} from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import type { IdentityCtx } from './types.ts';

/** Where somebody belongs, as they may see it. */
export type OwnMembership = Membership & { readonly name: string };

type Senses = Pick<IdentityCtx, 'db' | 'clock' | 'random' | 'keys'>;

/** The organisations an identity belongs to, the oldest membership first; each was asked itself. */
export async function membershipsOf(ctx: Pick<IdentityCtx, 'db'>, identity: Id): Promise<OwnMembership[]> {
  const found: OwnMembership[] = [];
  for (const { organisation } of await membershipHints(ctx, identity)) {
    const one = await ctx.db.tenant(organisation, async (tx) => {
      const [member, { name }] = await Promise.all([
        memberOf(tx, organisation, identity),
        organisationOf(tx, organisation),
      ]);
      return member && { ...member, name };
    });
    if (one) found.push(one);
  }
  return found;
}

/**
 * From now on that identity signs in as this person of the organisation, in a transaction of the organisation.
 * False when the person is somebody's already, and when the identity is another person there.
 */
export async function joinOrganisation(
  ctx: Pick<IdentityCtx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  given: { readonly organisation: Id; readonly person: Id; readonly identity: Id },
): Promise<boolean> {
  if (!(await linkPerson(tx, given))) return false;
  await record(ctx, tx, {
    organisation: given.organisation,
    actor: `person:${given.person}`,
    action: 'person.joined',
    object: `person:${given.person}`,
    details: { identity: given.identity },
  });
  return true;
}

/** Whoever a set-up has named with this address belongs to the identity that has proven it. Returns how many. */
export async function joinWhereAwaited(ctx: Senses, identity: Id, index: Buffer): Promise<number> {
  let joined = 0;
  for (const { organisation, person } of await awaitedPeople(ctx, index)) {
    const isIn = await ctx.db.tenant(organisation, (tx) =>
      joinOrganisation(ctx, tx, { organisation, person, identity }),
    );
    if (isIn) joined += 1;
  }
  return joined;
}

/** The membership of that identity in one organisation, with the audit entry that they came in. */
export async function enter(
  ctx: Senses,
  { identity, organisation }: { readonly identity: Id; readonly organisation: Id },
): Promise<Membership> {
  const member = await ctx.db.tenant(organisation, async (tx) => {
    const found = await memberOf(tx, organisation, identity);
    if (!found) return undefined;
    const actor = `person:${found.person}` as const;
    await record(ctx, tx, { organisation, actor, action: 'session.entered', object: actor });
    return found;
  });
  if (!member) throw problem('not-found', 'You belong to no such organisation.');
  return member;
}

/** What to call somebody whom nobody has asked yet. */
export function nameFromAddress(email: Personal): Personal {
  return email.map((text) => text.slice(0, Math.max(text.lastIndexOf('@'), 1)));
}
