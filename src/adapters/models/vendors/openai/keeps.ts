import type { Residue } from '#base';

const yourData = 'https://developers.openai.com/api/docs/guides/your-data';

/** What lies at OpenAI after a call, as its documentation says it (read in November 2026). */
export const openaiKeeps: readonly Residue[] = [
  {
    what: 'abuse-monitoring',
    say: {
      en: 'Logs against abuse, which can hold what was said and answered: up to 30 days, longer where the law or an investigation wants it; none of the content under zero data retention, which OpenAI has to approve',
      es: 'Registros contra el abuso, que pueden contener lo dicho y lo respondido: hasta 30 días, más si la ley o una investigación lo exige; nada del contenido con retención cero, que OpenAI debe aprobar',
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
    },
    days: 0,
    from: 'made',
    deletable: false,
    source: yourData,
    verified: false,
  },
];
