import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Of a call that was handed over: the last four digits of numbers, and how your own system names it',
    es: 'De una llamada entregada: las cuatro últimas cifras de los números y cómo la nombra su propio sistema',
    pt: 'De uma chamada entregue: os quatro últimos dígitos dos números e como o seu próprio sistema a chama',
    hi: 'सौंपी गई कॉल का: नंबरों के अंतिम चार अंक, और आपका अपना तंत्र उसे क्या कहता है',
  },
  subject: 'caller',
  purpose: {
    en: 'To find a call again in the system that it was handed over to. It ends with the time that calls are kept.',
    es: 'Encontrar de nuevo una llamada en el sistema al que se entregó. Termina con el plazo de las llamadas.',
    pt: 'Reencontrar uma chamada no sistema a que foi entregue. Termina com o prazo em que as chamadas são guardadas.',
    hi: 'जिस तंत्र को कॉल सौंपी गई उसमें उसे फिर ढूँढने के लिए। कॉल रखने के समय के साथ समाप्त होता है।',
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
