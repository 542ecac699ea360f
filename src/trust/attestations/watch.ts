import { iso, sql, type Reconciler } from '#base';
import { instanceId, organisation as loadOrganisation } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { notify } from '#safeguards/notices';
import { operatorOf, recipientsOf, securityMail, type AlarmCtx } from '../claim-alarm.ts';
import { listDocuments, type TrustDocument } from './documents.ts';

const day = 86_400_000;

/** It is told so many days before the last one, and once it is over. */
const steps = [30, 7, 0] as const;

/** Tells those whom `claimAlarm` tells of documents that run out soon, or did, so that a new one can be asked for in time. */
export function documentWatch(ctx: AlarmCtx): Reconciler {
  return {
    name: 'document-watch',
    everyMs: 60 * 60_000,
    async run() {
      const operator = await operatorOf(ctx);
      const due = await dueNow(ctx);
      if (due.length === 0) return 0;
      const contact = await securityMail(ctx);
      const isTold = await ctx.db.tenant(operator, async (tx) => {
        const recipients = await recipientsOf(ctx, tx, { operator, contact });
        const { language } = await loadOrganisation(tx, operator);
        const documents = due.map(({ title, issuer, untilOn }) => ({ title, issuer, until: untilOn }));
        const url = new URL('/trust', ctx.publicUrl()).href;
        for (const to of recipients) {
          await notify(ctx, tx, {
            organisation: operator,
            to,
            language,
            notice: { kind: 'documents-ending', documents, url },
          });
        }
        return recipients.length > 0;
      });
      // A process that dies in between tells it once more: better than never.
      if (isTold) await remember(ctx, due);
      return isTold ? due.length : 0;
    },
  };
}

type Due = TrustDocument & { readonly step: number };

/** Those for which a step has come that nobody was told of. */
async function dueNow(ctx: AlarmCtx): Promise<readonly Due[]> {
  const told = await ctx.db.tenant(instanceId, (tx) =>
    tx.rows<{ id: string; told_days: number }>(sql`
      select id, told_days from app.attestations
      where organisation_id = ${instanceId} and removed_at is null and told_days is not null`),
  );
  const last = new Map(told.map(({ id, told_days: days }) => [id, days]));
  const documents = await listDocuments(ctx);
  return documents.flatMap((one) => {
    const step = stepOf(one, ctx.clock.now());
    return step === undefined || step >= (last.get(one.id) ?? Infinity) ? [] : [{ ...one, step }];
  });
}

/** The last step that has come, in days before the end; undefined while none has. */
export function stepOf({ untilOn }: Pick<TrustDocument, 'untilOn'>, now: number): number | undefined {
  const over = Date.parse(`${untilOn}T00:00:00.000Z`) + day;
  return steps.findLast((days) => now >= over - days * day);
}

async function remember(ctx: AlarmCtx, due: readonly Due[]): Promise<void> {
  await ctx.db.tenant(instanceId, async (tx) => {
    for (const { id, step } of due) {
      await tx.run(sql`
        update app.attestations set told_days = ${step} where organisation_id = ${instanceId} and id = ${id}`);
      const object = `attestation:${id}` as const;
      const details = { days: step, at: iso(ctx.clock.now()) };
      await record(ctx, tx, { organisation: instanceId, actor: 'system', action: 'attestation.told', object, details });
    }
  });
}
