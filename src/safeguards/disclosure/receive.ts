import { iso, newId, Personal, problem, sql, type Ctx, type Id, type Tx } from '#base';
import { instanceId, isAddress, organisation, writtenAddress } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { notify } from '#safeguards/notices';
import { profileOf } from '#safeguards/profiles';
import { sealer } from '#safeguards/vault';
import type { Week } from './business-day.ts';
import { acknowledgeBy, assessmentMs } from './clocks.ts';
import { newReceipt, receiptOfForm } from './receipt.ts';
import { contentOf, placeOf, reportSubject, type Written } from './report-row.ts';
import { operatorWeek } from './week.ts';

export type DisclosureCtx = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>;

/** What comes in. `contact` is a mail address, or empty. */
export type NewReport = Written & {
  readonly contact: Personal;
  readonly language: string;
  /** The form of the page that it was written on; a program has none. */
  readonly form?: string;
};

/** More than that in a day is no finding but a flood. */
const mostInADay = 200;
const dayMs = 24 * 60 * 60_000;

/**
 * Takes a report in: sealed, with its clocks, and the security contact told, in one transaction. The form of a page sent
 * twice is one report. Returns the receipt, which is kept nowhere. Throws `input-invalid` for a contact that no mail can
 * go to and for a form that is too old, and `rate-limited` for the 201st of a day.
 */
export async function receiveReport(ctx: DisclosureCtx, report: NewReport): Promise<string> {
  const contact = contactIn(report.contact);
  const receipt = report.form === undefined ? { ...newReceipt(ctx), once: null } : receiptOfForm(ctx, report.form);
  if (!receipt) throw invalid('/form', 'must be the form of a page of the last 24 hours: load it again and send it');
  const { hash, once } = receipt;
  const week = await operatorWeek(ctx);
  const id = newId(ctx);
  let isTaken = false;
  try {
    isTaken = await ctx.db.tenant(instanceId, (tx) => take(ctx, tx, { ...report, id, contact, once, hash, week }));
  } finally {
    // Its key is made before it is known that it is the same report again, or one too many.
    if (!isTaken) await ctx.keys.destroy(reportSubject(id));
  }
  return receipt.token;
}

type Incoming = Omit<NewReport, 'contact'> & {
  readonly id: Id;
  readonly contact: Personal | undefined;
  readonly hash: Buffer;
  readonly once: Buffer | null;
  readonly week: Week;
};

/** False when it is there already. */
async function take(ctx: DisclosureCtx, tx: Tx, report: Incoming): Promise<boolean> {
  const { id, title, details, contact, language, form, hash, once, week } = report;
  if (once && (await isKnown(tx, once))) return false;
  await refuseFlood(ctx, tx);
  const seals = await sealer(ctx, reportSubject(id));
  const content = seals(placeOf(id, 'content'), contentOf({ title, details }));
  const reach = contact ? seals(placeOf(id, 'contact'), contact) : null;
  const at = ctx.clock.now();
  const via = form === undefined ? 'program' : 'page';
  const made = await tx.run(sql`
    insert into app.vulnerability_reports (organisation_id, id, received_at, via, language, receipt_hash, once_hash,
      content, contact)
    values (${instanceId}, ${id}, ${iso(at)}, ${via}, ${language}, ${hash}, ${once}, ${content}, ${reach})
    on conflict do nothing`);
  if (made === 0) return false;
  await startClocks(ctx, tx, { id, at, week });
  const object = `report:${id}` as const;
  await record(ctx, tx, { organisation: instanceId, actor: 'system', action: 'report.received', object });
  return true;
}

async function isKnown(tx: Tx, once: Buffer): Promise<boolean> {
  const row = await tx.maybe(sql`
    select from app.vulnerability_reports where organisation_id = ${instanceId} and once_hash = ${once}`);
  return row !== undefined;
}

async function refuseFlood(ctx: DisclosureCtx, tx: Tx): Promise<void> {
  const { count } = await tx.one<{ count: number }>(sql`
    select count(*) as count from app.vulnerability_reports
    where organisation_id = ${instanceId} and received_at > ${iso(ctx.clock.now() - dayMs)}`);
  if (count >= mostInADay)
    throw problem('rate-limited', 'Too many reports came today. Write to the security contact instead.', {
      retryAfterMs: dayMs / 24,
    });
}

type Begun = { readonly id: Id; readonly at: number; readonly week: Week };

async function startClocks(ctx: DisclosureCtx, tx: Tx, { id, at, week }: Begun): Promise<void> {
  const { acknowledgement } = await profileOf(tx, instanceId);
  const by = acknowledgeBy(at, acknowledgement, week);
  await tx.run(sql`
    insert into app.report_clocks (organisation_id, report_id, what, from_at, due_at)
    values (${instanceId}, ${id}, 'acknowledgement', ${iso(at)}, ${iso(by)}),
      (${instanceId}, ${id}, 'assessment', ${iso(at)}, ${iso(at + assessmentMs)})`);
  await tellOperator(ctx, tx, { kind: 'report-received', report: id, until: minute(by) });
}

type ToOperator = Extract<
  Parameters<typeof notify>[2]['notice'],
  { kind: 'report-received' | 'report-due' | 'report-missed' }
>;

/** Writes to the security contact, where that is a mail address. */
export async function tellOperator(ctx: DisclosureCtx, tx: Tx, notice: ToOperator): Promise<void> {
  const [{ securityContact }, { language }] = [await profileOf(tx, instanceId), await organisation(tx, instanceId)];
  if (securityContact === null || !isAddress(securityContact)) return;
  await notify(ctx, tx, { organisation: instanceId, to: new Personal(securityContact), language, notice });
}

/** `2026-11-20 17:40 UTC` */
export function minute(at: number): string {
  return `${iso(at).slice(0, 16).replace('T', ' ')} UTC`;
}

function contactIn(contact: Personal): Personal | undefined {
  const written = writtenAddress(contact.reveal());
  if (written === '') return undefined;
  if (!isAddress(written)) throw invalid('/contact', 'must be one mail address, or empty');
  return new Personal(written);
}

function invalid(at: string, fix: string) {
  return problem('input-invalid', 'The report cannot be taken as it is.', { mistakes: [{ at, fix }] });
}
