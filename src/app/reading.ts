import type { Ctx, Tx } from '#base';
import type { Sender, Who } from '#edge';
import { record, senderDetails, type Action, type AuditObject } from '#safeguards/audit';

export type Reading = {
  readonly who: Who;
  readonly from: Sender;
  readonly action: Action;
  /** What is looked at; without it the organisation. */
  readonly object?: AuditObject;
};

/** Looks at something as the organisation of whoever asks. That they did is in the audit log, in the same transaction. */
export async function reading<T>(
  ctx: Pick<Ctx, 'db' | 'keys' | 'clock' | 'random'>,
  { who: { organisation, actor }, from, action, object = `organisation:${organisation}` }: Reading,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const details = await senderDetails(ctx, from);
  return ctx.db.tenant(organisation, async (tx) => {
    await record(ctx, tx, { organisation, actor, action, object, details });
    return work(tx);
  });
}
