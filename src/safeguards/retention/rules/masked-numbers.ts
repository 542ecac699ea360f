import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Of a call that was handed over: the last four digits of numbers, and how your own system names it',
    es: 'De una llamada entregada: las cuatro últimas cifras de los números y cómo la nombra su propio sistema',
  },
  subject: 'caller',
  purpose: {
    en: 'To find a call again in the system that it was handed over to. It ends with the time that calls are kept.',
    es: 'Encontrar de nuevo una llamada en el sistema al que se entregó. Termina con el plazo de las llamadas.',
  },
  covers: [
    'app.calls.masked',
    'app.messages.masked',
    'app.leads.masked',
    'app.appointments.masked',
    'app.hand_overs.reference',
  ],
  keeps: { by: 'belonging', to: 'calls' },
  ends: ['key', 'value'],
} satisfies Rule;
