import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TEL-08'],
  group: 'calls',
  kind: 'roadmap',
  say: {
    en: 'During a call the assistant looks things up in the knowledge base of the business and asks its own systems over https.',
    es: 'Durante la llamada el asistente consulta la base de conocimiento del negocio y pregunta a los sistemas de este por https.',
    pt: 'Durante a chamada o assistente consulta a base de conhecimento da empresa e pergunta aos sistemas dela por https.',
    hi: 'कॉल के दौरान सहायक व्यवसाय के ज्ञान-भंडार में जानकारी देखता है और उसकी अपनी प्रणालियों से https पर पूछता है।',
  },
  missing: {
    en: 'It answers from the facts that the business has entered. Documents and own systems are missing.',
    es: 'Responde con los datos que el negocio ha anotado. Faltan los documentos y los sistemas propios.',
    pt: 'Ele responde com os fatos que a empresa registrou. Faltam documentos e sistemas próprios.',
    hi: 'वह व्यवसाय के लिखे तथ्यों से उत्तर देता है। दस्तावेज़ और व्यवसाय की अपनी प्रणालियाँ अभी नहीं हैं।',
  },
} satisfies Claim;
