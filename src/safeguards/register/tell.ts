import { iso, sql, type Ctx, type Id, type Personal, type Tx } from '#base';
import { instanceId, organisation as loadOrganisation, ownerAddresses } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { notify, type Notice, type NoticedProcessor } from '#safeguards/notices';
import { profileOf } from '#safeguards/profiles';
import { blindIndex } from '#safeguards/vault';
import type { Entry } from './entry.ts';
import { affectedUntil } from './observe.ts';
import { confirmedSubscribers } from './subscribers.ts';
import type { Use } from './uses.ts';

/** `db` is that of the jobs. */
export type TellCtx = Pick<Ctx, 'clock' | 'random' | 'keys' | 'db' | 'log' | 'config'> & {
  readonly publicUrl: () => string;
};

export type NoticeKind = 'coming' | 'urgent' | 'withdrawn';

/** What was agreed where nobody agreed on anything else. */
const usualDays = 10;

/** Which mails a use calls for as it stands. */
export function noticesFor({ why, urgentAt, withdrawnAt }: Use): readonly NoticeKind[] {
  if (withdrawnAt !== null) return why === 'told' || urgentAt !== null ? ['withdrawn'] : [];
  if (urgentAt !== null) return ['urgent'];
  return why === 'told' ? ['coming'] : [];
}

/**
 * Writes the mails about a use that have not been written: to owners and administrators of every organisation affected,
 * and to those who subscribed. Each organisation in a transaction of its own, so what breaks off is gone on with.
 */
export async function announce(ctx: TellCtx, use: Use, entry: Entry): Promise<number> {
  const affected = await ctx.db.tenant(instanceId, (tx) => affectedUntil(tx, use.foundAt));
  const written = await ctx.db.find<{ organisation_id: Id; kind: NoticeKind }>(
    sql`select organisation_id, kind from sec.register_untold(${use.id})`,
  );
  const has = (organisation: Id, kind: NoticeKind) =>
    written.some((one) => one.organisation_id === organisation && one.kind === kind);
  let did = 0;
  for (const kind of noticesFor(use)) {
    for (const organisation of [...affected.map(({ id }) => id), instanceId]) {
      if (has(organisation, kind)) continue;
      did += await ctx.db.tenant(organisation, (tx) => write(ctx, tx, { organisation, use, entry, kind }));
    }
  }
  return did;
}

type Writing = { readonly organisation: Id; readonly use: Use; readonly entry: Entry; readonly kind: NoticeKind };

/** 0 when another process has written them. */
async function write(ctx: TellCtx, tx: Tx, { organisation, use, entry, kind }: Writing): Promise<number> {
  const now = iso(ctx.clock.now());
  const days = await daysOf(tx, organisation);
  const began = await tx.run(sql`
    insert into app.register_notices (organisation_id, use_id, kind, days, written_at, recipients)
    values (${organisation}, ${use.id}, ${kind}, ${days}, ${now}, 0) on conflict do nothing`);
  if (began === 0) return 0;
  const recipients =
    organisation === instanceId ? await confirmedSubscribers(ctx, tx) : await peopleOf(ctx, tx, organisation);
  for (const { to, language, url } of recipients) {
    const notice = noticeOf({ use, entry, kind }, { language, url: url ?? pageOf(ctx), days, isCustomer: !url });
    const mail = await notify(ctx, tx, { organisation, to, language, notice });
    const recipient = await blindIndex(
      ctx,
      organisation,
      'email',
      to.map((text) => text.toLowerCase()),
    );
    await tx.run(sql`
      insert into app.register_mails (organisation_id, mail_id, use_id, kind, recipient, written_at, state)
      values (${organisation}, ${mail}, ${use.id}, ${kind}, ${recipient}, ${now}, 'waiting')`);
  }
  const told = recipients.length === 0 ? sql`, told_at = ${now}, told_by = 'nobody'` : sql``;
  await tx.run(sql`
    update app.register_notices set recipients = ${recipients.length} ${told}
    where organisation_id = ${organisation} and use_id = ${use.id} and kind = ${kind}`);
  const details = { processor: use.processor, kind, days, recipients: recipients.length };
  const object = `processor-use:${use.id}` as const;
  await record(ctx, tx, { organisation, actor: 'system', action: 'processor.announced', object, details });
  return 1;
}

/** As agreed with the organisation; the instance itself waits for nobody. */
async function daysOf(tx: Tx, organisation: Id): Promise<number> {
  if (organisation === instanceId) return 0;
  const { version, noticeDays } = await profileOf(tx, organisation);
  return version === 0 ? usualDays : noticeDays;
}

type Recipient = { readonly to: Personal; readonly language: string; readonly url?: string };

async function peopleOf(ctx: TellCtx, tx: Tx, organisation: Id): Promise<readonly Recipient[]> {
  const { language } = await loadOrganisation(tx, organisation);
  const addresses = await ownerAddresses(ctx, tx, organisation, ['owner', 'admin']);
  return addresses.map((to) => ({ to, language }));
}

function pageOf({ publicUrl }: TellCtx): string {
  return `${publicUrl()}/trust/processors`;
}

type Reader = {
  readonly language: string;
  readonly url: string;
  readonly days: number;
  readonly isCustomer: boolean;
};

function noticeOf(
  { use, entry, kind }: Omit<Writing, 'organisation'>,
  { language, url, days, isCustomer }: Reader,
): Notice {
  const processor = inWordsOf(entry, language);
  const to = isCustomer ? 'customer' : 'subscriber';
  if (kind === 'coming') return { kind: 'processor-coming', processor, days, to, url };
  const reason = (kind === 'urgent' ? use.urgentReason : use.withdrawReason) ?? '';
  return { kind: kind === 'urgent' ? 'processor-urgent' : 'processor-withdrawn', processor, reason, to, url };
}

/** In the language of the mail, which is English where there is no other. */
function inWordsOf({ name, words }: Entry, tag: string): NoticedProcessor {
  const primary = tag.toLowerCase().split('-')[0] ?? '';
  const { purpose, data, region } = Object.entries(words).find(([language]) => language === primary)?.[1] ?? words.en;
  return { name, purpose, data, region };
}
