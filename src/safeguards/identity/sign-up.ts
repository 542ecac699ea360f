import { timingSafeEqual } from 'node:crypto';
import { Personal, problem, sql, type Id, type Tx } from '#base';
import type { Sender } from '#edge';
import { addPerson, addressIndex, instanceId, invitedBy, makeOrganisation, writtenAddress } from '#safeguards/accounts';
import { provenIdentity } from './identities.ts';
import { askedIn, askLink, findLink, forget, holdAddress, takeLink, type Asked, type Link } from './links.ts';
import { joinOrganisation, joinWhereAwaited } from './memberships.ts';
import type { Passwords } from './password-hash.ts';
import { beginSession } from './sign-in.ts';
import { tokenHash, writeToken } from './token.ts';
import type { IdentityCtx, SignInState } from './types.ts';

type Senses = Pick<IdentityCtx, 'db' | 'keys' | 'clock' | 'random' | 'config' | 'prepare'>;

export type SignUp = {
  readonly email: Personal;
  readonly name: Personal;
  readonly organisation: NonNullable<Asked['organisation']>;
  readonly password: Personal | undefined;
  readonly from: Sender;
};

/**
 * Somebody wants to begin: a mail goes out, whose link makes identity, organisation and owner. Nothing exists before.
 * The answer, and the work for it, are the same whether or not the address is known.
 *
 * `claim` is for the browser that signed up: with it the link keeps the password that was typed there. A link without
 * it proves the address alone, so that nobody gets an account whose password a stranger has chosen.
 */
export async function askSignUp(ctx: Senses, passwords: Passwords, given: SignUp): Promise<{ readonly claim: string }> {
  await ctx.db.tenant(instanceId, (tx) => requireOpen(ctx, tx, undefined));
  const { token: claim, hash } = writeToken(ctx, 'sign-up-claim');
  const password = given.password?.reveal();
  const passwordHash = password === undefined ? undefined : await passwords.turn((hasher) => hasher.make(password));
  const asked: Asked = {
    email: given.email.reveal().trim(),
    name: given.name.reveal().trim(),
    organisation: given.organisation,
    claim: hash.toString('hex'),
    ...(passwordHash !== undefined && { passwordHash }),
  };
  await askLink(ctx, { kind: 'sign-up', asked, from: given.from });
  return { claim };
}

type Confirmation = { readonly token: string; readonly claim: string | undefined; readonly from: Sender };

/**
 * The link of a sign-up: the address is proven, and identity, organisation and owner come into being. Can be repeated
 * until it has succeeded, and then never: ids follow from the link, which goes last.
 */
export async function confirmSignUp(ctx: Senses, { token, claim, from }: Confirmation): Promise<SignInState> {
  const link = await ctx.db.tenant(instanceId, (tx) => findLink(ctx, tx, { kind: 'sign-up', token }));
  const asked = await askedIn(ctx, link);
  const identity = await identityFor(ctx, link, { asked, isSameBrowser: isClaimed(ctx, asked, claim) });
  await organisationFor(ctx, link, { asked, identity });
  const taken = await ctx.db.tenant(instanceId, (tx) => takeLink(ctx, tx, { kind: 'sign-up', token }));
  await forget(ctx, [taken.id, ...taken.others]);
  await joinWhereAwaited(ctx, identity, link.index);
  return beginSession(ctx, { identity, by: 'link', from });
}

/**
 * Somebody who was invited and is new here: the token of the invitation was mailed to them, so it proves the address,
 * once. They are signed in and may accept. Whoever is known here signs in as always; `sign-in-needed` tells them.
 */
export async function signUpByInvitation(
  ctx: Senses,
  { token, from }: { readonly token: string; readonly from: Sender },
): Promise<SignInState> {
  const invited = await invitedBy(ctx, token);
  if (!invited) throw problem('invitation-unknown', 'Use the link in the newest mail, the whole of it.');
  const { identity, isNew } = await ctx.db.tenant(instanceId, (tx) => provenIdentity(ctx, tx, invited));
  if (!isNew) throw problem('sign-in-needed', 'You are known here: sign in first, then open the invitation again.');
  await joinWhereAwaited(ctx, identity, await addressIndex(ctx, invited.email));
  return beginSession(ctx, { identity, by: 'link', from });
}

