import type { Region } from '../region.ts';

export default {
  aiDisclosure: 'demanded',
  source: { law: '10 M.R.S. § 1500-DD (Maine, LD 1727)', readOn: '2026-11-20', confidence: 'secondary' },
} satisfies Region;
