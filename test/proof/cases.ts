import type { Cases } from './case.ts';
import { auditLogCases } from './cases/audit-log.ts';
import { carrierCases, pageCases } from './cases/open.ts';
import { disclosureCases } from './cases/disclosure.ts';
import { erasureCases } from './cases/erasures.ts';
import { logFileCases } from './cases/log-files.ts';
import { closingCases } from './cases/closing.ts';
import { factorCases } from './cases/factors.ts';
import { holdCases } from './cases/holds.ts';
import { identityCases } from './cases/identity.ts';
import { registerCases } from './cases/register.ts';
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
  ...auditLogCases,
  ...holdCases,
  ...closingCases,
  ...erasureCases,
  ...disclosureCases,
  ...registerCases,
  ...logFileCases,
};
