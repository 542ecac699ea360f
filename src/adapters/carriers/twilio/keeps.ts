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
    },
    days: null,
    from: 'made',
    deletable: true,
    source: 'https://www.twilio.com/docs/voice/api/recording',
    verified: true,
  },
  {
    what: 'transcriptions',
    say: { en: 'Transcriptions of such recordings', es: 'Transcripciones de esas grabaciones' },
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
    },
    days: 40,
    from: 'deleted',
    deletable: false,
    source: 'https://www.twilio.com/en-us/changelog/fetch-deleted-call-recording-metadata-',
    verified: true,
  },
  {
    what: 'backups',
    say: { en: 'What was deleted, in backups of Twilio', es: 'Lo borrado, en las copias de seguridad de Twilio' },
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
    },
    days: null,
    from: 'made',
    deletable: false,
    source: 'https://www.twilio.com/docs/usage/api/usage-record',
    verified: false,
  },
];
