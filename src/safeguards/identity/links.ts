import { iso, newId, Personal, problem, sql, type Ctx, type Id, type KeySubject, type Tx } from '#base';
import type { Sender } from '#edge';
import { addressIndex, instanceId, writtenAddress } from '#safeguards/accounts';
import { record, senderDetails } from '#safeguards/audit';
import { seal, unsealKept, type Place } from '#safeguards/vault';
import { tokenHash, type TokenKind } from './token.ts';
import type { IdentityCtx } from './types.ts';

export type LinkKind = 'sign-in' | 'sign-up';

/** How long a link opens something after it was mailed. */
export const linkMinutes = 30;
export const linkMs = linkMinutes * 60_000;

/**
 * So many links of a kind to one address are alive at once; whoever asks for more gets none and is not told. Of a kind,
 * because a sign-up with an address that somebody has mails no link: strangers could use up those that sign in.
 */
const mostAlive = 3;

/** What somebody filled in who wants a link. A password only as its hash; `claim` as its hash in hex. */
export type Asked = {
  readonly email: string;
  readonly name?: string;
  readonly organisation?: {
    readonly name: string;
    readonly timeZone: string;
    readonly language: string;
    readonly region: string;
  };
  readonly passwordHash?: string;
  readonly claim?: string;
};

/** A link that was found by its token. */
export type Link = { readonly id: Id; readonly index: Buffer; readonly request: Buffer | null };

type Asking = { readonly kind: LinkKind; readonly asked: Asked; readonly from: Sender };

/**
 * Writes down that a link is wanted, and nothing else: whether the address is known is found out by `linkSender`, behind
 * the answer. So the work here is the same for every address.
 */
export async function askLink(
  ctx: Pick<IdentityCtx, 'db' | 'keys' | 'clock' | 'random'>,
  { kind, asked: typed, from }: Asking,
): Promise<void> {
  const id = newId(ctx);
  const now = ctx.clock.now();
  const asked = { ...typed, email: writtenAddress(typed.email) };
  const index = await addressIndex(ctx, new Personal(asked.email));
  const request = await seal(ctx, linkSubject(id), placeOf(id), JSON.stringify(asked));
  const details = await senderDetails(ctx, from);
  const isKept = await ctx.db.tenant(instanceId, async (tx) => {
    await holdAddress(tx, index);
    const kept = await tx.run(sql`
      insert into app.sign_in_links (organisation_id, id, kind, email_index, request, asked_at, expires_at)
      select ${instanceId}::uuid, ${id}::uuid, ${kind}::text, ${index}::bytea, ${request}::bytea, ${iso(now)}::timestamptz,
        ${iso(now + linkMs)}::timestamptz
      where (select count(*) from app.sign_in_links where organisation_id = ${instanceId} and email_index = ${index}
        and kind = ${kind} and expires_at > ${iso(now)}::timestamptz) < ${mostAlive}`);
    const action = kind === 'sign-in' ? 'link.asked' : 'sign-up.asked';
    await record(ctx, tx, { organisation: instanceId, actor: 'system', action, object: `link:${id}`, details });
    return kept > 0;
  });
  if (!isKept) await ctx.keys.destroy(linkSubject(id));
}

/** The link of that token, left as it is. Throws `link-expired` for one that was used, altered, never there or is too old. */
export async function findLink(
  ctx: Pick<IdentityCtx, 'keys' | 'clock'>,
  tx: Tx,
  { kind, token }: { readonly kind: LinkKind; readonly token: string },
): Promise<Link> {
  const row = await tx.maybe<Link>(sql`
    select id, email_index as index, request from app.sign_in_links where ${isLink(ctx, kind, token)}`);
  if (!row) throw spent();
  return row;
}

/**
 * Uses a link up: of any number who come with the same token one gets it, and it is gone, with every other link to the
 * address. Throws `link-expired` as `findLink` does. Destroy the keys with `forget` after the commit.
 */
export async function takeLink(
  ctx: Pick<IdentityCtx, 'keys' | 'clock' | 'random'>,
  tx: Tx,
  { kind, token }: { readonly kind: LinkKind; readonly token: string },
): Promise<Link & { readonly others: readonly Id[] }> {
  const row = await tx.maybe<Link>(sql`
    delete from app.sign_in_links where ${isLink(ctx, kind, token)}
    returning id, email_index as index, request`);
  if (!row) throw spent();
  const others = await tx.rows<{ id: Id }>(sql`
    delete from app.sign_in_links where organisation_id = ${instanceId} and email_index = ${row.index} returning id`);
  await record(ctx, tx, { organisation: instanceId, actor: 'system', action: 'link.used', object: `link:${row.id}` });
  return { ...row, others: others.map(({ id }) => id) };
}

/** Makes what was filled in for these links unreadable wherever it is. */
export async function forget(ctx: Pick<Ctx, 'keys'>, links: readonly Id[]): Promise<void> {
  for (const id of links) await ctx.keys.destroy(linkSubject(id));
}

/** What was filled in. Throws `link-expired` when it is no longer there. */
export async function askedIn(ctx: Pick<Ctx, 'keys'>, { id, request }: Omit<Link, 'index'>): Promise<Asked> {
  // Whoever was faster with the same link may have had its key destroyed already.
  const opened = await unsealKept(ctx, instanceId, placeOf(id), request);
  if (!opened) throw spent();
  return JSON.parse(opened.reveal()) as Asked;
}

/** The address of a link, as its page takes it: the token stands behind the `#` and so reaches no server and no log. */
export function linkUrl(origin: string, kind: LinkKind, token: string): string {
  return `${origin}/${kind}/link#${token}`;
}

export function tokenKindOf(kind: LinkKind): TokenKind {
  return kind === 'sign-in' ? 'sign-in-link' : 'sign-up-link';
}

function isLink(ctx: Pick<IdentityCtx, 'keys' | 'clock'>, kind: LinkKind, token: string) {
  return sql`organisation_id = ${instanceId} and kind = ${kind}
    and token_hash = ${tokenHash(ctx, tokenKindOf(kind), token)} and expires_at > ${iso(ctx.clock.now())}::timestamptz`;
}

/** Whoever does something about the same address at the same time waits until this transaction has ended. */
export async function holdAddress(tx: Tx, index: Buffer): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(${index.readBigInt64BE(0).toString()}::bigint)`);
}

function linkSubject(id: Id): KeySubject {
  return { organisation: instanceId, kind: 'account', id };
}

function placeOf(row: Id): Place {
  return { table: 'sign_in_links', row, column: 'request' };
}

function spent() {
  return problem(
    'link-expired',
    'This link was used, is older than half an hour, or is not whole. Ask for another one.',
  );
}
