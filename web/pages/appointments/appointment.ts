import type { AnswerOf } from '../../api/client.ts';

export type Appointment = AnswerOf<'GET /api/v1/appointments'>['items'][number];
