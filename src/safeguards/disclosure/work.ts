import { iso, newId, problem, sql, type Id, type Tx } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record, type Action, type Actor } from '#safeguards/audit';
import { notify, type Notice } from '#safeguards/notices';
import { seal, unsealKept } from '#safeguards/vault';
import { fixMs, wantsFix, type ClockName, type Severity } from './clocks.ts';
import { type Reason } from './read.ts';
import type { DisclosureCtx } from './receive.ts';
import { placeOf, replyPlace, reportSubject } from './report-row.ts';

/** What the operator does with a report. Each is an audit entry, stops its clock, and whoever reported it is told. */
export type Step =
  | { readonly do: 'acknowledge' }
  | { readonly do: 'assess'; readonly severity: Severity }
  | { readonly do: 'fixed' }
  | { readonly do: 'close'; readonly reason: Reason }
  | { readonly do: 'reply'; readonly text: string };

type Working = { readonly id: Id; readonly by: Actor; readonly step: Step };

const actionOf = {
  acknowledge: 'report.acknowledged',
  assess: 'report.assessed',
  fixed: 'report.fixed',
  close: 'report.closed',
  reply: 'report.answered',
} as const satisfies Readonly<Record<Step['do'], Action>>;

/**
 * Goes one step with a report. A later step is the earlier ones as well: what is assessed has been acknowledged. Done
 * twice it is done once, except for replies. Throws `not-found`, and `report-closed` for one that is closed; a reply may
 * follow all the same.
 */
export async function workOnReport(ctx: DisclosureCtx, { id, by, step }: Working): Promise<void> {
  await ctx.db.tenant(instanceId, async (tx) => {
    const report = await hold(tx, id);
    if (report.closed_at !== null && step.do !== 'reply')
      throw problem('report-closed', 'The report is closed; a reply can still be written.');
    // What is written has ended with it and nobody would end this.
    if (report.ended_at !== null)
      throw problem('report-closed', 'The report was closed so long ago that nothing written of it is kept.');
    const changed = await take(ctx, tx, id, step);
    if (!changed) return;
    const details =
      step.do === 'assess' ? { severity: step.severity } : step.do === 'close' ? { reason: step.reason } : undefined;
    const object = `report:${id}` as const;
    await record(ctx, tx, { organisation: instanceId, actor: by, action: actionOf[step.do], object, details });
    await tellReporter(ctx, tx, report, step);
  });
}

type Held = {
  readonly id: Id;
  readonly language: string;
  readonly contact: Buffer | null;
  readonly closed_at: Date | null;
  readonly ended_at: Date | null;
};

async function hold(tx: Tx, id: Id): Promise<Held> {
  const row = await tx.maybe<Held>(sql`
    select id, language, contact, closed_at, ended_at from app.vulnerability_reports
    where organisation_id = ${instanceId} and id = ${id} for update`);
  if (!row || (row.ended_at !== null && row.closed_at === null)) throw problem('not-found', 'There is no such report.');
  return row;
}

/** Returns whether anything is other than before. */
async function take(ctx: DisclosureCtx, tx: Tx, id: Id, step: Step): Promise<boolean> {
  const stop = (...which: readonly ClockName[]) => stopClocks(ctx, tx, id, which);
  switch (step.do) {
    case 'acknowledge':
      return (await stop('acknowledgement')) > 0;
    case 'assess':
      await stop('acknowledgement', 'assessment');
      return assess(ctx, tx, id, step.severity);
    case 'fixed':
      return (await stop('acknowledgement', 'assessment', 'fix')) > 0;
    case 'close':
      await stop('acknowledgement', 'assessment', 'fix');
      return (
        (await tx.run(sql`
          update app.vulnerability_reports set closed_at = ${iso(ctx.clock.now())}, reason = ${step.reason}
          where organisation_id = ${instanceId} and id = ${id} and closed_at is null`)) > 0
      );
    case 'reply':
      await stop('acknowledgement');
      return answer(ctx, tx, id, step.text);
  }
}

function stopClocks(ctx: DisclosureCtx, tx: Tx, id: Id, which: readonly ClockName[]): Promise<number> {
  return tx.run(sql`
    update app.report_clocks set done_at = ${iso(ctx.clock.now())}
    where organisation_id = ${instanceId} and report_id = ${id} and what = any (${[...which]}) and done_at is null`);
}

/** Severity can be looked at again; the time for a fix that runs already is not lengthened by that. */
async function assess(ctx: DisclosureCtx, tx: Tx, id: Id, severity: Severity): Promise<boolean> {
  const changed = await tx.run(sql`
    update app.vulnerability_reports set severity = ${severity}
    where organisation_id = ${instanceId} and id = ${id} and severity is distinct from ${severity}`);
  const now = ctx.clock.now();
  await tx.run(
    wantsFix(severity)
      ? sql`
        insert into app.report_clocks (organisation_id, report_id, what, from_at, due_at)
        values (${instanceId}, ${id}, 'fix', ${iso(now)}, ${iso(now + fixMs)}) on conflict do nothing`
      : sql`
        delete from app.report_clocks
        where organisation_id = ${instanceId} and report_id = ${id} and what = 'fix' and done_at is null
          and due_at > ${iso(now)}`,
  );
  return changed > 0;
}

async function answer(ctx: DisclosureCtx, tx: Tx, report: Id, text: string): Promise<boolean> {
  const id = newId(ctx);
  const content = await seal(ctx, reportSubject(report), replyPlace(id), text);
  await tx.run(sql`
    insert into app.report_replies (organisation_id, id, report_id, at, content)
    values (${instanceId}, ${id}, ${report}, ${iso(ctx.clock.now())}, ${content})`);
  return true;
}

const told = {
  acknowledge: 'acknowledged',
  assess: 'assessed',
  fixed: 'fixed',
  close: 'closed',
  reply: 'answered',
} as const satisfies Readonly<Record<Step['do'], Extract<Notice, { kind: 'report-step' }>['step']>>;

async function tellReporter(ctx: DisclosureCtx, tx: Tx, report: Held, step: Step): Promise<void> {
  const to = await unsealKept(ctx, instanceId, placeOf(report.id, 'contact'), report.contact);
  if (!to) return;
  const notice = { kind: 'report-step', step: told[step.do] } as const;
  await notify(ctx, tx, { organisation: instanceId, to, language: report.language, notice });
}
