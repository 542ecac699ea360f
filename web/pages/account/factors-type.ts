import type { AnswerOf } from '../../api/client.ts';

/** What somebody can sign in with besides a password and a link. */
export type Factors = AnswerOf<'GET /api/v1/session/factors'>;
