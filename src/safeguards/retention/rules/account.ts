import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'The account of the business',
    es: 'La cuenta del negocio',
    pt: 'A conta da empresa',
    hi: 'व्यवसाय का खाता',
  },
  subject: 'business',
  purpose: {
    en: 'To know for whom calls are answered, in which language, time zone and jurisdiction, and how long the business wants things kept.',
    es: 'Saber para quién se atienden las llamadas, en qué idioma, huso horario y jurisdicción, y cuánto tiempo quiere el negocio que se guarden las cosas.',
    pt: 'Saber para quem se atendem chamadas, em que idioma, fuso horário e jurisdição, e por quanto tempo a empresa quer guardar as coisas.',
    hi: 'यह जानने के लिए कि कॉल किसके लिए, किस भाषा, समय क्षेत्र और न्याय-क्षेत्र में उठाई जाती हैं, और व्यवसाय चीज़ें कितने समय रखना चाहता है।',
  },
  covers: ['app.organisations.*', 'app.setup_lists.*', 'app.keepings.*', 'app.trust_profiles.*'],
  keeps: {
    by: 'law',
    ms: 30 * 86_400_000,
    from: {
      en: 'the closure of the account',
      es: 'el cierre de la cuenta',
      pt: 'o encerramento da conta',
      hi: 'खाता बंद होने',
    },
    source: 'RET-04',
  },
  ends: ['key', 'row'],
} satisfies Rule;
