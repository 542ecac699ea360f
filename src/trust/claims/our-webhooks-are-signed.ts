import type { Claim } from '../claim.ts';

export default {
  fulfils: ['INT-06'],
  group: 'processors',
  kind: 'roadmap',
  say: {
    en: 'Events that are sent to the systems of a business are signed, so that they can see whose they are.',
    es: 'Los eventos que se envían a los sistemas de un negocio van firmados, para que puedan ver de quién son.',
    pt: 'Eventos enviados aos sistemas de uma empresa são assinados, para que se veja de quem são.',
    hi: 'व्यवसाय की प्रणालियों को भेजी घटनाओं पर हस्ताक्षर होते हैं, ताकि वे देख सकें कि वे किसकी हैं।',
  },
} satisfies Claim;
