import { dataMapPage } from './data-map-page.ts';
import { controlsPage, frameworksPage, permissionsPage } from './frameworks-page.ts';
import { flowPage } from './flow-page.ts';
import { livePage, numbersPage } from './figures-page.ts';
import { logPage } from './log-page.ts';
import { overviewPage } from './overview-page.ts';
import { processorsPage } from './processors-page.ts';
import { retentionPage } from './retention-page.ts';
import { securityPage } from './security-page.ts';
import { statusPage } from './status-page.ts';
import type { TrustPage } from './trust-page.ts';

/** Every page of the Trust Center, in the order of its navigation. */
export const pages: readonly TrustPage[] = [
  overviewPage,
  frameworksPage,
  controlsPage,
  flowPage,
  processorsPage,
  retentionPage,
  dataMapPage,
  permissionsPage,
  securityPage,
  logPage,
  statusPage,
  numbersPage,
  livePage,
];
