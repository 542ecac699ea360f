import type { AnswerOf } from '../../api/client.ts';

/** One legal hold, as the API tells it. */
export type Hold = AnswerOf<'GET /api/v1/holds'>['items'][number];

/** The end is told as the last day on which it holds: midnight after it would be read as a day more. */
export function lastMoment({ endsAt }: Pick<Hold, 'endsAt'>): string {
  return new Date(Date.parse(endsAt) - 1).toISOString();
}
