/** From when until when a process saw the same. Milliseconds since the epoch. */
export type Span = {
  readonly state: 'up' | 'down';
  readonly from: number;
  readonly until: number;
  /** The process was asked to stop then. */
  readonly isPlanned: boolean;
};

/** How a stretch of time was. `gap`: nobody measured, so nothing ran; `planned`: the same after a stop that was asked for. */
export type How = 'up' | 'down' | 'gap' | 'planned';

export type Stretch = { readonly how: How; readonly from: number; readonly until: number };

/**
 * How the time between two instants was, in order and without holes. It is up where some process saw it answer and none
 * saw that it did not. The way from one look to another that found something else counts as down.
 */
export function stretches(spans: readonly Span[], from: number, until: number): readonly Stretch[] {
  const begins = Map.groupBy(spans, (span) => span.from);
  const ends = Map.groupBy(spans, (span) => span.until);
  const edges = [...new Set([from, until, ...begins.keys(), ...ends.keys()])].toSorted((a, b) => a - b);
  const seen = watcher();
  const found: Stretch[] = [];
  for (const [index, at] of edges.entries()) {
    for (const span of begins.get(at) ?? []) seen.begin(span);
    for (const span of ends.get(at) ?? []) seen.end(span);
    const next = edges[index + 1];
    if (at < from || next === undefined || at >= until) continue;
    const how = seen.how((begins.get(next) ?? []).some(isDown));
    const last = found.at(-1);
    if (last?.how === how) found[found.length - 1] = { ...last, until: next };
    else found.push({ how, from: at, until: next });
  }
  return found;
}

/** Goes along the edges and knows what is seen there, and what was seen last. */
function watcher() {
  const over = { up: 0, down: 0, planned: 0 };
  let last: Span | undefined;
  const kind = (span: Span) => (isDown(span) && span.isPlanned ? 'planned' : span.state);
  return {
    begin(span: Span) {
      over[kind(span)] += 1;
    },
    end(span: Span) {
      over[kind(span)] -= 1;
      last = span;
    },
    /** `isDownNext`: the look at the end of this stretch finds it down. */
    how(isDownNext: boolean): How {
      if (over.down > 0) return 'down';
      if (over.planned > 0) return 'planned';
      if (over.up > 0) return 'up';
      if (last?.isPlanned) return 'planned';
      return isDownNext || (last && isDown(last)) ? 'down' : 'gap';
    },
  };
}

function isDown({ state }: Span): boolean {
  return state === 'down';
}

/** Milliseconds of each, in all of these stretches. */
export type Shares = { readonly [H in How]: number };

export function sharesOf(all: readonly Stretch[]): Shares {
  const shares: Record<How, number> = { up: 0, down: 0, gap: 0, planned: 0 };
  for (const { how, from, until } of all) shares[how] += until - from;
  return shares;
}

/** Percent of the time that was measured; undefined when none was. */
export function upPercent({ up, down, gap, planned }: Shares): number | undefined {
  const measured = up + down + gap + planned;
  // Rounded down: 99.99 is not 100.
  return measured === 0 ? undefined : Math.floor((up / measured) * 10_000) / 100;
}
