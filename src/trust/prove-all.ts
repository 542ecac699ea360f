import { join } from 'node:path';
import { loadCatalogue, problem, type Item } from '#base';
import type { Claim, Verdict } from './claim.ts';
import { keepEvidence, latestEvidence } from './evidence.ts';
import type { Means } from './means.ts';
import { prove } from './prove.ts';

/** Every claim, sorted by id: one file in `claims/` each. */
export function loadClaims(): Promise<readonly Item<Claim>[]> {
  return loadCatalogue<Claim>(join(import.meta.dirname, 'claims'));
}

/**
 * Proves the claims one after the other, `which` of them or all, and returns the verdicts; keeps nothing.
 * An id in `which` that is no claim is a `usage` problem.
 */
export async function proveAll(
  means: Means,
  options: { readonly which?: readonly string[] } = {},
): Promise<readonly Verdict[]> {
  return proveEach(chosen(await loadClaims(), options.which), means);
}

/**
 * The same, and keeps each verdict as evidence before it goes on, so that a scheduled look meanwhile knows what was seen:
 * at every start, with the owner's rights for structure, and on demand.
 */
export async function proveAndKeep(
  ctx: Parameters<typeof keepEvidence>[0],
  means: Means,
  options: { readonly which?: readonly string[] } = {},
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const claim of chosen(await loadClaims(), options.which)) {
    const proven = await proveEach([claim], means);
    const judged = proven.filter(({ status }) => status !== 'not-claimed' && status !== 'roadmap');
    for (const verdict of judged) await keepEvidence(ctx, verdict);
    verdicts.push(...proven);
  }
  return verdicts;
}

/** Proves claims that are at hand. */
export async function proveEach(claims: readonly Item<Claim>[], means: Means): Promise<readonly Verdict[]> {
  const evidence = await latestEvidence({ db: means.app, clock: means.clock });
  const seenRed = new Map(evidence.map((one) => [one.claim, one.seenRedAt]));
  const verdicts: Verdict[] = [];
  for (const claim of claims) verdicts.push(await prove(claim, means, seenRed.get(claim.id)));
  return verdicts;
}

function chosen(claims: readonly Item<Claim>[], which: readonly string[] | undefined): readonly Item<Claim>[] {
  if (which === undefined || which.length === 0) return claims;
  const unknown = which.filter((id) => !claims.some((claim) => claim.id === id));
  if (unknown.length > 0) {
    throw problem(
      'usage',
      `No such claim: ${unknown.join(', ')}. There are: ${claims.map(({ id }) => id).join(', ')}.`,
    );
  }
  return claims.filter(({ id }) => which.includes(id));
}
