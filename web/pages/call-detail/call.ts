import type { AnswerOf } from '../../api/client.ts';

/** One call as the API tells it. */
export type Call = AnswerOf<'GET /api/v1/calls/{id}'>;

/** One thing said in it. */
export type Entry = NonNullable<Call['transcript']>[number];
