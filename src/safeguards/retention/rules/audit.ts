import type { Rule } from '../rule.ts';

export default {
  say: { en: 'The audit log', es: 'El registro de auditoría', pt: 'O registro de auditoria', hi: 'ऑडिट लॉग' },
  subject: 'installation',
  purpose: {
    en: 'To be able to show what was done, by which id, and when. The entries hold ids and fixed words; what is about a person lies sealed apart from them.',
    es: 'Poder mostrar qué se hizo, con qué id y cuándo. Las entradas contienen ids y palabras fijas; lo que trata de una persona está sellado aparte.',
    pt: 'Poder mostrar o que foi feito, por qual id e quando. As entradas contêm ids e palavras fixas; o que diz respeito a uma pessoa está selado à parte.',
    hi: 'यह दिखा सकने के लिए कि क्या, किस आईडी से और कब किया गया। प्रविष्टियों में आईडी और निश्चित शब्द हैं; व्यक्ति से जुड़ा अलग मुहरबंद है।',
  },
  covers: [
    'app.audit_entries.*',
    'app.audit_trees.*',
    'app.audit_pending.*',
    'app.audit_places.*',
    'app.audit_tiles.*',
    'app.audit_heads.*',
    'app.audit_head_leaves.*',
    'app.log_cosignatures.*',
  ],
  keeps: {
    by: 'installation',
    why: {
      en: 'A record from which something can be taken away shows nothing (AUD-02, RET-08).',
      es: 'Un registro del que se puede quitar algo no demuestra nada (AUD-02, RET-08).',
      pt: 'Um registro do qual se pode tirar algo não mostra nada (AUD-02, RET-08).',
      hi: 'जिस अभिलेख से कुछ हटाया जा सके वह कुछ नहीं दिखाता (AUD-02, RET-08)।',
    },
  },
  ends: [],
} satisfies Rule;
