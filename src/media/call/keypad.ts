import { cardInChunks, maskCards } from '#base';
import { limits } from './limits.ts';

/** What the caller has keyed and not finished. */
export type Keypad = { digits: string; lastAt: number; runs: readonly string[] };

/** Digits that belong together. `isCard`: they are, or end, the number of a payment card; nobody but the desk may see them. */
export type Keyed = { readonly digits: string; readonly isCard: boolean };

/** Runs of which the last ones may together be a card number. */
const mostRuns = 8;

export function openKeypad(): Keypad {
  return { digits: '', lastAt: 0, runs: [] };
}

/** A key was pressed. Returns what is complete with it: # ends a run, and so does its length. */
export function press(pad: Keypad, key: string, now: number): Keyed | undefined {
  pad.lastAt = now;
  if (key !== '#') pad.digits += key;
  return key === '#' || pad.digits.length >= limits.keys ? finish(pad) : undefined;
}

/** A pause completes what was keyed before it. */
export function pressedBefore(pad: Keypad, now: number): Keyed | undefined {
  return pad.digits !== '' && now - pad.lastAt >= limits.betweenKeysMs ? finish(pad) : undefined;
}

function finish(pad: Keypad): Keyed | undefined {
  const { digits } = pad;
  if (digits === '') return undefined;
  const numbers = digits.replace(/\D/g, '');
  const runs = [...pad.runs, numbers].slice(-mostRuns);
  const isCard = maskCards(digits) !== digits || maskCards(numbers) !== numbers || cardInChunks(runs) > 0;
  pad.digits = '';
  pad.runs = isCard ? [] : runs;
  return { digits, isCard };
}
