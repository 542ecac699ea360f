import { isProblem, iso, Personal, sql, type Id, type Reconciler, type Tx } from '#base';
import { awaitedPeople, instanceId, organisation as organisationOf } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { notify } from '#safeguards/notices';
import { identityByIndex, identityOf, openedColumn } from './identities.ts';
import { askedIn, forget, linkMinutes, linkMs, linkUrl, tokenKindOf, type LinkKind } from './links.ts';
import { requireOpen } from './sign-up.ts';
import { writeToken } from './token.ts';
import type { IdentityCtx } from './types.ts';

type Waiting = {
  readonly id: Id;
  readonly kind: LinkKind;
  readonly index: Buffer;
  readonly request: Buffer | null;
};

/** Finds out what follows from each link that was asked for, behind the answer to whoever asked, and mails it. */
export function linkSender(ctx: IdentityCtx): Reconciler {
  return {
    name: 'sign-in-links',
    everyMs: 1_000,
    async run() {
      const due = await ctx.db.tenant(instanceId, (tx) =>
        tx.rows<{ id: Id }>(sql`
          select id from app.sign_in_links
          where organisation_id = ${instanceId} and handled_at is null and expires_at > ${iso(ctx.clock.now())}
          order by asked_at, id limit 50`),
      );
      for (const { id } of due) await handle(ctx, id);
      return due.length;
    },
  };
}

async function handle(ctx: IdentityCtx, id: Id): Promise<void> {
  const isOver = await ctx.db.tenant(instanceId, async (tx) => {
    const link = await tx.maybe<Waiting>(sql`
      select id, kind, email_index as index, request from app.sign_in_links
      where organisation_id = ${instanceId} and id = ${id} and handled_at is null for update skip locked`);
    if (!link) return false;
    const isSent = link.kind === 'sign-in' ? await handleSignIn(ctx, tx, link) : await handleSignUp(ctx, tx, link);
    if (isSent) return false;
    await tx.run(sql`
      update app.sign_in_links set handled_at = ${iso(ctx.clock.now())}, request = null
      where organisation_id = ${instanceId} and id = ${id}`);
    return true;
  });
  if (isOver) await forget(ctx, [id]);
}

/** True when a link went out. An address that nobody has gets no mail: it may belong to somebody who never came here. */
async function handleSignIn(ctx: IdentityCtx, tx: Tx, link: Waiting): Promise<boolean> {
  const identity = await identityByIndex(tx, link.index);
  if (identity !== undefined) {
    const { language } = await identityOf(tx, identity);
    await send(ctx, tx, { link, to: await openedColumn(ctx, tx, identity, 'email'), language });
    return true;
  }
  const [person] = await awaitedPeople(ctx, link.index);
  if (!person) return false;
  const { language } = await ctx.db.tenant(person.organisation, (other) => organisationOf(other, person.organisation));
  await send(ctx, tx, { link, to: new Personal((await askedIn(ctx, link)).email), language });
  return true;
}

/** Who has an account is told so instead, at their own address. */
async function handleSignUp(ctx: IdentityCtx, tx: Tx, link: Waiting): Promise<boolean> {
  const identity = await identityByIndex(tx, link.index);
  if (identity !== undefined) {
    const { language } = await identityOf(tx, identity);
    const to = await openedColumn(ctx, tx, identity, 'email');
    await notify(ctx, tx, { organisation: instanceId, to, language, notice: { kind: 'account-exists' } });
    return false;
  }
  if (!(await isOpen(ctx, tx, link.index))) return false;
  const { email, organisation } = await askedIn(ctx, link);
  await send(ctx, tx, { link, to: new Personal(email), language: organisation?.language ?? 'en' });
  return true;
}

async function isOpen(ctx: IdentityCtx, tx: Tx, index: Buffer): Promise<boolean> {
  try {
    await requireOpen(ctx, tx, index);
    return true;
  } catch (error) {
    if (isProblem(error, 'sign-up-closed')) return false;
    throw error;
  }
}

type Sending = { readonly link: Waiting; readonly to: Personal; readonly language: string };

async function send(ctx: IdentityCtx, tx: Tx, { link, to, language }: Sending): Promise<void> {
  const { id, kind } = link;
  const { token, hash } = writeToken(ctx, tokenKindOf(kind));
  const now = ctx.clock.now();
  await tx.run(sql`
    update app.sign_in_links set token_hash = ${hash}, handled_at = ${iso(now)}, expires_at = ${iso(now + linkMs)}
    where organisation_id = ${instanceId} and id = ${id}`);
  const url = linkUrl(ctx.publicUrl(), kind, token);
  const notice = { kind: `${kind}-link`, url, minutes: linkMinutes } as const;
  await notify(ctx, tx, { organisation: instanceId, to, language, notice });
  await record(ctx, tx, { organisation: instanceId, actor: 'system', action: 'link.sent', object: `link:${id}` });
}
