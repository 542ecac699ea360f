import type { Ctx } from '#base';
import type { Sender } from '#edge';
import { addressHash } from '#safeguards/vault';
import type { Details } from './leaf.ts';

const mostAgent = 200;

/**
 * Where a request came from, as the audit log may keep it: a keyed hash of the address whose key dies after 90 days,
 * and what the program called itself. The country is for the request alone and is not kept (NET-05).
 */
export async function senderDetails(ctx: Pick<Ctx, 'keys'>, from: Sender): Promise<Details> {
  const agent = from.agent?.reveal().slice(0, mostAgent).toWellFormed();
  return { address: await addressHash(ctx, from.address), ...(agent !== undefined && { agent }) };
}
