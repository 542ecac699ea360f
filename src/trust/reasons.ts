import type { Sentence } from './claim.ts';

/** Why a requirement does not apply here; printed beside it. */
export const reasons = {
  'no-paper': {
    en: 'This program puts no card data on paper. Whoever does so elsewhere answers this line for themselves.',
    es: 'Este programa no pone datos de tarjetas en papel. Quien lo haga en otro lugar responde por sí mismo de esta línea.',
    pt: 'Este programa não coloca dados de cartões em papel. Quem o fizer em outro lugar responde por conta própria por esta linha.',
    hi: 'यह प्रोग्राम कार्ड का कोई डेटा काग़ज़ पर नहीं रखता। जो कहीं और ऐसा करता है, वह इस पंक्ति का उत्तर स्वयं देता है।',
  },
  'no-decisions': {
    en: 'The program takes messages and books appointments; it decides nothing that has legal effect for a person.',
    es: 'El programa toma recados y reserva citas; no decide nada que tenga efectos jurídicos para una persona.',
    pt: 'O programa anota recados e marca horários; não decide nada que tenha efeito jurídico para uma pessoa.',
    hi: 'यह प्रोग्राम संदेश लेता है और अपॉइंटमेंट बुक करता है; किसी व्यक्ति पर कानूनी प्रभाव डालने वाला कोई निर्णय नहीं लेता।',
  },
  'no-sale': {
    en: 'The program has no function that sells data about people or shares it for advertising.',
    es: 'El programa no tiene ninguna función que venda datos de personas ni los comparta para publicidad.',
    pt: 'O programa não tem nenhuma função que venda dados de pessoas ou os compartilhe para publicidade.',
    hi: 'इस प्रोग्राम में लोगों का डेटा बेचने या विज्ञापन के लिए साझा करने का कोई साधन नहीं है।',
  },
  'no-consent-manager': {
    en: 'This line is for consent managers registered with the Data Protection Board; the program is none.',
    es: 'Esta línea es para gestores de consentimiento registrados ante la autoridad india; el programa no es uno.',
    pt: 'Esta linha é para gestores de consentimento registrados na autoridade indiana; o programa não é um deles.',
    hi: 'यह पंक्ति डेटा संरक्षण बोर्ड में पंजीकृत सहमति प्रबंधकों के लिए है; यह प्रोग्राम उनमें से नहीं है।',
  },
  'no-incentive': {
    en: 'The program offers nobody money or another advantage for data.',
    es: 'El programa no ofrece a nadie dinero ni otra ventaja a cambio de datos.',
    pt: 'O programa não oferece a ninguém dinheiro ou outra vantagem em troca de dados.',
    hi: 'यह प्रोग्राम डेटा के बदले किसी को धन या कोई और लाभ नहीं देता।',
  },
  'no-contracted-development': {
    en: 'The program is open source and comes from its project as it is; nobody is hired by this installation to write it.',
    es: 'El programa es de código abierto y llega tal cual de su proyecto; esta instalación no contrata a nadie para escribirlo.',
    pt: 'O programa é de código aberto e vem do seu projeto como está; esta instalação não contrata ninguém para escrevê-lo.',
    hi: 'यह प्रोग्राम ओपन सोर्स है और अपनी परियोजना से जैसा है वैसा आता है; इसे लिखने के लिए यह इंस्टॉलेशन किसी को नियुक्त नहीं करता।',
  },
} as const satisfies Readonly<Record<string, Required<Sentence>>>;

export type ReasonId = keyof typeof reasons;
