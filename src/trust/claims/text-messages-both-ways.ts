import type { Claim } from '../claim.ts';

export default {
  fulfils: ['MSG-01', 'OURS-11'],
  group: 'calls',
  kind: 'roadmap',
  say: {
    en: 'Text messages and calls are one conversation with the same assistant, which a person can take over at any time.',
    es: 'Los mensajes de texto y las llamadas son una sola conversación con el mismo asistente, que una persona puede asumir en cualquier momento.',
    pt: 'Mensagens de texto e chamadas são uma só conversa com o mesmo assistente, que uma pessoa pode assumir a qualquer momento.',
    hi: 'टेक्स्ट संदेश और कॉल उसी सहायक से एक ही बातचीत हैं, जिसे कोई व्यक्ति कभी भी अपने हाथ में ले सकता है।',
  },
} satisfies Claim;
