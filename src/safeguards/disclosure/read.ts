import { iso, sql, type Ctx, type Id, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record, type Actor } from '#safeguards/audit';
import { unsealKept } from '#safeguards/vault';
import type { ClockName, Severity } from './clocks.ts';
import { receiptHash } from './receipt.ts';
import { placeOf, replyPlace, writtenIn } from './report-row.ts';

export const reasons = ['fixed', 'no-weakness', 'known', 'out-of-scope', 'unclear', 'unwanted'] as const;
export type Reason = (typeof reasons)[number];

/** One promise about one report. Times in milliseconds since the epoch. */
export type ReportClock = {
  readonly what: ClockName;
  readonly from: number;
  readonly due: number;
  readonly doneAt: number | null;
};

/** A report without its words. */
export type Report = {
  readonly id: Id;
  readonly receivedAt: number;
  readonly via: 'page' | 'program';
  readonly language: string;
  readonly severity: Severity | null;
  readonly closedAt: number | null;
  readonly reason: Reason | null;
  readonly clocks: readonly ReportClock[];
};

/** What the operator answered, in the clear: for whoever holds the receipt, and for the operator. */
export type Reply = { readonly at: number; readonly text: string };

export type OpenedReport = Report & {
  /** Null once its time is over. */
  readonly title: string | null;
  readonly details: string | null;
  readonly contact: string | null;
  readonly replies: readonly Reply[];
};

type Row = {
  readonly id: Id;
  readonly received_at: Date;
  readonly via: Report['via'];
  readonly language: string;
  readonly severity: Severity | null;
  readonly closed_at: Date | null;
  readonly reason: Reason | null;
  readonly content: Buffer | null;
  readonly contact: Buffer | null;
};

const columns = sql`id, received_at, via, language, severity, closed_at, reason, content, contact`;

/** The state of a report for whoever holds its receipt, with what was answered and without what was reported. */
export async function reportByReceipt(
  ctx: Pick<Ctx, 'db' | 'keys'>,
  token: string,
): Promise<(Report & { readonly replies: readonly Reply[] }) | undefined> {
  return ctx.db.tenant(instanceId, async (tx) => {
    const row = await tx.maybe<Row>(sql`
      select ${columns} from app.vulnerability_reports
      where organisation_id = ${instanceId} and receipt_hash = ${receiptHash(token)}`);
    if (!row) return undefined;
    return { ...(await reportOf(tx, row)), replies: await repliesTo(ctx, tx, row.id) };
  });
}

/** The newest reports, or those that are not closed yet; at most 200. */
export async function listReports({ db }: Pick<Ctx, 'db'>, { open = false } = {}): Promise<readonly Report[]> {
  return db.tenant(instanceId, async (tx) => {
    const rows = await tx.rows<Row>(sql`
      select ${columns} from app.vulnerability_reports
      where organisation_id = ${instanceId} ${open ? sql`and closed_at is null` : sql``}
      order by received_at desc, id desc limit 200`);
    const clocks = await clocksOf(
      tx,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => shaped(row, clocks.get(row.id) ?? []));
  });
}

/** All of one report, for whoever works on it; that it was read is written down. */
export async function openReport(
  ctx: Pick<Ctx, 'db' | 'keys' | 'clock' | 'random'>,
  { id, by }: { readonly id: Id; readonly by: Actor },
): Promise<OpenedReport | undefined> {
  return ctx.db.tenant(instanceId, async (tx) => {
    const row = await tx.maybe<Row>(sql`
      select ${columns} from app.vulnerability_reports where organisation_id = ${instanceId} and id = ${id}`);
    if (!row) return undefined;
    await record(ctx, tx, { organisation: instanceId, actor: by, action: 'read.reports', object: `report:${id}` });
    const content = await unsealKept(ctx, instanceId, placeOf(id, 'content'), row.content);
    const contact = await unsealKept(ctx, instanceId, placeOf(id, 'contact'), row.contact);
    const { title, details } = content ? writtenIn(content) : { title: null, details: null };
    return {
      ...(await reportOf(tx, row)),
      title,
      details,
      contact: contact?.reveal() ?? null,
      replies: await repliesTo(ctx, tx, id),
    };
  });
}

async function reportOf(tx: Tx, row: Row): Promise<Report> {
  return shaped(row, (await clocksOf(tx, [row.id])).get(row.id) ?? []);
}

function shaped(row: Row, clocks: readonly ReportClock[]): Report {
  const { id, via, language, severity, reason } = row;
  const closedAt = row.closed_at?.getTime() ?? null;
  return { id, receivedAt: row.received_at.getTime(), via, language, severity, closedAt, reason, clocks };
}

async function clocksOf(tx: Tx, ids: readonly Id[]): Promise<Map<Id, ReportClock[]>> {
  const rows = await tx.rows<{ report_id: Id; what: ClockName; from_at: Date; due_at: Date; done_at: Date | null }>(sql`
    select report_id, what, from_at, due_at, done_at from app.report_clocks
    where organisation_id = ${instanceId} and report_id = any (${[...ids]}::uuid[]) order by due_at, what`);
  return Map.groupBy(
    rows.map((row) => ({
      id: row.report_id,
      what: row.what,
      from: row.from_at.getTime(),
      due: row.due_at.getTime(),
      doneAt: row.done_at?.getTime() ?? null,
    })),
    ({ id }) => id,
  );
}

async function repliesTo(ctx: Pick<Ctx, 'keys'>, tx: Tx, report: Id): Promise<readonly Reply[]> {
  const rows = await tx.rows<{ id: Id; at: Date; content: Buffer }>(sql`
    select id, at, content from app.report_replies
    where organisation_id = ${instanceId} and report_id = ${report} order by at, id limit 100`);
  const opened = await Promise.all(
    rows.map(async ({ id, at, content }) => {
      const text = await unsealKept(ctx, instanceId, replyPlace(id), content);
      return text ? [{ at: at.getTime(), text: text.reveal() }] : [];
    }),
  );
  return opened.flat();
}

/** ISO 8601, or null. */
export function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
