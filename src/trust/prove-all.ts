import { join } from 'node:path';
import { loadCatalogue, loadOnce, problem, type Item } from '#base';
import { boasts } from './boasts.ts';
import type { Claim, Sentence, Verdict } from './claim.ts';
import { lookAt, type KeepCtx } from './look-at.ts';
import type { Means } from './means.ts';
import { prove } from './prove.ts';

/** Every claim, sorted by id: one file in `claims/` each. Throws when one of their sentences boasts. */
export function loadClaims(): Promise<readonly Item<Claim>[]> {
  return catalogue();
}

const catalogue = loadOnce(async () => {
  const claims = await loadCatalogue<Claim>(join(import.meta.dirname, 'claims'));
  const boasting = claims.filter(({ item }) => allWords(item).some((words) => boasts(words).length > 0));
  if (boasting.length === 0) return claims;
  throw new TypeError(`claims say more than they show: ${boasting.map(({ id }) => id).join(', ')}`);
});

/** Every sentence of a claim that is printed. */
export function sentencesOf(claim: Claim): readonly Sentence[] {
  switch (claim.kind) {
    case 'proven':
      return [claim.say, claim.how, claim.yourself];
    case 'process':
      return [claim.say, claim.how];
    case 'attested':
      return [claim.say, claim.otherwise];
    case 'declined':
      return [claim.say, claim.why];
    default:
      return claim.missing ? [claim.say, claim.missing] : [claim.say];
  }
}

function allWords(claim: Claim): readonly string[] {
  return sentencesOf(claim).flatMap((sentence) => Object.values(sentence));
}

/**
 * Proves the claims one after the other, `which` of them or all, with the owner's rights, and returns the
 * verdicts; keeps nothing, and knows nothing of before.
 * An id in `which` that is no claim is a `usage` problem.
 */
export async function proveAll(
  means: Means,
  options: { readonly which?: readonly string[] } = {},
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const claim of chosen(await loadClaims(), options.which)) verdicts.push(await prove(claim, means));
  return verdicts;
}

/**
 * The same, and keeps each verdict as evidence before it goes on, so that a scheduled look meanwhile knows what was seen:
 * at every start, with the owner's rights for structure, and on demand. Once `until` is aborted no further look begins.
 */
export async function proveAndKeep(
  ctx: KeepCtx,
  means: Means,
  { which, until }: { readonly which?: readonly string[]; readonly until?: AbortSignal } = {},
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const claim of chosen(await loadClaims(), which)) {
    if (until?.aborted) break;
    verdicts.push(await lookAt(ctx, means, claim));
  }
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
