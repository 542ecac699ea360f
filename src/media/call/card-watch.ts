import { cardInChunks, maskCards, onlyDigits } from '#base';

/** A stretch of the stream in which a card number was said. */
export type Stretch = { readonly fromMs: number; readonly toMs: number };

/** Finds card numbers that the caller says, also in several breaths, and where in the stream that was. */
export type CardWatch = {
  /** Turns whose words have not come yet, oldest first. */
  readonly turns: Stretch[];
  chunks: readonly { readonly digits: string; readonly fromMs: number }[];
  fromMs: number;
};

const mostChunks = 8;
const mostTurns = 16;

export function openCardWatch(): CardWatch {
  return { turns: [], chunks: [], fromMs: 0 };
}

export function turnBegins(watch: CardWatch, atMs: number): void {
  watch.fromMs = atMs;
}

export function turnEnds(watch: CardWatch, atMs: number): void {
  watch.turns.push({ fromMs: watch.fromMs, toMs: atMs });
  if (watch.turns.length > mostTurns) watch.turns.shift();
}

/** The words of the oldest turn have come. Returns where a card number was said, if it was. */
export function turnHeard(watch: CardWatch, text: string, nowMs: number): Stretch | undefined {
  const { fromMs, toMs } = watch.turns.shift() ?? { fromMs: watch.fromMs, toMs: nowMs };
  const digits = onlyDigits(text);
  watch.chunks = digits === '' ? [] : [...watch.chunks, { digits, fromMs }].slice(-mostChunks);
  if (maskCards(text) !== text) return { fromMs, toMs };
  const count = cardInChunks(watch.chunks.map((chunk) => chunk.digits));
  return count === 0 ? undefined : { fromMs: watch.chunks.at(-count)!.fromMs, toMs };
}
