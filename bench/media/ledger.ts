/** Sequence numbers from `first` to `last`, all of them. */
export type Span = { readonly first: number; readonly last: number };

/** What arrived, in the order it arrived. */
export type Ledger = {
  /** In ascending order, with gaps between them. */
  readonly spans: readonly Span[];
  /** Frames that came after a later one, or twice. */
  readonly disordered: number;
};

export function openLedger(): { add(seq: number): void; read(): Ledger } {
  const spans: { first: number; last: number }[] = [];
  let disordered = 0;
  return {
    add(seq) {
      const latest = spans.at(-1);
      if (latest && seq <= latest.last) disordered += 1;
      else if (latest && seq === latest.last + 1) latest.last = seq;
      else spans.push({ first: seq, last: seq });
    },
    read: () => ({ spans, disordered }),
  };
}

/** An answer as the stand-in model sent it. */
export type Answer = Span & {
  /** When the caller spoke over it, if so: its tail may be dropped on the way, nothing before. */
  readonly cutUs: number | undefined;
};

/** Playback was cleared, after that frame had come. */
export type Clear = { readonly atUs: number; readonly lastSeq: number };

/** What became of frames that were sent. `cut` were dropped from the end of an answer that was spoken over. */
export type Loss = { readonly lost: number; readonly cut: number };

/**
 * Frames of a call that the model never got. What was sent before the first one that arrived was sent while the
 * session was being set up and counts as nothing.
 */
export function lossUp(lastSent: number, { spans }: Ledger): number {
  const first = spans[0]?.first;
  if (first === undefined) return lastSent;
  return missingIn({ first, last: lastSent }, spans).reduce((sum, { first: from, last }) => sum + last - from + 1, 0);
}

/**
 * Frames of answers that the carrier never got, apart from the tails of those that were spoken over. `echoed` is what
 * the model had to send back: a frame that was lost on the way up is not lost again.
 */
export function lossDown(answers: readonly Answer[], echoed: Ledger, { spans }: Ledger): Loss {
  let lost = 0;
  let cut = 0;
  for (const answer of answers) {
    for (const gap of partsIn(answer, echoed.spans).flatMap((part) => missingIn(part, spans))) {
      const count = gap.last - gap.first + 1;
      if (answer.cutUs !== undefined && gap.last === answer.last) cut += count;
      else lost += count;
    }
  }
  return { lost, cut };
}

/** What followed from barge-ins. */
export type Reactions = {
  /** Milliseconds from each until playback was cleared. */
  readonly tookMs: readonly number[];
  /** Those after which nothing was cleared before the next one. */
  readonly missed: number;
  /** Frames of answers that came after these had been cleared: the caller hears what is no longer meant. */
  readonly stale: number;
};

export function reactions(answers: readonly Answer[], clears: readonly Clear[], { spans }: Ledger): Reactions {
  const tookMs: number[] = [];
  let missed = 0;
  let stale = 0;
  const cut = answers.flatMap(({ last, cutUs }) => (cutUs === undefined ? [] : [{ last, cutUs }]));
  for (const [at, { last, cutUs }] of cut.entries()) {
    const next = cut[at + 1]?.cutUs ?? Number.POSITIVE_INFINITY;
    const clear = clears.find(({ atUs }) => atUs >= cutUs && atUs < next);
    if (!clear) {
      missed += 1;
      continue;
    }
    tookMs.push((clear.atUs - cutUs) / 1e3);
    stale += partsIn({ first: clear.lastSeq + 1, last }, spans).reduce(
      (sum, part) => sum + part.last - part.first + 1,
      0,
    );
  }
  return { tookMs, missed, stale };
}

/** The parts of `whole` that the spans hold. */
function partsIn(whole: Span, spans: readonly Span[]): readonly Span[] {
  const shared = spans.map(({ first, last }) => ({
    first: Math.max(first, whole.first),
    last: Math.min(last, whole.last),
  }));
  return shared.filter(({ first, last }) => first <= last);
}

/** The parts of `wanted` that no span holds. */
function missingIn(wanted: Span, spans: readonly Span[]): readonly Span[] {
  const gaps: Span[] = [];
  let next = wanted.first;
  for (const { first, last } of spans) {
    if (last < next) continue;
    if (first > wanted.last) break;
    if (first > next) gaps.push({ first: next, last: first - 1 });
    next = last + 1;
  }
  if (next <= wanted.last) gaps.push({ first: next, last: wanted.last });
  return gaps;
}
