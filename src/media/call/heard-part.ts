/** Faster than anyone speaks; what is known of a text whose audio was not all given must not claim more. */
const mostLettersPerMs = 20 / 1_000;

/**
 * The beginning of `text` that was heard when `playedMs` of `ms` of its audio had been played, up to the end of a word.
 * `isAll` is false when the audio goes on beyond `ms`: then the text may be far ahead of it.
 */
export function heardPart(text: string, audio: { playedMs: number; ms: number; isAll: boolean }): string {
  const { playedMs, ms, isAll } = audio;
  if (playedMs <= 0 || ms <= 0) return '';
  const byTime = isAll ? text.length : Math.min(text.length, Math.floor(playedMs * mostLettersPerMs));
  const most = Math.min(byTime, Math.floor((text.length * Math.min(playedMs, ms)) / ms));
  return wholeWords(text, most);
}

/** Words as Unicode sees them (UAX 29), so that languages without spaces have some too. */
const words = new Intl.Segmenter(undefined, { granularity: 'word' });

function wholeWords(text: string, most: number): string {
  if (most >= text.length) return text;
  let end = 0;
  for (const { index, segment } of words.segment(text)) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trimEnd();
}
