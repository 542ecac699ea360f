import { problem, type Id, type Mistake } from '#base';
import { canaryIds } from '#safeguards/accounts';
import { dayMs, settable, withAccount, type Settable, type Window, type Windows } from './preset.ts';

/** Nothing is kept without an end. */
export const mostDays = 3_650;

const minuteMs = 60_000;

/**
 * Throws `input-invalid` for windows that are not whole days from 1 to 3650 (for the canaries, minutes), or the account's
 * where that may be. The database refuses them as well (`sec.are_windows`).
 */
export function refuseWindows(organisation: Id, windows: Windows): void {
  const isCanary = canaryIds.includes(organisation);
  const mistakes = settable.flatMap((rule): Mistake[] => {
    const fix = mistakeOf(windows[rule], { rule, step: isCanary ? minuteMs : dayMs });
    return fix === undefined ? [] : [{ at: `/days/${rule}`, fix }];
  });
  if (mistakes.length > 0) throw problem('input-invalid', 'Nothing is kept without an end.', { mistakes });
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
