import { errorWords, iso, isProblem, Outside, sql, type Ctx, type Id, type Reconciler } from '#base';
import type { Mailer } from '#adapters/mail';
import { sureTime, unseal } from '#safeguards/vault';
import { languages, type Languages } from './language.ts';
import { claim, close, postpone, settle, type Claimed, type Ref } from './mail-log.ts';
import { contentFrom, contentSubject, leadsNowhere, placeOf } from './mail-row.ts';
import { writeMail } from './write-mail.ts';

/** `db` is that of the jobs. */
export type SenderCtx = Pick<Ctx, 'clock' | 'keys' | 'log' | 'db' | 'config'> & {
  /** Public origin of this installation. */
  readonly publicUrl: () => string;
};

type Means = SenderCtx & { readonly mail: Mailer; readonly words: () => Promise<Languages> };

/** So many mails are handed over side by side. */
const atOnce = 5;

/**
 * Sends the mails that are due. One that fails is tried again after growing pauses until its time is over; one that
 * will never be taken is given up at once. Under a clock that is doubted none is too late or was kept for long enough. Its
 * content goes when it has gone, and the key of the content behind it. A mail may leave twice when the process dies between handing it
 * over and writing that down; it then has the same Message-ID both times.
 */
export function noticeSender(ctx: SenderCtx, mail: Mailer): Reconciler {
  let loaded: Promise<Languages> | undefined;
  const means = { ...ctx, mail, words: () => (loaded ??= languages()) };
  return {
    name: 'notice-sender',
    everyMs: 2_000,
    async run() {
      const due = await ctx.db.find<{ organisation_id: Id; id: Id }>(
        sql`select organisation_id, id from sec.mails_due(${iso(ctx.clock.now())}, ${iso(await sureTime(ctx))}, ${atOnce})`,
      );
      const did = await Promise.all(due.map((row) => attend(means, { organisation: row.organisation_id, id: row.id })));
      return did.filter(Boolean).length;
    },
  };
}

/** False when another process has it, or nothing could be written: the lease ends, and it is due again. */
async function attend(means: Means, ref: Ref): Promise<boolean> {
  try {
    const mail = await claim(means, ref);
    if (!mail) return false;
    if (mail.state === 'waiting') await deliver(means, mail);
    else await clearAway(means, mail);
    return true;
  } catch (error) {
    means.log('reconciler.failed', { name: 'notice-sender', mail: ref.id, ...errorWords(error) });
    return false;
  }
}

async function deliver(means: Means, mail: Claimed): Promise<void> {
  const { clock, log, mail: mailer } = means;
  if (mail.giveUpAt <= clock.now()) return giveUp(means, mail, 'too-late');
  const sent = await send(means, mail).catch((error: unknown) => failed(means, mail, error));
  if (!sent) return;
  const { vendor, keepMs } = mailer;
  const state = keepMs > 0 ? 'kept' : 'sent';
  await close(means, mail, { state, vendor, vendorId: sent.id, keepMs });
  log(`mail.${state}`, { mail: mail.id, kind: mail.kind, vendor, attempts: mail.attempts });
  if (keepMs === 0) await clearAway(means, mail);
}

async function send({ keys, mail: mailer, config, publicUrl, words }: Means, mail: Claimed) {
  const { organisation, id, recipient, content } = mail;
  const to = await unseal({ keys }, organisation, placeOf(id, 'recipient'), recipient);
  if (leadsNowhere(to)) throw new Nowhere();
  const said = contentFrom(await unseal({ keys }, organisation, placeOf(id, 'content'), content));
  const written = writeMail(await words(), said, publicUrl());
  if (!written) throw new ForeignLink();
  return mailer.send({ id, at: mail.createdAt, from: config.mailFrom ?? 'sotto@localhost', to, ...written });
}

/** A link that leads elsewhere than to this installation. */
class ForeignLink extends Error {}

/** The mailbox of a canary: there is none. */
class Nowhere extends Error {}

async function failed(means: Means, mail: Claimed, error: unknown): Promise<undefined> {
  const hopeless = whyHopeless(error);
  if (hopeless !== undefined) {
    await giveUp(means, mail, hopeless);
    return undefined;
  }
  const trouble = error instanceof Outside ? error.kind : isProblem(error) ? error.code : 'broken';
  await postpone(means, mail, trouble);
  const { log, mail: mailer } = means;
  log('mail.postponed', { mail: mail.id, kind: mail.kind, vendor: mailer.vendor, trouble, attempts: mail.attempts });
  if (trouble === 'broken') log('reconciler.failed', { name: 'notice-sender', mail: mail.id, ...errorWords(error) });
  return undefined;
}

function whyHopeless(error: unknown): string | undefined {
  if (error instanceof ForeignLink) return 'foreign-link';
  if (error instanceof Nowhere) return 'nowhere';
  if (error instanceof Outside && error.kind === 'refused') return 'refused';
  if (isProblem(error, 'content-erased') || isProblem(error, 'content-damaged')) return error.code;
  return undefined;
}

async function giveUp(means: Means, mail: Claimed, trouble: string): Promise<void> {
  const { vendor } = means.mail;
  await close(means, mail, { state: 'given-up', vendor, trouble });
  means.log('mail.given-up', { mail: mail.id, kind: mail.kind, vendor, trouble, attempts: mail.attempts });
  await clearAway(means, mail);
}

/** The key of the content dies after the content: a process that ends in between finds the mail due again. */
async function clearAway(means: Means, { organisation, id }: Ref): Promise<void> {
  await means.keys.destroy(contentSubject(organisation, id));
  await settle(means, { organisation, id });
}
