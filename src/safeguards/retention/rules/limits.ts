import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'Counts of requests',
    es: 'Recuentos de peticiones',
    pt: 'Contagens de requisições',
    hi: 'अनुरोधों की गिनती',
  },
  subject: 'member',
  purpose: {
    en: 'To limit how often anybody may ask. Kept are a keyed hash of who is counted and numbers.',
    es: 'Limitar con qué frecuencia puede pedir cada uno. Se guardan un hash con clave de quien se cuenta y números.',
    pt: 'Limitar a frequência com que alguém pode pedir. Guardam-se um hash com chave de quem é contado e números.',
    hi: 'कोई कितनी बार पूछ सके, यह सीमित करने के लिए। गिने जाने वाले का कुंजीबद्ध हैश और संख्याएँ रखी जाती हैं।',
  },
  covers: ['sec.limits.*'],
  keeps: {
    by: 'law',
    ms: 2 * 3_600_000,
    from: { en: 'the last request', es: 'la última petición', pt: 'a última requisição', hi: 'अंतिम अनुरोध' },
    source: 'src/edge/rates.ts',
  },
  ends: ['row'],
} satisfies Rule;
