import type { Rule } from '../rule.ts';

/** Nothing looks a caller up elsewhere yet: it covers nothing, and whatever does so first is held to this. */
export default {
  say: {
    en: 'What is looked up about a caller to be shown while it rings',
    es: 'Lo que se busca de quien llama para mostrarlo mientras suena',
    pt: 'O que se busca sobre quem liga para mostrar enquanto toca',
    hi: 'कॉल करने वाले के बारे में जो घंटी बजते समय दिखाने को खोजा जाता है',
  },
  subject: 'caller',
  purpose: {
    en: 'To show whoever answers who is calling, as long as they are about to answer.',
    es: 'Mostrar a quien atiende quién llama, mientras está por atender.',
    pt: 'Mostrar a quem atende quem está ligando, enquanto está para atender.',
    hi: 'उठाने वाले को, जब तक वह उठाने वाला है, दिखाने के लिए कि कौन कॉल कर रहा है।',
  },
  covers: [],
  keeps: {
    by: 'law',
    ms: 5 * 60_000,
    from: { en: 'the look-up', es: 'la búsqueda', pt: 'a consulta', hi: 'खोज' },
    source: 'TEL-11',
  },
  ends: ['memory'],
} satisfies Rule;
