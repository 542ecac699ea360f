import { maskCards } from '#base';
import type { Live } from './live.ts';
import { cutAll, type Cut } from './playout.ts';
import { answerOver, wordsOf } from './script.ts';
import type { Said } from './said.ts';
import { streamMs } from './stream-time.ts';

/** Silence at once, in this very turn of the event loop: the carrier drops what it has, the model forgets what was not heard. */
export function hush(live: Live, now: number): void {
  const cuts = cutAll(live.out, now);
  live.speechUntil = Math.min(live.speechUntil, now);
  if (live.link) {
    live.link.receiving = undefined;
    live.link.isBusy = false;
  }
  for (const cut of cuts) forgetUnheard(live, cut);
  for (const { said, playedMs, isWhole } of cuts) {
    answerOver(live.script, said, { playedMs, isWhole }, now);
    blankCard(live, said);
  }
}

function forgetUnheard({ link }: Live, { said, playedMs, isWhole }: Cut): void {
  if (!link || isWhole || said.name === undefined || link.answers.get(said.name) !== said) return;
  link.session.cut(said.name, playedMs);
}

/** A card number that an answer said is no more to be recorded than one of the caller. */
export function blankCard(live: Live, said: Said): void {
  const { tap } = live.options;
  const words = tap && said.isOver ? wordsOf(live.script, said) : undefined;
  if (!tap || words === undefined || maskCards(words) === words) return;
  tap.blank(streamMs(live.time, said.dueEnd - said.sentMs), streamMs(live.time, said.dueEnd));
}
