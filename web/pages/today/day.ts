import type { AnswerOf } from '../../api/client.ts';

/** The day of the business so far, as far as whoever looks may see it. */
export type Day = AnswerOf<'GET /api/v1/today'>;

/** What the server counts no further than. */
const calls = 10_000;
const waiting = 1_000;

/** A figure as people read it: `10,000+` where it is not known how many more. */
export function counted(count: number, locale: string, what: 'calls' | 'waiting'): string {
  const most = what === 'calls' ? calls : waiting;
  return count.toLocaleString(locale) + (count >= most ? '+' : '');
}
