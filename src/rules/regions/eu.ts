import type { Region } from '../region.ts';

export default {
  members: ['at', 'be', 'bg', 'cy', 'cz', 'de', 'dk', 'ee', 'es', 'fi', 'fr', 'gr', 'hr', 'hu', 'ie', 'it', 'lt', 'lu', 'lv', 'mt', 'nl', 'pl', 'pt', 'ro', 'se', 'si', 'sk'],
  aiDisclosure: 'demanded',
  source: { law: 'Regulation (EU) 2024/1689 art. 50(1), 50(5)', readOn: '2026-11-20', confidence: 'secondary' },
} satisfies Region;
