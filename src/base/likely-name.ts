/** A likely slip of the keyboard is named; anything else is no guess of ours. */
export function hint(name: string, names: readonly string[]): string {
  const far = Math.max(2, Math.floor((name.length - 'SOTTO_'.length) / 3));
  const near = names
    .map((known) => ({ known, edits: editsBetween(name, known) }))
    .filter(({ edits }) => edits <= far)
    .toSorted((a, b) => a.edits - b.edits)[0];
  return near ? `did you mean ${near.known}?` : 'sotto config lists them all';
}

/** Levenshtein distance. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
