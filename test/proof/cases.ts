import type { Cases } from './case.ts';
import { carrierCases, pageCases } from './cases/open.ts';
import { erasureCases } from './cases/erasures.ts';
import { closingCases } from './cases/closing.ts';
import { factorCases } from './cases/factors.ts';
import { holdCases } from './cases/holds.ts';
import { identityCases } from './cases/identity.ts';
import { secretaryCases } from './cases/secretary.ts';
import { settingUpCases } from './cases/setting-up.ts';
import { teamCases } from './cases/team.ts';

/** How every route of the product is asked. */
export const cases: Cases = {
  ...pageCases,
  ...carrierCases,
  ...identityCases,
  ...factorCases,
  ...secretaryCases,
  ...settingUpCases,
  ...teamCases,
  ...holdCases,
  ...closingCases,
  ...erasureCases,
};
