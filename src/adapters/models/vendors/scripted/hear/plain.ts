/** The longest text that is looked at; the rest of a monologue adds nothing a pattern could use. */
const longest = 1_000;

/** White space tidied and length bounded, otherwise as heard. */
export function heardText(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().slice(0, longest);
}

/** The form patterns are written for: lower case, no accents, no apostrophes, everything else between words a space. */
export function plain(text: string): string {
  return withoutAccents(text.toLowerCase())
    .replace(/['’`]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Words of a plain text; none for an empty one. */
export function wordsOf(plainText: string): readonly string[] {
  return plainText === '' ? [] : plainText.split(' ');
}

export function withoutAccents(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '');
}
