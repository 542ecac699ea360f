import { createHash, timingSafeEqual } from 'node:crypto';
import type { CallName } from '../desk.ts';
import { isCallName, isObject, isText } from './messages.ts';

/** Rises when desk and line of different versions would no longer understand each other. */
export const protocol = 2;

/** The first message of a desk. */
export type Hello = { readonly protocol: number; readonly word: string };

/** The answer of a line: its own word, and the calls that it has something to tell about. */
export type Welcome = { readonly word: string; readonly calls: readonly Carried[] };

/** A call on a line, and the number of the last happening that a desk has taken. */
export type Carried = { readonly call: CallName; readonly taken: number };

/**
 * Why a line does not speak with a desk: it has one, or the one that started it still lives (`busy`), the word is wrong
 * (`stranger`), or they are of versions that do not fit (`protocol`).
 */
export type Refusal = { readonly refused: 'busy' | 'stranger' | 'protocol' };

export function readHello(message: unknown): Hello | undefined {
  if (!isObject(message)) return undefined;
  const { protocol: version, word } = message;
  return typeof version === 'number' && isText(word) ? { protocol: version, word } : undefined;
}

export function readWelcome(message: unknown): Welcome | Refusal | undefined {
  if (!isObject(message)) return undefined;
  const { refused, word, calls } = message;
  if (refused === 'busy' || refused === 'stranger' || refused === 'protocol') return { refused };
  return isText(word) && Array.isArray(calls) && calls.every(isCarried) ? { word, calls } : undefined;
}

function isCarried(value: unknown): value is Carried {
  return isObject(value) && isCallName(value['call']) && Number.isSafeInteger(value['taken']);
}

/** Compares in a time that does not depend on how much of a guess is right. */
export function isSameWord(given: string, due: string): boolean {
  const digest = (word: string) => createHash('sha256').update(word).digest();
  return timingSafeEqual(digest(given), digest(due));
}
