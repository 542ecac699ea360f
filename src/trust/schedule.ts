import { errorWords, type Cancel, type Ctx, type Item, type Random } from '#base';
import type { Claim } from './claim.ts';
import { keepEvidence } from './evidence.ts';
import type { Means } from './means.ts';
import { loadClaims, proveEach } from './prove-all.ts';

/** Within this time of the start, in milliseconds, every claim has its first look. */
const firstLooksMs = 10_000;

/**
 * Looks at every claim on its own cadence, one at a time, and keeps the evidence. The waits vary a little
 * (between four fifths of the cadence and the whole) so that looks spread out and can never grow stale by drift.
 */
export function scheduleProofs(
  ctx: Pick<Ctx, 'db' | 'clock' | 'random' | 'keys' | 'log'>,
  means: Means,
  catalogue: Promise<readonly Item<Claim>[]> = loadClaims(),
): { /** Resolves when the look under way has ended. */ stop(): Promise<void> } {
  const waiting = new Map<string, Cancel>();
  let stopped = false;
  let tail: Promise<void> = catalogue.then((claims) => {
    for (const claim of claims) wait(claim, share(ctx.random) * firstLooksMs);
  });

  function wait(claim: Item<Claim>, waitMs: number): void {
    const every = cadence(claim.item);
    if (stopped || every === undefined) return;
    const due = () => {
      tail = tail.then(() => (stopped ? undefined : look(ctx, means, claim)));
      wait(claim, every * (0.8 + 0.2 * share(ctx.random)));
    };
    waiting.set(claim.id, ctx.clock.after(waitMs, due));
  }

  return {
    stop() {
      stopped = true;
      for (const cancel of waiting.values()) cancel();
      return tail;
    },
  };
}

/** Milliseconds between two looks; undefined when there is nothing to look at. */
export function cadence(claim: Claim): number | undefined {
  return claim.kind === 'proven' || claim.kind === 'process' ? claim.every : undefined;
}

/** The end of the line for errors: a look that could not be kept is logged, and the next one comes. */
async function look(
  ctx: Pick<Ctx, 'db' | 'clock' | 'random' | 'keys' | 'log'>,
  means: Means,
  claim: Item<Claim>,
): Promise<void> {
  try {
    for (const verdict of await proveEach([claim], means)) {
      const before = await keepEvidence(ctx, verdict);
      if (verdict.status === before) continue;
      if (verdict.status === 'failing') ctx.log('claim.failing', { claim: claim.id, checked: verdict.checked });
      if (verdict.status === 'proven') ctx.log('claim.proven', { claim: claim.id, checked: verdict.checked });
    }
  } catch (error) {
    ctx.log('reconciler.failed', { reconciler: 'prove', claim: claim.id, ...errorWords(error) });
  }
}

/** A number between 0 and 1. */
function share(random: Random): number {
  return random.bytes(4).readUInt32BE() / 2 ** 32;
}
