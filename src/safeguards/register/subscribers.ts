import { createHmac, timingSafeEqual } from 'node:crypto';
import { iso, isId, newId, problem, sql, type Ctx, type Id, type KeySubject, type Personal, type Tx } from '#base';
import { instanceId, isAddress, writtenAddress } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { notify } from '#safeguards/notices';
import { blindIndex, seal, unsealKept } from '#safeguards/vault';

type SubscribeCtx = Pick<Ctx, 'clock' | 'random' | 'keys' | 'db'> & { readonly publicUrl: () => string };

/** Until when an address can be confirmed; it is deleted afterwards. */
const confirmWithinMs = 48 * 3_600_000;
/** Addresses that wait for that at once: nobody fills the outbox by asking for others. */
const mostWaiting = 500;
const mostSubscribers = 5_000;

/** What a link of a mail is good for. */
type Purpose = 'confirm' | 'end';

/**
 * Asks an address whether it wants the mails, at most once in two days. The answer is the same whatever is known of it.
 * `input-invalid` for what is no address; `busy` while too many wait.
 */
export async function askToSubscribe(
  ctx: SubscribeCtx,
  { address, language }: { readonly address: Personal; readonly language: string },
): Promise<void> {
  const written = address.map(writtenAddress);
  if (!isAddress(written.reveal()))
    throw problem('input-invalid', 'That is no mail address.', {
      mistakes: [{ at: '/address', fix: 'must be one mail address' }],
    });
  await ctx.db.tenant(instanceId, async (tx) => {
    const index = await blindIndex(
      ctx,
      instanceId,
      'email',
      written.map((text) => text.toLowerCase()),
    );
    const { waiting } = await tx.one<{ waiting: number }>(sql`
      select count(*) as waiting from app.register_subscribers
      where organisation_id = ${instanceId} and confirmed_at is null`);
    if (waiting >= mostWaiting) throw problem('busy', 'Too many addresses wait to be confirmed. Try again tomorrow.');
    const known = await tx.maybe(sql`
      select from app.register_subscribers where organisation_id = ${instanceId} and address_index = ${index}`);
    if (known) return;
    const id = newId(ctx);
    const sealed = await seal(ctx, subjectOf(id), placeOf(id), written);
    const made = await tx.run(sql`
      insert into app.register_subscribers (organisation_id, id, address, address_index, language, asked_at)
      values (${instanceId}, ${id}, ${sealed}, ${index}, ${language}, ${iso(ctx.clock.now())})
      on conflict (organisation_id, address_index) do nothing`);
    if (made === 0) {
      // Somebody asked for the same address in between: its key opens nothing.
      await ctx.keys.destroy(subjectOf(id));
      return;
    }
    await write(ctx, tx, id, 'subscription.asked');
    const hours = confirmWithinMs / 3_600_000;
    const notice = { kind: 'register-subscription', url: linkFor(ctx, { id, language }, 'confirm'), hours } as const;
    await notify(ctx, tx, { organisation: instanceId, to: written, language, notice });
  });
}

/** What a link says: whose subscription it is, and what may be done with it. Undefined when it is none of ours. */
export function readLink(
  ctx: Pick<Ctx, 'keys'>,
  { id, token }: { readonly id: string; readonly token: string },
): { readonly id: Id; readonly purpose: Purpose } | undefined {
  if (!isId(id)) return undefined;
  const purpose = (['confirm', 'end'] as const).find((one) => {
    const [given, good] = [Buffer.from(token, 'utf8'), Buffer.from(tokenFor(ctx, id, one), 'utf8')];
    return given.length === good.length && timingSafeEqual(given, good);
  });
  return purpose && { id, purpose };
}

