import type { Carrier } from '../carrier.ts';
import { twilioDialect } from '../twilio/dialect.ts';
import { twilioBaa, twilioCertifications } from '../twilio/assurances.ts';
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
    pt: {
      purpose: 'Ligações telefônicas, transcrição do que diz quem liga, voz do que respondemos',
      data: [
        'números de quem liga e de quem é chamado',
        'áudio da ligação',
        'palavras transcritas',
        'palavras a serem ditas',
        'teclas pressionadas',
      ],
      region: 'Estados Unidos; a voz por meio de Google, Amazon, Deepgram ou ElevenLabs, conforme escolhido na Twilio',
    },
    hi: {
      purpose: 'टेलीफ़ोन कॉल, कॉल करने वाले की बात को लिखना, हमारे उत्तर की आवाज़',
      data: [
        'कॉल करने वाले और जिसे कॉल की गई, दोनों के नंबर',
        'कॉल का ऑडियो',
        'लिखे गए शब्द',
        'बोले जाने वाले शब्द',
        'दबाई गई कुंजियाँ',
      ],
      region: 'संयुक्त राज्य अमेरिका; आवाज़ Google, Amazon, Deepgram या ElevenLabs के माध्यम से, जैसा Twilio पर चुना गया हो',
    },
    website: 'https://www.twilio.com',
    security: 'https://security.twilio.com/',
    baa: twilioBaa,
    certifications: twilioCertifications,
    keeps: twilioKeeps,
  },
  origin: (config) => config.twilioBaseUrl,
}) satisfies Carrier;
