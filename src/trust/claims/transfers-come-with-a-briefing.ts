import type { Claim } from '../claim.ts';

export default {
  fulfils: ['OURS-12'],
  group: 'calls',
  kind: 'roadmap',
  say: {
    en: 'A call that is put through has a known outcome, a briefing for the person, and comes back when nobody answers.',
    es: 'Una llamada transferida tiene un resultado conocido, un resumen para la persona y vuelve si nadie responde.',
    pt: 'Uma chamada transferida tem um desfecho conhecido, um resumo para a pessoa e volta se ninguém atende.',
    hi: 'स्थानांतरित कॉल का परिणाम ज्ञात होता है, व्यक्ति को सारांश मिलता है, और कोई उत्तर न दे तो कॉल लौट आती है।',
  },
  missing: {
    en: 'A call that nobody takes comes back to the assistant, which says so. The person who takes it gets no briefing yet.',
    es: 'Una llamada que nadie acepta vuelve al asistente, que lo dice. Quien la acepta aún no recibe un resumen.',
    pt: 'Uma chamada que ninguém aceita volta ao assistente, que o diz. Quem a aceita ainda não recebe um resumo.',
    hi: 'जो कॉल कोई नहीं लेता वह सहायक के पास लौटती है, और वह यह बताता है। लेने वाले व्यक्ति को अभी सारांश नहीं मिलता।',
  },
} satisfies Claim;
