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
    keeps: twilioKeeps,
  },
  origin: (config) => config.twilioBaseUrl,
}) satisfies Carrier;
