/*
 * Patterns of the languages. Wordings are written one after the other with ` / ` or a new line between;
 * each is a regular expression on plain text (lower case, no accents, no apostrophes, no punctuation).
 */

/** Matches any of the wordings as whole words, anywhere. */
export function any(wordings: string): RegExp {
  return new RegExp(`\\b(?:${alternatives(wordings)})\\b`, 'u');
}

/** Only at the start; words of `lead` may come before it. */
export function starts(lead: string, wordings: string): RegExp {
  return new RegExp(`^(?:(?:${alternatives(lead)}) )*(?:${alternatives(wordings)})\\b`, 'u');
}

/** Only when the utterance is nothing else; words of `lead` may stand round it. */
export function whole(lead: string, wordings: string): RegExp {
  const little = alternatives(lead);
  return new RegExp(`^(?:(?:${little}) )*(?:${alternatives(wordings)})(?: (?:${little}))*$`, 'u');
}

/** Matches one pattern or the other. */
export function either(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'u');
}

/** A list of words, white space between. */
export function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/u));
}

function alternatives(wordings: string): string {
  return wordings
    .split(/ \/ |\n/u)
    .map((wording) => wording.trim().replace(/^\/ | \/$/u, ''))
    .filter((wording) => wording !== '')
    .join('|');
}

/** Subjects by their words and the stems of the longer ones, from a list of words per subject. */
export function subjects(
  stem: (word: string) => string,
  lists: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const pairs = Object.entries(lists).flatMap(([subject, list]) =>
    [...words(list)].flatMap((word) => [[word, subject] as const, [stem(word), subject] as const]),
  );
  return new Map(pairs.toReversed());
}
