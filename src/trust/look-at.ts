import type { Ctx, Item } from '#base';
import { listDocuments } from './attestations/documents.ts';
import type { Claim, Verdict } from './claim.ts';
import { keepEvidence, lastTry } from './evidence.ts';
import type { Means } from './means.ts';
import { prove, type Known } from './prove.ts';

export type KeepCtx = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys' | 'log'>;

/** What has to be known before the claim is looked at: of most claims nothing. */
async function knownOf(
  { keys }: Pick<Ctx, 'keys'>,
  { app: db, clock, structure }: Pick<Means, 'app' | 'clock' | 'structure'>,
  { id, item }: Item<Claim>,
): Promise<Known> {
  if (item.kind === 'attested') return { documents: await listDocuments({ db }) };
  const isRepeatable = item.kind !== 'proven' || item.counterexample.kind !== 'structure' || structure !== undefined;
  if (isRepeatable) return {};
  return { lastTry: await lastTry({ db, clock, keys }, id) };
}

/**
 * One look at one claim, on its cadence or on demand: proves it, keeps what a probe found as evidence, and writes a turn
 * of its status to the log. There is no other way to evidence.
 */
export async function lookAt(ctx: KeepCtx, means: Means, claim: Item<Claim>): Promise<Verdict> {
  const verdict = await prove(claim, means, await knownOf(ctx, means, claim));
  if (claim.item.kind !== 'proven' && claim.item.kind !== 'process') return verdict;
  const before = await keepEvidence(ctx, verdict);
  if (verdict.status !== before) tellTurn(ctx, verdict);
  return verdict;
}

function tellTurn({ log }: Pick<Ctx, 'log'>, { claim, status, checked }: Verdict): void {
  if (status === 'failing' || status === 'overdue') log('claim.failing', { claim, checked });
  if (status === 'proven') log('claim.proven', { claim, checked });
}
