import { iso, Personal, sql, type Ctx, type Id, type Tx } from '#base';
import { record, type Actor } from '#safeguards/audit';
import { unseal } from '#safeguards/vault';
import { languages } from './language.ts';
import { contentFrom, leadsNowhere, placeOf } from './mail-row.ts';
import type { NoticeKind } from './notice.ts';
import { writeMail } from './write-mail.ts';

/** A mail that lies here to be read, because nothing sends mail. */
export type OutboxMail = {
  readonly id: Id;
  readonly at: number;
  readonly kind: NoticeKind;
  readonly to: Personal;
  readonly subject: string;
  readonly text: Personal;
};

type Wanted = {
  readonly organisation: Id;
  readonly by: Actor;
  /** Which mails, when not all; at most 100 are read. */
  readonly ids?: readonly Id[];
  readonly origin: string;
};

type Row = {
  readonly id: Id;
  readonly kind: NoticeKind;
  readonly recipient: Buffer;
  readonly content: Buffer;
  readonly created_at: Date;
};

/**
 * The mails of an organisation that can still be read here, newest first; none where mail is sent. That they were read
 * is written into the audit log.
 */
export async function readOutbox(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys' | 'config'>,
  tx: Tx,
  { organisation, by, ids, origin }: Wanted,
): Promise<readonly OutboxMail[]> {
  if (ctx.config.mail !== 'outbox') return [];
  const rows = await tx.rows<Row>(sql`
    select id, kind, recipient, content, created_at from app.mails
    where organisation_id = ${organisation} and content is not null and state in ('waiting', 'kept')
      and (${ids === undefined} or id = any (${ids ?? []}::uuid[]))
    order by created_at desc, id desc limit 100`);
  if (rows.length === 0) return [];
  const object = `organisation:${organisation}` as const;
  await record(ctx, tx, { organisation, actor: by, action: 'read.outbox', object, details: { mails: rows.length } });
  const words = await languages();
  const mails = rows.map(async ({ id, kind, recipient, content, created_at: at }) => {
    const to = await unseal(ctx, organisation, placeOf(id, 'recipient'), recipient);
    const said = contentFrom(await unseal(ctx, organisation, placeOf(id, 'content'), content));
    const link = 'url' in said.notice ? said.notice.url : origin;
    const { subject, text } = writeMail(words, said, link) ?? { subject: kind, text: '' };
    return { id, at: at.getTime(), kind, to, subject, text: new Personal(text) };
  });
  return Promise.all(mails);
}

/** How many are looked at: some are to canaries, and about to be thrown away. */
const mostRead = 100;

/** The newest mails of this installation as they would have arrived, for whoever has its machine before them. */
export async function newestMails(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys' | 'config' | 'db'>,
  { most, by, origin }: { readonly most: number; readonly by: Actor; readonly origin: string },
): Promise<readonly { readonly at: string; readonly to: string; readonly subject: string; readonly text: string }[]> {
  const found = await ctx.db.find<{ organisation_id: Id; id: Id }>(
    sql`select organisation_id, id from sec.mails_newest(${mostRead})`,
  );
  const mails: OutboxMail[] = [];
  for (const [organisation, rows] of Map.groupBy(found, (row) => row.organisation_id)) {
    const ids = rows.map(({ id }) => id);
    mails.push(...(await ctx.db.tenant(organisation, (tx) => readOutbox(ctx, tx, { organisation, by, ids, origin }))));
  }
  return mails
    .filter(({ to }) => !leadsNowhere(to))
    .toSorted((a, b) => b.at - a.at)
    .slice(0, most)
    .map(({ at, to, subject, text }) => ({ at: iso(at), to: to.reveal(), subject, text: text.reveal() }));
}
