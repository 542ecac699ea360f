import { iso, sql, type Id, type Personal, type Tx } from '#base';
import type { Sender, SignedIn } from '#edge';
import { instanceId, renamePerson } from '#safeguards/accounts';
import { record, senderDetails } from '#safeguards/audit';
import { seal } from '#safeguards/vault';
import { identityOf, openedColumn, placeOf, subjectOf } from './identities.ts';
import { askLink } from './links.ts';
import { membershipsOf } from './memberships.ts';
import type { IdentityCtx } from './types.ts';

type Senses = Pick<IdentityCtx, 'db' | 'keys' | 'clock' | 'random' | 'config'>;

/** Who changes something of themselves, and from where. */
type Own = { readonly signedIn: SignedIn; readonly from: Sender };

/** What is to be different; what is not named stays. */
export type Changes = { readonly name?: Personal | undefined; readonly language?: string | undefined };

/** Changes what somebody is called, here and in every organisation they belong to, and in which language they are written to. */
export async function changeOwn(ctx: Senses, { signedIn, from }: Own, { name, language }: Changes): Promise<void> {
  const { identity } = signedIn;
  const details = await senderDetails(ctx, from);
  const sealed = name && (await seal(ctx, subjectOf(identity), placeOf(identity, 'name'), name));
  await ctx.db.tenant(instanceId, async (tx) => {
    await identityOf(tx, identity);
    await tx.run(sql`
      update app.identities set name = coalesce(${sealed ?? null}::bytea, name),
        language = coalesce(${language ?? null}::text, language)
      where organisation_id = ${instanceId} and id = ${identity}`);
    const actor = `identity:${identity}` as const;
    await record(ctx, tx, { organisation: instanceId, actor, action: 'identity.changed', object: actor, details });
  });
  if (!name) return;
  for (const { organisation, person } of await membershipsOf(ctx, identity))
    await ctx.db.tenant(organisation, (tx) => renamePerson(ctx, tx, { organisation, person, name, sender: details }));
}

/** Mails somebody a link to their own address: used, it signs them in and has proven the address. */
export async function askProof(ctx: Senses, { signedIn: { identity }, from }: Own): Promise<void> {
  const email = await ctx.db.tenant(instanceId, (tx) => openedColumn(ctx, tx, identity, 'email'));
  await askLink(ctx, { kind: 'sign-in', asked: { email: email.reveal() }, from });
}

/** A link that was mailed to the address of that identity was used, in a transaction of the instance. */
export async function proveAddress(
  ctx: Pick<IdentityCtx, 'keys' | 'clock' | 'random'>,
  tx: Tx,
  identity: Id,
): Promise<void> {
  const proven = await tx.run(sql`
    update app.identities set email_verified_at = ${iso(ctx.clock.now())}
    where organisation_id = ${instanceId} and id = ${identity} and email_verified_at is null`);
  if (proven === 0) return;
  const actor = `identity:${identity}` as const;
  await record(ctx, tx, { organisation: instanceId, actor, action: 'address.proven', object: actor });
}
