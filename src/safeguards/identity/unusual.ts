import { createHmac } from 'node:crypto';
import { sql, type Ctx, type Id, type Tx } from '#base';
import type { Sender } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { notify } from '#safeguards/notices';
import { identityOf, openedColumn } from './identities.ts';

/**
 * What kind of browser it is, for the row of a session. Somebody who is signed in elsewhere, and never with one of this
 * kind, is told by mail: it may not be them (ASVS 6.3.5). Where nothing is left to compare with nobody is told.
 */
export async function noticeAgent(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  identity: Id,
  from: Sender,
): Promise<Buffer> {
  const kind = kindOf(ctx, from);
  const { others, same } = await tx.one<{ others: number; same: number }>(sql`
    select count(*) as others, count(*) filter (where agent_kind = ${kind}) as same from app.sessions
    where organisation_id = ${instanceId} and identity_id = ${identity}`);
  if (others > 0 && same === 0) {
    const to = await openedColumn(ctx, tx, identity, 'email');
    const { language } = await identityOf(tx, identity);
    await notify(ctx, tx, { organisation: instanceId, to, language, notice: { kind: 'unusual-sign-in' } });
  }
  return kind;
}

/** Without its numbers, so that an update of the browser is not somebody else. */
function kindOf({ keys }: Pick<Ctx, 'keys'>, { agent }: Sender): Buffer {
  const words = agent?.reveal().replace(/[\d._]+/g, '') ?? '';
  return createHmac('sha256', keys.derive('session-agent')).update(words.slice(0, 200)).digest();
}
