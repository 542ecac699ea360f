type Sized = { readonly bytes: number };

/**
 * Those of the parts whose turn it is: about so many bytes, other ones at each turn, until all have had theirs. How many
 * turns there are follows from how much there is, in powers of two, so that it seldom changes while something grows.
 */
export function inTurn<P extends Sized>(
  parts: readonly P[],
  { mostBytes, turn }: { readonly mostBytes: number; readonly turn: number },
): readonly P[] {
  const turns = turnsFor(parts, mostBytes);
  const due = parts.filter((_, at) => at % turns === Math.floor(turn) % turns);
  // Whoever is broken off begins elsewhere in the next round.
  const first = due.length === 0 ? 0 : Math.floor(turn / turns) % due.length;
  return [...due.slice(first), ...due.slice(0, first)];
}

/** How many turns it takes until all parts have been read. */
export function turnsFor(parts: readonly Sized[], mostBytes: number): number {
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return 2 ** Math.max(0, Math.ceil(Math.log2(bytes / mostBytes)));
}
