import type { Claim } from '../claim.ts';

export default {
  fulfils: ['TEL-13'],
  group: 'calls',
  kind: 'roadmap',
  say: {
    en: 'A ranking shows how agents do, from figures that tell nothing of callers.',
    es: 'Una clasificación muestra cómo van los agentes, con cifras que no dicen nada de quienes llaman.',
    pt: 'Um ranking mostra como vão os agentes, com números que nada dizem de quem liga.',
    hi: 'एक तालिका दिखाती है कि एजेंट कैसा काम कर रहे हैं, ऐसे आँकड़ों से जो कॉल करने वालों के बारे में कुछ नहीं बताते।',
  },
} satisfies Claim;
