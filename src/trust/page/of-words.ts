import type { Language } from '../claim.ts';

type Words = {
  readonly title: (name: string) => string;
  readonly intro: string;
  readonly promises: string;
  readonly promisesSays: string;
  readonly all: string;
  readonly processors: { readonly title: string; readonly says: string; readonly none: string };
  readonly processor: string;
  readonly purpose: string;
  readonly data: string;
  readonly region: string;
  readonly retention: { readonly title: string; readonly says: (preset: string) => string };
  readonly nobody: string;
};

/** The words of the page of one organisation. */
export const ofWords: { readonly [L in Language]: Words } = {
  en: {
    title: (name) => `How ${name} answers the telephone, and what becomes of it`,
    intro:
      'An AI secretary answers calls to this business. This page is computed from the settings that are in force, at the moment you open it.',
    promises: 'What is promised, and what was seen',
    promisesSays: 'Each promise is checked on the running system, again and again. Nobody can type a status.',
    all: 'Every promise with its proof',
    processors: {
      title: 'Who else gets something',
      says: 'Companies that get data of this business or of its callers, what they get and where.',
      none: 'Nobody outside gets anything.',
    },
    processor: 'Company',
    purpose: 'What for',
    data: 'What it gets',
    region: 'Where',
    retention: {
      title: 'How long things are kept',
      says: (preset) => `As this business has set it: ${preset}.`,
    },
    nobody: 'This business',
  },
  es: {
    title: (name) => `Cómo atiende el teléfono ${name} y qué pasa con lo dicho`,
    intro:
      'Una secretaria de IA atiende las llamadas a este negocio. Esta página se calcula con los ajustes vigentes, en el momento en que la abre.',
    promises: 'Qué se promete y qué se ha visto',
    promisesSays: 'Cada promesa se comprueba en el sistema en marcha, una y otra vez. Nadie puede escribir un estado.',
    all: 'Todas las promesas con su prueba',
    processors: {
      title: 'Quién más recibe algo',
      says: 'Empresas que reciben datos de este negocio o de quienes lo llaman, qué reciben y dónde.',
      none: 'Nadie de fuera recibe nada.',
    },
    processor: 'Empresa',
    purpose: 'Para qué',
    data: 'Qué recibe',
    region: 'Dónde',
    retention: {
      title: 'Cuánto tiempo se guardan las cosas',
      says: (preset) => `Como lo ha fijado este negocio: ${preset}.`,
    },
    nobody: 'Este negocio',
  },
  pt: {
    title: (name) => `Como ${name} atende o telefone e o que acontece com o que é dito`,
    intro:
      'Uma secretária de IA atende as ligações para esta empresa. Esta página é calculada a partir das configurações em vigor, no momento em que você a abre.',
    promises: 'O que se promete e o que foi observado',
    promisesSays:
      'Cada promessa é verificada no sistema em funcionamento, repetidamente. Ninguém pode digitar um status.',
    all: 'Todas as promessas com sua comprovação',
    processors: {
      title: 'Quem mais recebe algo',
      says: 'Empresas que recebem dados desta empresa ou de quem liga para ela, o que recebem e onde.',
      none: 'Ninguém de fora recebe nada.',
    },
    processor: 'Empresa',
    purpose: 'Para quê',
    data: 'O que recebe',
    region: 'Onde',
    retention: {
      title: 'Por quanto tempo as coisas são guardadas',
      says: (preset) => `Conforme definido por esta empresa: ${preset}.`,
    },
    nobody: 'Esta empresa',
  },
  hi: {
    title: (name) => `${name} फ़ोन का उत्तर कैसे देता है, और कही गई बातों का क्या होता है`,
    intro: 'इस व्यवसाय की कॉल एक AI सचिव लेती है। यह पृष्ठ उसी क्षण लागू सेटिंग्स से बनता है जब आप इसे खोलते हैं।',
    promises: 'क्या वादा किया गया है, और क्या देखा गया',
    promisesSays: 'हर वादा चलते हुए सिस्टम पर बार-बार जाँचा जाता है। कोई स्थिति हाथ से नहीं लिखी जा सकती।',
    all: 'हर वादा, अपने प्रमाण के साथ',
    processors: {
      title: 'और किसे कुछ मिलता है',
      says: 'वे कंपनियाँ जिन्हें इस व्यवसाय का या इसे कॉल करने वालों का डेटा मिलता है, क्या मिलता है और कहाँ।',
      none: 'बाहर किसी को कुछ नहीं मिलता।',
    },
    processor: 'कंपनी',
    purpose: 'किसलिए',
    data: 'क्या मिलता है',
    region: 'कहाँ',
    retention: {
      title: 'चीज़ें कब तक रखी जाती हैं',
      says: (preset) => `जैसा इस व्यवसाय ने तय किया है: ${preset}।`,
    },
    nobody: 'यह व्यवसाय',
  },
};
