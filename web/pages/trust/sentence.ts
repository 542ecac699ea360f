import type { Claim } from '../../api/promises.ts';

/** A sentence of a claim in the language of who reads. */
export function sentenceIn(sentence: Claim['say'], locale: string): string {
  return locale.startsWith('es') ? sentence.es : sentence.en;
}
