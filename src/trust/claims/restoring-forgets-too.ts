import type { Claim } from '../claim.ts';

export default {
  fulfils: ['OURS-15'],
  group: 'keeping',
  kind: 'roadmap',
  say: {
    en: 'Whoever restores a backup erases again what was erased since, before the first call is answered.',
    es: 'Quien restaura una copia vuelve a borrar lo borrado desde entonces, antes de atender la primera llamada.',
    pt: 'Quem restaura um backup apaga de novo o que foi apagado desde então, antes de atender a primeira chamada.',
    hi: 'बैकअप लौटाने पर, पहली कॉल का उत्तर देने से पहले, तब से मिटाई गई हर चीज़ फिर मिटाई जाती है।',
  },
  missing: {
    en: 'Content whose key was destroyed stays unreadable in every backup. Rows that a backup brings back are not erased again by themselves.',
    es: 'El contenido cuya clave se destruyó sigue ilegible en toda copia. Las filas que una copia devuelve no se vuelven a borrar solas.',
    pt: 'O conteúdo cuja chave foi destruída continua ilegível em todo backup. As linhas que um backup traz de volta não são apagadas de novo sozinhas.',
    hi: 'जिस सामग्री की कुंजी नष्ट हुई वह हर बैकअप में अपठनीय रहती है। बैकअप से लौटी पंक्तियाँ अपने आप फिर नहीं मिटतीं।',
  },
} satisfies Claim;
