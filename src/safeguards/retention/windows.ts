import { problem, type Id, type Mistake } from '#base';
import { canaryIds } from '#safeguards/accounts';
import { dayMs, settable, withAccount, type Settable, type Window, type Windows } from './preset.ts';

/** Nothing is kept without an end. */
export const mostDays = 3_650;

const minuteMs = 60_000;

/**
 * Throws `input-invalid` for windows that are not whole days from 1 to 3650 (for the canaries, minutes), or the account's
 * where that may be, and for recordings that would be kept longer than their calls. The database refuses them as well
 * (`sec.are_windows`).
 */
export function refuseWindows(organisation: Id, windows: Windows): void {
  const mistakes = windowMistakes(windows, canaryIds.includes(organisation) ? minuteMs : dayMs);
  const [first] = mistakes;
  if (!first) return;
  throw problem('input-invalid', first.why, { mistakes: mistakes.map(({ at, fix }) => ({ at, fix })) });
}

/** What is wrong with the windows that somebody chose, each with its place in what the API takes. */
export function windowMistakes(windows: Windows, step = dayMs): (Mistake & { readonly why: string })[] {
  const endless = settable.flatMap((rule) => {
    const fix = mistakeOf(windows[rule], { rule, step });
    return fix === undefined ? [] : [{ at: `/days/${rule}`, fix, why: 'Nothing is kept without an end.' }];
  });
  // Whose recording it is can be told by its call alone: who asks to be forgotten could not be, once that is empty.
  const isTooLong = endless.length === 0 && windows.recordings.ms > windows.calls.ms;
  const why = 'A recording is kept no longer than its call.';
  return isTooLong ? [{ at: '/days/recordings', fix: 'must be no longer than calls', why }] : endless;
}

type Bounds = { readonly rule: Settable; readonly step: number };

function mistakeOf(window: Window | undefined, { rule, step }: Bounds): string | undefined {
  const isAccounts = withAccount.some((one) => one === rule);
  if (window === 'account' && isAccounts) return undefined;
  const ms = typeof window === 'object' ? window.ms : Number.NaN;
  if (Number.isInteger(ms) && ms % step === 0 && ms >= step && ms <= mostDays * dayMs) return undefined;
  return `must be whole days from 1 to ${mostDays}${isAccounts ? ', or the account' : ''}`;
}

/** True for the same windows. */
export function areSame(one: Windows, other: Windows): boolean {
  const length = (window: Window) => (window === 'account' ? window : window.ms);
  return settable.every((rule) => length(one[rule]) === length(other[rule]));
}

const quarter = { ms: 15 * minuteMs };

/** What the canary organisations are set to: everything of theirs ends within the hour, by the rules of everybody. */
export const canaryWindows: Windows = {
  recordings: quarter,
  calls: quarter,
  messages: quarter,
  people: quarter,
  leads: quarter,
  appointments: quarter,
};
