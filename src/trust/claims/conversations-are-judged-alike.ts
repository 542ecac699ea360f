import type { Claim } from '../claim.ts';

export default {
  fulfils: ['OURS-13'],
  group: 'calls',
  kind: 'roadmap',
  say: {
    en: 'One judge weighs conversations in tests and in earnest, and every version of an agent passes scripted callers before it answers.',
    es: 'Un mismo juez valora las conversaciones en pruebas y en serio, y toda versión de un agente pasa llamadas de guion antes de responder.',
    pt: 'Um mesmo juiz avalia as conversas em testes e para valer, e cada versão de um agente passa por chamadas roteirizadas antes de atender.',
    hi: 'परीक्षण और वास्तविक बातचीत को एक ही निर्णायक आँकता है, और एजेंट का हर संस्करण उत्तर देने से पहले लिखित कॉलों से गुज़रता है।',
  },
} satisfies Claim;
