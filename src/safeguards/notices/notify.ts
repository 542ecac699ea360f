import { iso, newId, sql, type Ctx, type Id, type Personal, type Tx } from '#base';
import { seal } from '#safeguards/vault';
import { contentOf, contentSubject, placeOf, recipientSubject } from './mail-row.ts';
import type { Notice } from './notice.ts';

type NewNotice = {
  /** Whose row it is: the instance organisation for what is about a person as such. */
  readonly organisation: Id;
  /** One mail address. */
  readonly to: Personal;
  /** BCP 47; a language that we do not write falls back to English. */
  readonly language: string;
  readonly notice: Notice;
};

/** Nobody waits for a mail longer than that, and a link not beyond its own life. */
const longestMs = 24 * 60 * 60_000;
/** What people have to be told before something may happen is tried for longer: it does not happen meanwhile. */
const announcementMs = 7 * longestMs;

/**
 * Writes one mail into the outbox, in the transaction of what it tells about: neither exists without the other.
 * Recipient and content are sealed under keys of their own. Sending is the business of `noticeSender`. Returns the mail's
 * id.
 */
export async function notify(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  { organisation, to, language, notice }: NewNotice,
): Promise<Id> {
  const id = newId(ctx);
  const now = ctx.clock.now();
  const recipient = await seal(ctx, recipientSubject(organisation, id), placeOf(id, 'recipient'), to);
  const content = await seal(
    ctx,
    contentSubject(organisation, id),
    placeOf(id, 'content'),
    contentOf(language, notice),
  );
  await tx.run(sql`
    insert into app.mails (organisation_id, id, kind, state, recipient, content, created_at, due_at, give_up_at)
    values (${organisation}, ${id}, ${notice.kind}, 'waiting', ${recipient}, ${content}, ${iso(now)}, ${iso(now)},
      ${iso(now + patience(notice))})`);
  return id;
}

function patience(notice: Notice): number {
  if (notice.kind.startsWith('processor-')) return announcementMs;
  const isLink = notice.kind === 'sign-in-link' || notice.kind === 'sign-up-link';
  return isLink ? Math.min(longestMs, notice.minutes * 60_000) : longestMs;
}
