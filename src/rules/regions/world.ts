import type { Region } from '../region.ts';

export default {
  aiDisclosure: 'choice',
  source: { law: 'none found; disclosing is our default', readOn: '2026-11-20', confidence: 'memory' },
} satisfies Region;
