import type { Rule } from '../rule.ts';

export default {
  say: { en: 'Legal holds', es: 'Retenciones legales', pt: 'Retenções legais', hi: 'कानूनी रोक' },
  subject: 'business',
  purpose: {
    en: 'To keep what a claim at law or a duty demands, for as long as two people have said, and to show who decided that and why. The number of a person goes when the hold is over, the reason a year later.',
    es: 'Conservar lo que exige una reclamación judicial o un deber, durante el tiempo que han dicho dos personas, y mostrar quién lo decidió y por qué. El número de una persona se borra cuando termina la retención; el motivo, un año después.',
    pt: 'Guardar o que uma ação judicial ou um dever exige, pelo tempo que duas pessoas disseram, e mostrar quem decidiu isso e por quê. O número de uma pessoa some quando a retenção termina; o motivo, um ano depois.',
    hi: 'कानूनी दावे या कर्तव्य की माँग को, जितना दो लोगों ने कहा उतने समय, रखने और यह दिखाने के लिए कि किसने क्यों तय किया। व्यक्ति का नंबर रोक के साथ जाता है, कारण एक वर्ष बाद।',
  },
  covers: ['app.holds.*', 'app.held_items.*'],
  keeps: { by: 'belonging', to: 'account' },
  ends: ['key', 'value', 'row'],
} satisfies Rule;