/** Throws `sign-up-closed` where nobody may sign up; where one may, that one, however often they try. */
export async function requireOpen(
  { config }: Pick<IdentityCtx, 'config'>,
  tx: Tx,
  index: Buffer | undefined,
): Promise<void> {
  if (config.signUp === 'open') return;
  if (config.signUp === 'first') {
    const other = await tx.maybe(sql`
      select id from app.identities
      where organisation_id = ${instanceId} and kind = 'person'
        and email_index is distinct from ${index ?? null}::bytea limit 1`);
    if (!other) return;
  }
  throw problem('sign-up-closed', 'Ask somebody who is in for an invitation.');
}

/** Names the lock behind which "is anybody here yet" is asked and answered. */
export const firstLock = 7_305_040;

type Proven = { readonly asked: Asked; readonly index: Buffer; readonly passwordHash?: string | undefined };

/** Whoever has proven the address that signs up, made when they are new. Throws `sign-up-closed`. */
async function proven(ctx: Senses, tx: Tx, { asked, index, passwordHash }: Proven) {
  await tx.run(sql`select pg_advisory_xact_lock(${firstLock}::bigint)`);
  await requireOpen(ctx, tx, index);
  return provenIdentity(ctx, tx, {
    email: new Personal(asked.email),
    name: new Personal(asked.name ?? ''),
    language: asked.organisation?.language ?? 'en',
    passwordHash,
  });
}

async function identityFor(
  ctx: Senses,
  link: Link,
  { asked, isSameBrowser }: { readonly asked: Asked; readonly isSameBrowser: boolean },
): Promise<Id> {
  const passwordHash = isSameBrowser ? asked.passwordHash : undefined;
  const { identity } = await ctx.db.tenant(instanceId, (tx) =>
    proven(ctx, tx, { asked, index: link.index, passwordHash }),
  );
  return identity;
}

export type VouchedSignUp = Pick<SignUp, 'email' | 'name' | 'organisation'> & {
  /** Names the sign-up, and the organisation that it makes. */
  readonly id: Id;
};

/**
 * A sign-up whose address another provider has checked. `also` is done in the transaction in which the identity is made.
 * Undefined, and nothing done, when the address is somebody's already: that two addresses are the same makes nobody the
 * same person. Throws `sign-up-closed`.
 */
export async function signUpVouched(
  ctx: Senses,
  given: VouchedSignUp,
  also: (tx: Tx, identity: Id) => Promise<void>,
): Promise<Id | undefined> {
  const { email, name, organisation, id } = given;
  const asked: Asked = { email: writtenAddress(email.reveal()), name: name.reveal().trim(), organisation };
  const index = await addressIndex(ctx, email);
  const identity = await ctx.db.tenant(instanceId, async (tx) => {
    const found = await proven(ctx, tx, { asked, index });
    if (!found.isNew) return undefined;
    await also(tx, found.identity);
    return found.identity;
  });
  if (identity !== undefined) await organisationFor(ctx, { id, index }, { asked, identity });
  return identity;
}

type Filled = { readonly asked: Asked; readonly identity: Id; readonly wishes?: unknown };

/** Makes the organisation of that id with its owner, and what it works with. Can be repeated. */
export async function organisationFor(
  ctx: Senses,
  { id: organisation, index }: Pick<Link, 'id' | 'index'>,
  { asked, identity, wishes }: Filled,
): Promise<void> {
  if (!asked.organisation) throw problem('link-expired', 'Sign up again.');
  const by = `identity:${identity}` as const;
  await makeOrganisation(ctx, { ...asked.organisation, id: organisation, kind: 'customer', by });
  const owner = await ctx.db.tenant(organisation, async (tx) => {
    await holdAddress(tx, index);
    const person = await addPerson(ctx, tx, {
      organisation,
      role: 'owner',
      name: new Personal(asked.name ?? ''),
      email: new Personal(asked.email),
      by,
    });
    await joinOrganisation(ctx, tx, { organisation, person, identity });
    return person;
  });
  await ctx.prepare?.(organisation, { owner, wishes });
}

function isClaimed(ctx: Pick<IdentityCtx, 'keys'>, { claim: kept }: Asked, claim: string | undefined): boolean {
  if (kept === undefined || claim === undefined) return false;
  return timingSafeEqual(Buffer.from(kept, 'hex'), tokenHash(ctx, 'sign-up-claim', claim));
}
