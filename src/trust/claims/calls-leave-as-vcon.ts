import type { Claim } from '../claim.ts';

export default {
  fulfils: ['OURS-14'],
  group: 'processors',
  kind: 'roadmap',
  say: {
    en: 'A call can be taken away as vCon, whole or with what is personal masked, with its consents.',
    es: 'Una llamada se puede llevar como vCon, entera o con lo personal tapado, con sus consentimientos.',
    pt: 'Uma chamada pode ser levada como vCon, inteira ou com o pessoal encoberto, com os seus consentimentos.',
    hi: 'कॉल को vCon के रूप में ले जाया जा सकता है, पूरी या निजी बातें ढकी हुई, अपनी सहमतियों सहित।',
  },
} satisfies Claim;
