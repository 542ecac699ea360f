import type { Residue } from '#base';

const yourData = 'https://developers.openai.com/api/docs/guides/your-data';

/** What lies at OpenAI after a call, as its documentation says it (read in November 2026). */
export const openaiKeeps: readonly Residue[] = [
  {
    what: 'abuse-monitoring',
    say: {
      en: 'Logs against abuse, which can hold what was said and answered: up to 30 days, longer where the law or an investigation wants it; none of the content under zero data retention, which OpenAI has to approve',
      es: 'Registros contra el abuso, que pueden contener lo dicho y lo respondido: hasta 30 días, más si la ley o una investigación lo exige; nada del contenido con retención cero, que OpenAI debe aprobar',
      pt: 'Registros contra abuso, que podem conter o que foi dito e respondido: até 30 dias, mais se a lei ou uma investigação exigir; nada do conteúdo com retenção zero, que a OpenAI precisa aprovar',
      hi: 'दुरुपयोग रोकने के लॉग, जिनमें कही और उत्तर दी गई बातें हो सकती हैं: 30 दिन तक, कानून या जाँच माँगे तो अधिक; शून्य प्रतिधारण में सामग्री कुछ नहीं, जिसे OpenAI को स्वीकृत करना होता है',
    },
    days: 30,
    from: 'made',
    deletable: false,
    source: yourData,
    verified: true,
  },
  {
    what: 'answers',
    say: {
      en: 'Stored answers of the Responses API and traces: none, every request says store: false and tracing is off',
      es: 'Respuestas guardadas de la API Responses y trazas: ninguna, cada petición dice store: false y el rastreo está apagado',
      pt: 'Respostas guardadas da API Responses e rastros: nenhuma, cada requisição diz store: false e o rastreamento está desligado',
      hi: 'Responses API के सहेजे उत्तर और ट्रेस: कोई नहीं, हर अनुरोध store: false कहता है और ट्रेसिंग बंद है',
    },
    days: 0,
    from: 'made',
    deletable: false,
    source: yourData,
    verified: true,
  },
  {
    what: 'live-sessions',
    say: {
      en: 'What a live session holds of the conversation, at most for as long as it lasts; the page that says so for this interface could not be read',
      es: 'Lo que una sesión en vivo guarda de la conversación, como mucho mientras dura; la página que lo dice de esta interfaz no se pudo leer',
      pt: 'O que uma sessão ao vivo guarda da conversa, no máximo enquanto dura; a página que diz isso desta interface não pôde ser lida',
      hi: 'लाइव सत्र बातचीत का जो रखता है, अधिक से अधिक उसके चलने तक; इस इंटरफ़ेस के बारे में यह कहने वाला पृष्ठ पढ़ा नहीं जा सका',
    },
    days: 0,
    from: 'made',
    deletable: false,
    source: yourData,
    verified: false,
  },
];
