import type { AnswerOf } from '../../api/client.ts';

export type Lead = AnswerOf<'GET /api/v1/leads'>['items'][number];

/** Where a lead can stand. */
export const statuses = ['new', 'contacted', 'won', 'lost'] as const;
export type Status = (typeof statuses)[number];

export function statusOf({ status }: Lead): Status {
  return statuses.find((one) => one === status) ?? 'new';
}
