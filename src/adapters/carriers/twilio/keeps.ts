import type { Residue } from '#base';

const callResource = 'https://www.twilio.com/docs/voice/api/call-resource';
const fields = 'https://www.twilio.com/docs/glossary/what-is-personally-identifiable-information-pii';

/**
 * What lies at Twilio after a call, as its documentation says it (read in November 2026). "PII MTL: 120 days" at a field
 * is the least time, from when it came about, that Twilio keeps it in its own systems whatever is deleted.
 */
export const twilioKeeps: readonly Residue[] = [
  {
    what: 'call-records',
    say: {
      en: 'The record of each call: both numbers, the name the network gives for the caller, when, how long',
      es: 'El registro de cada llamada: los dos números, el nombre que la red da de quien llama, cuándo, cuánto duró',
      pt: 'O registro de cada ligação: os dois números, o nome que a rede informa de quem liga, quando e quanto durou',
      hi: 'हर कॉल का रिकॉर्ड: दोनों नंबर, नेटवर्क द्वारा बताया गया कॉल करने वाले का नाम, समय और अवधि',
    },
    days: null,
    from: 'made',
    deletable: true,
    source: callResource,
    verified: true,
  },
  {
    what: 'recordings',
    say: {
      en: 'Recordings that were made at Twilio: none by Sotto, which records by itself; others where the account asks for them',
      es: 'Grabaciones hechas en Twilio: ninguna por Sotto, que graba por sí mismo; otras si la cuenta las pide',
      pt: 'Gravações feitas na Twilio: nenhuma pelo Sotto, que grava por conta própria; outras se a conta as pedir',
      hi: 'Twilio पर बनी रिकॉर्डिंग: Sotto की कोई नहीं, क्योंकि वह स्वयं रिकॉर्ड करता है; अन्य तभी जब खाता उन्हें माँगे',
    },
    days: null,
    from: 'made',
    deletable: true,
    source: 'https://www.twilio.com/docs/voice/api/recording',
    verified: true,
  },
  {
    what: 'transcriptions',
    say: {
      en: 'Transcriptions of such recordings',
      es: 'Transcripciones de esas grabaciones',
      pt: 'Transcrições dessas gravações',
      hi: 'उन रिकॉर्डिंग के लिखित रूप',
    },
    days: null,
    from: 'made',
    deletable: true,
    source: 'https://www.twilio.com/docs/voice/api/recording-transcription',
    verified: true,
  },
  {
    what: 'messages',
    say: {
      en: 'Messages to and from the number: none by Sotto so far; in the logs for 400 days, in the archive until deleted',
      es: 'Mensajes al número y del número: ninguno por Sotto hasta ahora; 400 días en los registros, en el archivo hasta que se borran',
      pt: 'Mensagens para o número e dele: nenhuma pelo Sotto até agora; 400 dias nos registros, no arquivo até serem apagadas',
      hi: 'नंबर पर आए और वहाँ से भेजे गए संदेश: Sotto द्वारा अब तक कोई नहीं; लॉग में 400 दिन, संग्रह में मिटाए जाने तक',
    },
    days: null,
    from: 'made',
    deletable: true,
    source: 'https://support.twilio.com/hc/en-us/articles/223181008-Twilio-SMS-message-and-traffic-storage',
    verified: true,
  },
  {
    what: 'numbers-for-settlement',
    say: {
      en: 'Both numbers of a call, in Twilio’s own systems, to settle with other carriers and for taxes, whatever was deleted',
      es: 'Los dos números de una llamada, en los sistemas propios de Twilio, para liquidar con otros operadores e impuestos, se borre lo que se borre',
      pt: 'Os dois números de uma ligação, nos sistemas próprios da Twilio, para acertos com outras operadoras e impostos, seja o que for apagado',
      hi: 'कॉल के दोनों नंबर, Twilio की अपनी प्रणालियों में, अन्य ऑपरेटरों से हिसाब और करों के लिए, चाहे कुछ भी मिटाया गया हो',
    },
    days: 120,
    from: 'made',
    deletable: false,
    source: `${callResource} (PII MTL: 120 days), ${fields}`,
    verified: true,
  },
  {
    what: 'recording-metadata',
    say: {
      en: 'That there was a recording, when and how long, without its sound',
      es: 'Que hubo una grabación, cuándo y de qué duración, sin su sonido',
      pt: 'Que houve uma gravação, quando e de que duração, sem o som',
      hi: 'यह कि रिकॉर्डिंग थी, कब और कितनी लंबी, बिना उसकी आवाज़ के',
    },
    days: 40,
    from: 'deleted',
    deletable: false,
    source: 'https://www.twilio.com/en-us/changelog/fetch-deleted-call-recording-metadata-',
    verified: true,
  },
  {
    what: 'backups',
    say: {
      en: 'What was deleted, in backups of Twilio',
      es: 'Lo borrado, en las copias de seguridad de Twilio',
      pt: 'O que foi apagado, nas cópias de segurança da Twilio',
      hi: 'जो मिटाया गया, Twilio के बैकअप में',
    },
    days: 30,
    from: 'deleted',
    deletable: false,
    source: fields,
    verified: true,
  },
  {
    what: 'debugging',
    say: {
      en: 'Requests between Twilio and this installation, as its console shows them for debugging',
      es: 'Las peticiones entre Twilio y esta instalación, como las muestra su consola para depurar',
      pt: 'As requisições entre a Twilio e esta instalação, como o console dela as mostra para depuração',
      hi: 'Twilio और इस इंस्टॉलेशन के बीच के अनुरोध, जैसा उसका कंसोल जाँच के लिए दिखाता है',
    },
    days: 30,
    from: 'made',
    deletable: false,
    source: 'https://www.twilio.com/docs/voice/voice-insights/frequently-asked-questions',
    verified: false,
  },
  {
    what: 'speech-providers',
    say: {
      en: 'What the companies that listen and speak for Twilio keep of the words; Twilio names them and does not say',
      es: 'Lo que conservan de las palabras las empresas que escuchan y hablan por Twilio; Twilio las nombra y no lo dice',
      pt: 'O que as empresas que ouvem e falam pela Twilio conservam das palavras; a Twilio as nomeia e não diz',
      hi: 'Twilio के लिए सुनने और बोलने वाली कंपनियाँ शब्दों का जो रखती हैं; Twilio उनके नाम बताता है, यह नहीं',
    },
    days: null,
    from: 'made',
    deletable: false,
    source: 'https://www.twilio.com/docs/voice/conversationrelay',
    verified: false,
  },
  {
    what: 'add-ons',
    say: {
      en: 'What add-ons of the account made of recordings, where it has any: Sotto asks for none and deletes none',
      es: 'Lo que complementos de la cuenta hicieron de las grabaciones, si tiene alguno: Sotto no pide ni borra ninguno',
      pt: 'O que complementos da conta fizeram das gravações, se houver algum: o Sotto não pede nem apaga nenhum',
      hi: 'खाते के ऐड-ऑन ने रिकॉर्डिंग से जो बनाया, यदि कोई हों: Sotto न माँगता है न मिटाता है',
    },
    days: null,
    from: 'made',
    deletable: false,
    source: 'https://www.twilio.com/docs/marketplace/listings/usage',
    verified: false,
  },
  {
    what: 'billing',
    say: {
      en: 'Bills: how many calls and minutes, and what they cost',
      es: 'Facturas: cuántas llamadas y minutos, y su coste',
      pt: 'Faturas: quantas ligações e minutos, e quanto custaram',
      hi: 'बिल: कितनी कॉल और मिनट, और उनकी लागत',
    },
    days: null,
    from: 'made',
    deletable: false,
    source: 'https://www.twilio.com/docs/usage/api/usage-record',
    verified: false,
  },
];
