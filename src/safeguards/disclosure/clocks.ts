import { businessDayAfter, type Week } from './business-day.ts';

/** What is promised for every report. */
export const clockNames = ['acknowledgement', 'assessment', 'fix'] as const;
export type ClockName = (typeof clockNames)[number];

export const severities = ['none', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

const hour = 60 * 60_000;

/** From when a report came until it was said how severe it is. */
export const assessmentMs = 72 * hour;
/** From when something was found to be of high severity until it is fixed. */
export const fixMs = 7 * 24 * hour;

/** How soon it is said that a report has come. */
export type Acknowledgement = 'hours-24' | 'hours-48' | 'business-day';

/** When it must have been said that a report of that instant has come. */
export function acknowledgeBy(at: number, promised: Acknowledgement, week: Week): number {
  if (promised === 'business-day') return businessDayAfter(at, week);
  return at + (promised === 'hours-24' ? 24 : 48) * hour;
}

/** Whether it has to be fixed within the time that is promised. */
export function wantsFix(severity: Severity): boolean {
  return severity === 'high' || severity === 'critical';
}
