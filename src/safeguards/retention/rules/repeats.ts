import { repeatsKeptMs } from '#safeguards/repeats';
import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Answers to requests that must not act twice',
    es: 'Respuestas a peticiones que no deben actuar dos veces',
    pt: 'Respostas a requisições que não podem agir duas vezes',
    hi: 'उन अनुरोधों के उत्तर जो दो बार काम न करें',
  },
  subject: 'business',
  purpose: {
    en: 'To give the same answer to a program that asks again because it did not hear the first one.',
    es: 'Dar la misma respuesta a un programa que pregunta de nuevo porque no oyó la primera.',
    pt: 'Dar a mesma resposta a um programa que pede de novo porque não ouviu a primeira.',
    hi: 'जिस प्रोग्राम ने पहला उत्तर न सुना और फिर पूछा, उसे वही उत्तर देने के लिए।',
  },
  covers: ['app.repeats.*'],
  keeps: {
    by: 'law',
    ms: repeatsKeptMs,
    from: { en: 'the first request', es: 'la primera petición', pt: 'a primeira requisição', hi: 'पहले अनुरोध' },
    source: 'draft-ietf-httpapi-idempotency-key-header §2.3',
  },
  ends: ['key', 'row'],
} satisfies Rule;
