import type { LiveDetail } from '../live-product.ts';
import { confirmed } from './receptionist.ts';
import type { Phoned } from './silence.ts';

/** What is known of a call when it is over. */
export type Outcome = {
  readonly phoned: Phoned;
  /** How it came to its end; `given-up` when the caller had to. */
  readonly ended: string;
  /** What the caller said may be missing: the vendor tells it late, and was lost before. */
  readonly mayLoseWords: boolean;
  readonly books: Pick<LiveDetail, 'endReason' | 'disclosedAt' | 'transcript'>;
  /** Messages that its business has now. */
  readonly messages: number;
};

/** Everything that is wrong with a call, whatever went wrong in it; empty when nothing is. */
export function wrongWith(outcome: Outcome): readonly string[] {
  return [...wrongEnd(outcome), ...wrongDisclosure(outcome), ...wrongMessages(outcome), ...wrongBooks(outcome)];
}

/** Both have said goodbye; whoever hangs up then is right. */
function wrongEnd({ ended, books, phoned }: Outcome): readonly string[] {
  const isParted = /goodbye/i.test(heardBy(phoned));
  const isOver = ended === 'product-hung-up' || (isParted && ended === 'caller-hung-up');
  const isSo = books.endReason === 'completed' || (isParted && books.endReason === 'caller-hung-up');
  return [
    ...(isOver ? [] : [`it did not come to its end: ${ended}`]),
    ...(isParted ? [] : ['nobody said goodbye']),
    ...(isSo ? [] : [`it ended as ${books.endReason}`]),
  ];
}

function wrongDisclosure({ phoned, books }: Outcome): readonly string[] {
  const heard = heardBy(phoned).match(/AI assistant/g)?.length ?? 0;
  return heard === 1 && books.disclosedAt ? [] : [`the disclosure was heard ${heard} times`];
}

function wrongMessages({ phoned, messages }: Outcome): readonly string[] {
  if (messages > 1) return [`the message was taken ${messages} times`];
  const isLost = messages === 0 && confirmed.test(heardBy(phoned));
  return isLost ? ['the message was confirmed and is not there'] : [];
}

/** Of a sentence that was cut, so many words may be counted otherwise than they were heard. */
const vagueWords = 2;

/** The books against what was said and heard: word by word, in order. */
function wrongBooks(outcome: Outcome): readonly string[] {
  const { phoned, books, mayLoseWords } = outcome;
  const lines = books.transcript.filter(({ speaker }) => !mayLoseWords || speaker === 'agent');
  const due = dueInBooks(outcome).filter(({ speaker }) => !mayLoseWords || speaker === 'secretary');
  const { missing, surplus } = difference(
    due.flatMap(({ speaker, text }) => wordsFrom(speakers[speaker], text)),
    lines.flatMap(({ speaker, heard }) => wordsFrom(speaker, heard ?? '')),
  );
  const cut = phoned.transcript.filter(({ speaker, text }) => speaker === 'secretary' && !/[.?!]$/.test(text));
  const isVague = missing.length + surplus.length <= cut.length * vagueWords;
  return [
    ...(isVague || missing.length === 0 ? [] : [`not in the books: ${missing.join(' ')}`]),
    ...(isVague || surplus.length === 0 ? [] : [`only in the books: ${surplus.join(' ')}`]),
    ...(mayLoseWords ? invented(outcome) : []),
  ];
}

const speakers = { caller: 'caller', secretary: 'agent' } as const;

/** Where words of the caller may be missing, those that are there must be the caller's. */
function invented({ phoned, books }: Outcome): readonly string[] {
  const said = phoned.transcript.filter(({ speaker }) => speaker === 'caller');
  return books.transcript
    .filter(({ speaker, heard }) => speaker === 'caller' && !said.some(({ text }) => text.includes(heard ?? '')))
    .map(({ heard }) => `nobody said: ${heard}`);
}

/** All that was said, in its order, but for what need not be known. */
function dueInBooks({ phoned, books }: Outcome): Phoned['transcript'] {
  const inBooks = new Map<string, number>();
  for (const { speaker, heard } of books.transcript) {
    if (speaker === 'caller' && heard) inBooks.set(heard, (inBooks.get(heard) ?? 0) + 1);
  }
  const latestFirst = phoned.transcript.toSorted((one, other) => other.atMs - one.atMs);
  const lastWords = unknownAtTheEnd(phoned, books);
  const due = latestFirst.filter(({ speaker, text }, at) => {
    if (speaker === 'secretary') return at >= lastWords;
    const count = inBooks.get(text) ?? 0;
    inBooks.set(text, count - 1);
    // What was asked for again and said again may be there once.
    return count > 0 || !latestFirst.slice(0, at).some((one) => one.speaker === 'caller' && one.text === text);
  });
  return due.toReversed();
}

/** By webhook nobody tells whether the caller has listened to the last words: so many sentences need not be there. */
function unknownAtTheEnd({ steps }: Phoned, { transcript }: Outcome['books']): number {
  if (!isByWebhook(steps)) return 0;
  const heard = transcript.findLastIndex((one) => one.heard !== null);
  return transcript.length - 1 - heard;
}

/** The last words came with the carrier's question where to go on, or after it had listened for us. */
function isByWebhook(steps: Phoned['steps']): boolean {
  return steps.some(({ what, detail }) => what === 'gather-open' || (what === 'relay-over' && detail === 'failed'));
}

function wordsFrom(speaker: string, text: string): readonly string[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `${speaker}:${word}`);
}

function heardBy({ transcript }: Phoned): string {
  return transcript
    .filter(({ speaker }) => speaker === 'secretary')
    .map(({ text }) => text)
    .join(' ');
}

/** What has to be taken out of each list to leave the longest that both have in common. */
function difference(spoken: readonly string[], written: readonly string[]) {
  const common = Array.from({ length: spoken.length + 1 }, () => new Uint16Array(written.length + 1));
  const at = (s: number, w: number) => common[s]?.[w] ?? 0;
  for (let s = spoken.length - 1; s >= 0; s -= 1) {
    for (let w = written.length - 1; w >= 0; w -= 1) {
      common[s]![w] = spoken[s] === written[w] ? at(s + 1, w + 1) + 1 : Math.max(at(s + 1, w), at(s, w + 1));
    }
  }
  const missing: string[] = [];
  const surplus: string[] = [];
  let [s, w] = [0, 0];
  while (s < spoken.length || w < written.length) {
    if (at(s, w) > 0 && spoken[s] === written[w]) [s, w] = [s + 1, w + 1];
    else if (w >= written.length || (s < spoken.length && at(s + 1, w) >= at(s, w + 1))) missing.push(spoken[s++]!);
    else surplus.push(written[w++]!);
  }
  return { missing, surplus };
}
