import type { Language } from '../claim.ts';

type Words = {
  readonly title: string;
  readonly short: string;
  readonly intro: string;
  readonly type: string;
  readonly purpose: string;
  readonly places: string;
};

/** The words of the retention schedule; those of its cells are the data map's and the rules' own. */
export const retentionWords: { readonly [L in Language]: Words } = {
  en: {
    title: 'How long things are kept',
    short: 'Retention schedule',
    intro:
      'Made from the rules by which the program deletes. What is past its time is shown to nobody from that instant on, and then destroyed.',
    type: 'Type of data',
    purpose: 'What for',
    places: 'Every column, folder and file behind this schedule',
  },
  es: {
    title: 'Cuánto tiempo se guardan las cosas',
    short: 'Plazos de conservación',
    intro:
      'Sale de las reglas con las que el programa borra. Lo que ha vencido no se muestra a nadie desde ese instante, y después se destruye.',
    type: 'Tipo de datos',
    purpose: 'Para qué',
    places: 'Cada columna, carpeta y archivo detrás de estos plazos',
  },
  pt: {
    title: 'Por quanto tempo as coisas são guardadas',
    short: 'Prazos de retenção',
    intro:
      'Feito das regras pelas quais o programa apaga. O que passou do prazo não é mostrado a ninguém a partir desse instante, e depois é destruído.',
    type: 'Tipo de dado',
    purpose: 'Para quê',
    places: 'Cada coluna, pasta e arquivo por trás destes prazos',
  },
  hi: {
    title: 'चीज़ें कब तक रखी जाती हैं',
    short: 'डेटा रखने की अवधि',
    intro:
      'यह उन्हीं नियमों से बनी है जिनसे प्रोग्राम मिटाता है। जिसकी अवधि बीत गई वह उसी क्षण से किसी को नहीं दिखता, और फिर नष्ट कर दिया जाता है।',
    type: 'डेटा का प्रकार',
    purpose: 'किसलिए',
    places: 'इन अवधियों के पीछे का हर कॉलम, फ़ोल्डर और फ़ाइल',
  },
};
