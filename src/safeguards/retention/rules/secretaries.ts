import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Secretaries and their telephone lines', es: 'Secretarias y sus líneas telefónicas' },
  subject: 'business',
  purpose: {
    en: 'To answer calls as the business wants: greeting, opening hours, answers about the business, who is called when a person is asked for.',
    es: 'Atender las llamadas como quiere el negocio: saludo, horario, respuestas sobre el negocio, a quién se llama cuando alguien pide hablar con una persona.',
  },
  covers: ['app.agents.*', 'app.lines.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
