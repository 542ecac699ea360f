import { Personal, problem, type Id, type Tx } from '#base';
import type { Sender } from '#edge';
import { awaitedPeople, instanceId, organisation as organisationOf, personName } from '#safeguards/accounts';
import { identityByIndex, provenIdentity } from './identities.ts';
import { askedIn, forget, takeLink, type Link } from './links.ts';
import { joinWhereAwaited, nameFromAddress } from './memberships.ts';
import { proveAddress } from './own-account.ts';
import { beginSession } from './sign-in.ts';
import type { IdentityCtx, SignInState } from './types.ts';

type Senses = Pick<IdentityCtx, 'db' | 'keys' | 'clock' | 'random' | 'config'>;

/**
 * Signs in by a link, which is gone then. Whoever uses one has proven the address: somebody whom a set-up has named
 * becomes an identity now. A second factor is asked for as with a password.
 */
export async function signInByLink(
  ctx: Senses,
  { token, from }: { readonly token: string; readonly from: Sender },
): Promise<SignInState> {
  const { identity, link } = await ctx.db.tenant(instanceId, async (tx) => {
    const taken = await takeLink(ctx, tx, { kind: 'sign-in', token });
    const found = await identityByIndex(tx, taken.index);
    if (found !== undefined) await proveAddress(ctx, tx, found);
    return { link: taken, identity: found };
  });
  const known = identity ?? (await awaited(ctx, link));
  await forget(ctx, [link.id, ...link.others]);
  await joinWhereAwaited(ctx, known, link.index);
  return beginSession(ctx, { identity: known, by: 'link', from });
}

/** Somebody who proves the address that a set-up has given a person. */
async function awaited(ctx: Senses, link: Link): Promise<Id> {
  const [person] = await awaitedPeople(ctx, link.index);
  if (!person) throw problem('link-expired', 'Nobody waits for this address any more. Ask for an invitation.');
  const { email: text } = await askedIn(ctx, link);
  const email = new Personal(text);
  const { name, language } = await ctx.db.tenant(person.organisation, async (tx: Tx) => ({
    name: await personName(ctx, tx, person),
    language: (await organisationOf(tx, person.organisation)).language,
  }));
  const { identity } = await ctx.db.tenant(instanceId, (tx) =>
    provenIdentity(ctx, tx, { email, name: name ?? nameFromAddress(email), language }),
  );
  return identity;
}
