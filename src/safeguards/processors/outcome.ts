import type { Random } from '#base';
import type { Erasing } from '#adapters/carriers';
import type { Claimed, Outcome } from './rows.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Until so long after its end something may still appear of a call: a recording that is being processed. A look that
 * finds nothing before is not the last one.
 */
export const settlesMs = 15 * minute;
/** After so long without proof nobody tries any more; what stays is named, and the owners are told. */
export const giveUpMs = 7 * day;
/** Twilio itself may take 14 days until it lets something go (twilio.com/docs/api/errors/20009). */
export const giveUpEarlyMs = 15 * day;

/** Nor is it given up sooner than that many tries, as when nothing ran here for weeks. */
const leastTries = 10;

const firstPauseMs = 30_000;
const longestPauseMs = hour;
/** Nobody is left alone for longer, whatever they say. */
export const longestHoldMs = day;

/**
 * When the next look is due after that many tries: half a minute, then twice as long each time, an hour at most, a fifth
 * more or less by chance, so that what failed together does not come back together.
 */
export function pauseAfter(attempts: number, random: Random): number {
  const pauseMs = Math.min(firstPauseMs * 2 ** Math.min(Math.max(attempts - 1, 0), 12), longestPauseMs);
  return Math.round(pauseMs * (0.8 + 0.4 * (random.bytes(4).readUInt32BE() / 2 ** 32)));
}

/** What time it is, and what it is at least: by that alone anything is given up. */
export type Times = { readonly now: number; readonly surely: number };

/** What has become of a deletion by what the processor said. Only a look that found nothing confirms it. */
export function outcomeOf(
  one: Claimed,
  said: Erasing,
  { random, ...times }: Times & { readonly random: Random },
): Outcome {
  const { now } = times;
  const { removed, status: answer, retryAfterMs = 0 } = said;
  const waitMs = Math.max(pauseAfter(one.attempts, random), Math.min(retryAfterMs, longestHoldMs));
  if (said.result === 'gone') {
    // An end that is still to come was written under a clock that was ahead: another look a while later has to do.
    const isAhead = one.callEndedAt > now;
    const surelyAt = Math.min(one.callEndedAt, now) + settlesMs;
    if (isAhead ? one.attempts > 1 : now >= surelyAt) return { state: 'confirmed', dueAt: null, answer };
    return { state: one.state === 'cannot-ask' ? 'waiting' : one.state, dueAt: surelyAt, answer };
  }
  // Something was there a moment ago, so it is not gone: not before another look, which is soon when it had been stuck.
  if (said.result === 'asked') {
    const lookMs = one.trouble === null ? waitMs : pauseAfter(1, random);
    return goOn(one, { state: 'asked', dueAt: now + lookMs, removed, answer }, times);
  }
  const state = removed > 0 || one.state === 'asked' ? 'asked' : 'waiting';
  return goOn(one, { state, dueAt: now + waitMs, removed, answer, trouble: said.result }, times);
}

/** What has become of one that could not even be tried. */
export function untried(one: Claimed, trouble: 'no-credential' | 'not-allowed' | 'broken', times: Times): Outcome {
  const state = trouble === 'no-credential' ? 'cannot-ask' : one.state;
  return goOn(one, { state, dueAt: times.now + hour, trouble }, times);
}

function goOn(one: Claimed, outcome: Outcome & { readonly dueAt: number }, { now, surely }: Times): Outcome {
  const isEarly = outcome.trouble === 'too-early' || one.trouble === 'too-early';
  const until = one.madeAt + (isEarly ? giveUpEarlyMs : giveUpMs);
  if (now < until) return { ...outcome, dueAt: Math.min(outcome.dueAt, until) };
  if (surely < until) return outcome;
  // What was taken for the first time deserves another look, however late it is.
  const isNews = outcome.state === 'asked' && one.state !== 'asked';
  if (isNews || one.attempts < leastTries) return outcome;
  return { ...outcome, state: 'given-up', dueAt: null, trouble: outcome.trouble ?? 'still-there' };
}
