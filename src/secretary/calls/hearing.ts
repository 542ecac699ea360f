/**
 * A sentence sent to be spoken, or keys to be sounded, which no report of words names. `played` counts the characters
 * known to have been played.
 */
export type Utterance = {
  readonly seq: number;
  readonly text: string;
  readonly isKeys?: true;
  readonly played?: number;
};

/** What the caller heard of an utterance: all of it, a part, or nothing (empty). */
export type Acknowledged = { readonly seq: number; readonly heard: string };

type Result = { readonly heard: readonly Acknowledged[]; readonly left: readonly Utterance[] };

/** The carrier went on, or the caller answered without interrupting: all of it was heard. */
export function acknowledgeAll(unheard: readonly Utterance[]): Result {
  return { heard: unheard.map(({ seq, text }) => ({ seq, heard: text })), left: [] };
}

/**
 * Words that the carrier reports as played. They arrive in pieces and may differ in spacing and punctuation,
 * so progress is counted in letters and digits.
 */
export function acknowledgePlayed(unheard: readonly Utterance[], text: string): Result {
  let letters = lettersOf(text);
  const heard: Acknowledged[] = [];
  const left: Utterance[] = [];
  for (const one of unheard) {
    const due = one.isKeys ? 0 : lettersOf(one.text) - (one.played ?? 0);
    const taken = Math.min(due, letters);
    letters -= taken;
    if (taken === due) heard.push({ seq: one.seq, heard: one.text });
    else left.push(taken === 0 ? one : { ...one, played: (one.played ?? 0) + taken });
  }
  return { heard, left };
}

/**
 * The caller spoke over us, which cuts no keys, after `text` had been spoken. The carrier reports it from the start of what is
 * outstanding or only of the sentence being spoken; both are found. What was to follow was never heard.
 */
export function acknowledgeInterrupted(unheard: readonly Utterance[], text: string): Result {
  const from = unheard.findLastIndex((one) => text.trim() !== '' && normal(one.text).startsWith(normal(text)));
  const before = from > 0 && !normal(text).startsWith(normal(unheard[0]?.text ?? '')) ? unheard.slice(0, from) : [];
  let letters = lettersOf(text);
  const rest = unheard.slice(before.length).map(({ seq, text: meant, isKeys }) => {
    if (isKeys) return { seq, heard: meant };
    const part = firstLetters(meant, letters);
    letters -= lettersOf(part);
    return { seq, heard: part };
  });
  return { heard: [...before.map(({ seq, text: all }) => ({ seq, heard: all })), ...rest], left: [] };
}

function lettersOf(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

function normal(text: string): string {
  return (text.match(/[\p{L}\p{N}]/gu) ?? []).join('').toLowerCase();
}

/** The beginning of `text` that holds that many letters; whole when it has no more than that. */
function firstLetters(text: string, letters: number): string {
  if (letters <= 0) return '';
  if (lettersOf(text) <= letters) return text;
  let seen = 0;
  let end = 0;
  for (const character of text) {
    if (/[\p{L}\p{N}]/u.test(character) && ++seen > letters) break;
    end += character.length;
  }
  return text.slice(0, end).trimEnd();
}