/** Confirms an address; false when it is not waiting any more. */
export function confirmSubscription(ctx: Pick<Ctx, 'clock' | 'random' | 'keys' | 'db'>, id: Id): Promise<boolean> {
  return ctx.db.tenant(instanceId, async (tx) => {
    const now = ctx.clock.now();
    const confirmed = await tx.run(sql`
      update app.register_subscribers set confirmed_at = ${iso(now)}
      where organisation_id = ${instanceId} and id = ${id} and confirmed_at is null
        and asked_at > ${iso(now - confirmWithinMs)}
        and (select count(*) from app.register_subscribers s
          where s.organisation_id = ${instanceId} and s.confirmed_at is not null) < ${mostSubscribers}`);
    if (confirmed > 0) await write(ctx, tx, id, 'subscription.begun');
    return confirmed > 0;
  });
}

/** Ends a subscription: the key of the address first, which ends every copy, then the row. */
export async function endSubscription(ctx: Pick<Ctx, 'clock' | 'random' | 'keys' | 'db'>, id: Id): Promise<void> {
  await ctx.keys.destroy(subjectOf(id));
  await ctx.db.tenant(instanceId, async (tx) => {
    const ended = await tx.run(sql`
      delete from app.register_subscribers where organisation_id = ${instanceId} and id = ${id}`);
    if (ended > 0) await write(ctx, tx, id, 'subscription.ended');
  });
}

/** Ends what nobody has confirmed in time. Returns how many. */
export async function endUnconfirmed(ctx: Pick<Ctx, 'clock' | 'random' | 'keys' | 'db'>): Promise<number> {
  const due = await ctx.db.tenant(instanceId, (tx) =>
    tx.rows<{ id: Id }>(sql`
      select id from app.register_subscribers
      where organisation_id = ${instanceId} and confirmed_at is null
        and asked_at <= ${iso(ctx.clock.now() - confirmWithinMs)} order by asked_at limit 100`),
  );
  for (const { id } of due) await endSubscription(ctx, id);
  return due.length;
}

/** Who is told, each with the link that ends it. */
export async function confirmedSubscribers(
  ctx: Pick<Ctx, 'keys'> & Pick<SubscribeCtx, 'publicUrl'>,
  tx: Tx,
): Promise<readonly { readonly to: Personal; readonly language: string; readonly url: string }[]> {
  const rows = await tx.rows<{ id: Id; address: Buffer; language: string }>(sql`
    select id, address, language from app.register_subscribers
    where organisation_id = ${instanceId} and confirmed_at is not null order by confirmed_at, id limit ${mostSubscribers}`);
  const found = await Promise.all(
    rows.map(async ({ id, address, language }) => ({
      to: await unsealKept(ctx, instanceId, placeOf(id), address),
      language,
      url: linkFor(ctx, { id, language }, 'end'),
    })),
  );
  return found.flatMap(({ to, ...rest }) => (to === null ? [] : [{ to, ...rest }]));
}

/** Leads to a page in the language of the mail, whatever the browser of the reader asks for. */
function linkFor(
  ctx: Pick<Ctx, 'keys'> & Pick<SubscribeCtx, 'publicUrl'>,
  { id, language }: { readonly id: Id; readonly language: string },
  purpose: Purpose,
): string {
  const query = `id=${id}&token=${tokenFor(ctx, id, purpose)}&lang=${language}`;
  return `${ctx.publicUrl()}/trust/processors/subscription?${query}`;
}

/** Made anew whenever it is needed, and kept nowhere. */
function tokenFor({ keys }: Pick<Ctx, 'keys'>, id: Id, purpose: Purpose): string {
  return createHmac('sha256', keys.derive('register-subscriptions')).update(`${purpose}:${id}`).digest('base64url');
}

async function write(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  id: Id,
  action: 'subscription.asked' | 'subscription.begun' | 'subscription.ended',
): Promise<void> {
  const object = `subscription:${id}` as const;
  await record(ctx, tx, { organisation: instanceId, actor: 'system', action, object });
}

/** The key that the address is sealed under. */
function subjectOf(id: Id): KeySubject {
  return { organisation: instanceId, kind: 'account', id };
}

function placeOf(id: Id) {
  return { table: 'register_subscribers', row: id, column: 'address' };
}
