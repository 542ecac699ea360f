import { days, type Preset } from '../preset.ts';

export default {
  say: {
    en: 'Within 5 minutes of a confirmed hand-over to your own system what was said, messages and names are gone and numbers are masked; whatever is personal is gone after 30 days, handed over or not.',
    es: 'A los 5 minutos de entregarse y confirmarse en su propio sistema desaparecen lo dicho, los mensajes y los nombres, y los números quedan ocultos; todo lo personal desaparece a los 30 días, se haya entregado o no.',
    pt: 'Em até 5 minutos após uma entrega confirmada ao seu próprio sistema, o que foi dito, recados e nomes somem e os números são mascarados; tudo o que é pessoal some depois de 30 dias, entregue ou não.',
    hi: 'आपके अपने तंत्र को सौंपने की पुष्टि के 5 मिनट के भीतर कही बातें, संदेश और नाम चले जाते हैं और नंबर छिपा दिए जाते हैं; जो भी निजी है वह 30 दिन बाद जाता है, सौंपा गया हो या नहीं।',
  },
  windows: {
    recordings: days(30),
    calls: days(30),
    messages: days(30),
    people: days(30),
    leads: days(30),
    appointments: days(30),
  },
  afterHandOver: 5 * 60_000,
} satisfies Preset;
