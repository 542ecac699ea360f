import type { Rule } from '../rule.ts';

/** No outside calendar is read yet: it covers nothing, and whatever reads one first is held to this. */
export default {
  say: {
    en: 'Copies from calendars of the business elsewhere',
    es: 'Copias de calendarios externos del negocio',
    pt: 'Cópias de agendas da empresa em outros lugares',
    hi: 'व्यवसाय के अन्यत्र कैलेंडरों की प्रतियाँ',
  },
  subject: 'business',
  purpose: {
    en: 'To know free times without asking the calendar at every word of a call.',
    es: 'Conocer las horas libres sin preguntar al calendario a cada palabra de una llamada.',
    pt: 'Conhecer os horários livres sem perguntar à agenda a cada palavra de uma chamada.',
    hi: 'कॉल के हर शब्द पर कैलेंडर से पूछे बिना खाली समय जानने के लिए।',
  },
  covers: [],
  keeps: {
    by: 'law',
    ms: 24 * 3_600_000,
    from: { en: 'the copy', es: 'la copia', pt: 'a cópia', hi: 'प्रति बनने' },
    source: 'INT-04',
  },
  ends: ['memory'],
} satisfies Rule;
