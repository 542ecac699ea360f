import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'That an organisation was told of a new company outside, and the proof of sending',
    es: 'Que se avisó a una organización de una nueva empresa externa, y la prueba del envío',
    pt: 'Que uma organização foi avisada de uma nova empresa externa, e a prova do envio',
    hi: 'यह कि किसी संगठन को नई बाहरी कंपनी की सूचना दी गई, और भेजने का प्रमाण',
  },
  subject: 'business',
  purpose: {
    en: 'To be able to show who was told, when and by which mail, before a company got data. Of an address only a keyed hash is kept here.',
    es: 'Poder demostrar a quién se avisó, cuándo y con qué correo, antes de que una empresa recibiera datos. De una dirección solo se guarda aquí un hash con clave.',
    pt: 'Poder mostrar quem foi avisado, quando e por qual e-mail, antes de uma empresa receber dados. De um endereço guarda-se aqui apenas um hash com chave.',
    hi: 'यह दिखा सकने के लिए कि किसी कंपनी को डेटा मिलने से पहले किसे, कब और किस ईमेल से बताया गया। पते का यहाँ केवल कुंजीबद्ध हैश रखा जाता है।',
  },
  covers: ['app.register_notices.*', 'app.register_mails.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['row'],
} satisfies Rule;
