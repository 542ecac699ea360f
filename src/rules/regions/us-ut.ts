import type { Region } from '../region.ts';

/** Utah asks for it when asked and in regulated occupations; disclosing at the outset is the statute's safe harbour. */
export default {
  aiDisclosure: 'demanded',
  source: { law: 'Utah Code 13-77-103, 13-77-104', readOn: '2026-11-20', confidence: 'primary' },
} satisfies Region;
