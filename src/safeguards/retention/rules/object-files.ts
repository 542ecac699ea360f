import type { Rule } from '../rule.ts';

export default {
  say: {
    en: 'The object store on our own disk',
    es: 'El almacén de objetos en el disco propio',
    pt: 'O armazenamento de objetos no nosso próprio disco',
    hi: 'हमारी अपनी डिस्क पर ऑब्जेक्ट भंडार',
  },
  subject: 'caller',
  purpose: {
    en: 'To keep recordings where no bucket elsewhere was chosen. Drafts that a crash left are taken away at the next start.',
    es: 'Guardar las grabaciones cuando no se eligió un almacén externo. Los borradores que dejó una caída se retiran en el siguiente arranque.',
    pt: 'Guardar gravações onde não se escolheu um bucket em outro lugar. Rascunhos que uma queda deixou são retirados no próximo início.',
    hi: 'जहाँ अन्यत्र कोई बकेट नहीं चुना गया वहाँ रिकॉर्डिंग रखने के लिए। क्रैश से छूटे मसौदे अगले आरंभ पर हटाए जाते हैं।',
  },
  covers: ['file:objects'],
  keeps: { by: 'belonging', to: 'recordings' },
  ends: ['object'],
} satisfies Rule;
