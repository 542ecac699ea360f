import { repeatsKeptMs } from '#safeguards/repeats';
import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Answers to requests that must not act twice',
    es: 'Respuestas a peticiones que no deben actuar dos veces',
  },
  subject: 'business',
  purpose: {
    en: 'To give the same answer to a program that asks again because it did not hear the first one.',
    es: 'Dar la misma respuesta a un programa que pregunta de nuevo porque no oyó la primera.',
  },
  covers: ['app.repeats.*'],
  keeps: {
    by: 'law',
    ms: repeatsKeptMs,
    from: { en: 'the first request', es: 'la primera petición' },
    source: 'draft-ietf-httpapi-idempotency-key-header §2.3',
  },
  ends: ['key', 'row'],
} satisfies Rule;
