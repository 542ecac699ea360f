import { errorWords, type Item } from '#base';
import type { Claim } from './claim.ts';
import { latestEvidence } from './evidence.ts';
import { lookAt, type KeepCtx } from './look-at.ts';
import type { Means } from './means.ts';
import { loadClaims } from './prove-all.ts';
import { startRounds, type Round } from './rounds.ts';

export type Schedule = {
  /** Resolves once every claim is waiting for its first look. */
  readonly ready: Promise<void>;
  /** Resolves when the looks under way have ended. */
  stop(): Promise<void>;
};

/** Looks at every claim on its own cadence, as `startRounds` has it, and keeps the evidence. */
export function scheduleProofs(
  ctx: KeepCtx,
  means: Means,
  catalogue: Promise<readonly Item<Claim>[]> = loadClaims(),
): Schedule {
  const rounds = catalogue
    .then(async (claims) => roundsOf(claims, await tookLast(ctx)))
    .catch((error: unknown) => (logFailure(ctx, error), []));
  const stopped = new AbortController();
  const started = rounds.then((all) =>
    startRounds(ctx, stopped.signal.aborted ? [] : all, (claim) => tryLook(ctx, means, claim)),
  );
  return {
    ready: started.then(() => {}),
    async stop() {
      stopped.abort();
      await (await started).stop();
    },
  };
}

/** Milliseconds between two looks; undefined when there is nothing to look at. */
export function cadence(claim: Claim): number | undefined {
  return claim.kind === 'proven' || claim.kind === 'process' ? claim.every : undefined;
}

function roundsOf(claims: readonly Item<Claim>[], took: ReadonlyMap<string, number>): readonly Round<Item<Claim>>[] {
  return claims.flatMap((claim) => {
    const every = cadence(claim.item);
    return every === undefined ? [] : [{ id: claim.id, what: claim, every, tookMs: took.get(claim.id) ?? 0 }];
  });
}

/** What the last looks took, those of an earlier process too; nothing when that cannot be read now. */
async function tookLast(ctx: KeepCtx): Promise<ReadonlyMap<string, number>> {
  const evidence = await latestEvidence(ctx).catch(() => []);
  return new Map(evidence.map(({ claim, tookMs }) => [claim, tookMs]));
}

/** The end of the line for errors: a look that could not be kept is logged, and the next one comes. */
async function tryLook(ctx: KeepCtx, means: Means, claim: Item<Claim>): Promise<void> {
  try {
    await lookAt(ctx, means, claim);
  } catch (error) {
    logFailure(ctx, error, claim.id);
  }
}

function logFailure({ log }: Pick<KeepCtx, 'log'>, error: unknown, claim?: string): void {
  log('reconciler.failed', { reconciler: 'prove', claim, ...errorWords(error) });
}
