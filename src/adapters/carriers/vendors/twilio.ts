import type { Carrier } from '../carrier.ts';
import { twilioDialect } from '../twilio/dialect.ts';
import { twilioKeeps } from '../twilio/keeps.ts';

/** Twilio Programmable Voice. It also transcribes and speaks, through providers of its own choice. */
export default twilioDialect({
  id: 'twilio',
  processor: {
    name: 'Twilio Inc.',
    purpose: 'Telephone calls, transcription of what the caller says, speech of what we answer',
    data: ['caller and called numbers', 'audio of the call', 'transcribed words', 'words to be spoken', 'keys pressed'],
    region: 'United States; speech through Google, Amazon, Deepgram or ElevenLabs as chosen at Twilio',
    hosts: ['api.twilio.com'],
    es: {
      purpose: 'Llamadas telefónicas, transcripción de lo que dice quien llama, voz de lo que respondemos',
      data: [
        'números de quien llama y del llamado',
        'audio de la llamada',
        'palabras transcritas',
        'palabras que se van a decir',
        'teclas pulsadas',
      ],
      region: 'Estados Unidos; la voz a través de Google, Amazon, Deepgram o ElevenLabs, según se elija en Twilio',
    },
    keeps: twilioKeeps,
  },
  origin: (config) => config.twilioBaseUrl,
}) satisfies Carrier;
