import type { Region } from '../region.ts';

/** California binds clinics (AB 3030) and announcing devices (AB 2905); which of them a business is, we cannot see. */
export default {
  aiDisclosure: 'demanded',
  source: {
    law: 'Health & Safety Code 1339.75; Public Utilities Code 2874',
    readOn: '2026-11-20',
    confidence: 'secondary',
  },
} satisfies Region;
