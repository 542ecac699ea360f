import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'The register of companies outside that get data, in all its versions',
    es: 'El registro de empresas externas que reciben datos, en todas sus versiones',
    pt: 'O registro das empresas externas que recebem dados, em todas as versões',
    hi: 'डेटा पाने वाली बाहरी कंपनियों का रजिस्टर, अपने सभी संस्करणों में',
  },
  subject: 'installation',
  purpose: {
    en: 'To show who gets data, since when, what changed and who decided it; and which hosts the program spoke to or was kept from. Names of companies and hosts; nobody’s data.',
    es: 'Mostrar quién recibe datos, desde cuándo, qué cambió y quién lo decidió; y con qué servidores habló el programa o se le impidió hablar. Nombres de empresas y servidores; datos de nadie.',
    pt: 'Mostrar quem recebe dados, desde quando, o que mudou e quem decidiu; e com quais servidores o programa falou ou foi impedido de falar. Nomes de empresas e servidores; dados de ninguém.',
    hi: 'यह दिखाने के लिए कि डेटा किसे मिलता है, कब से, क्या बदला और किसने तय किया; और प्रोग्राम ने किन सर्वरों से बात की या उसे रोका गया। कंपनियों और सर्वरों के नाम; किसी का डेटा नहीं।',
  },
  covers: ['app.register_versions.*', 'app.register_uses.*', 'app.register_hosting.*', 'app.egress_books.*'],
  keeps: {
    by: 'installation',
    why: {
      en: 'Every version stays public; what an organisation connected itself goes with its account.',
      es: 'Cada versión sigue siendo pública; lo que una organización conectó por sí misma termina con su cuenta.',
      pt: 'Cada versão continua pública; o que uma organização conectou por conta própria termina com a conta.',
      hi: 'हर संस्करण सार्वजनिक रहता है; संगठन ने जो स्वयं जोड़ा वह उसके खाते के साथ समाप्त होता है।',
    },
  },
  ends: [],
} satisfies Rule;
