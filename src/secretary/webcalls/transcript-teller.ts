import type { CallRef } from '#secretary/calls';
import { readTranscript } from '#secretary/calls';
import type { Ctx } from '#base';
import type { EntryTold } from './messages.ts';

/** Tells what has changed in a call's transcript, whenever it is asked to look. */
export type TranscriptTeller = {
  look(): void;
  /** Resolves when every look that was asked for has been taken. */
  settled(): Promise<void>;
};

/** One look at a time; any number that are asked for meanwhile make one more. */
export function openTranscriptTeller(
  ctx: Pick<Ctx, 'db' | 'keys'>,
  ref: CallRef,
  tell: (entries: readonly EntryTold[]) => void,
): TranscriptTeller {
  const known = new Map<number, string>();
  let isWanted = false;
  let working: Promise<void> | undefined;

  async function lookOnce(): Promise<void> {
    const read = await ctx.db.tenant(ref.organisation, (tx) => readTranscript(ctx, tx, ref));
    const entries = read.map(({ seq, at, speaker, kind, meant, heard }): EntryTold => ({
      seq,
      at,
      speaker,
      kind,
      meant: meant?.reveal() ?? null,
      heard: heard?.reveal() ?? null,
    }));
    const fresh = entries.filter((one) => known.get(one.seq) !== JSON.stringify(one));
    for (const one of fresh) known.set(one.seq, JSON.stringify(one));
    if (fresh.length > 0) tell(fresh);
  }

  async function work(): Promise<void> {
    while (isWanted) {
      isWanted = false;
      // A database that is away shows nothing; the next step looks again.
      await lookOnce().catch(() => {});
    }
    working = undefined;
  }

  return {
    look() {
      isWanted = true;
      working ??= work();
    },
    settled: () => working ?? Promise.resolve(),
  };
}
