export { businessDayAfter, weekendOf } from './business-day.ts';
export { operatorWeek } from './week.ts';
export { assessmentMs, clockNames, fixMs, severities, type ClockName, type Severity } from './clocks.ts';
export {
  isoOrNull,
  listReports,
  openReport,
  reasons,
  reportByReceipt,
  type OpenedReport,
  type Reason,
  type Reply,
  type Report,
  type ReportClock,
} from './read.ts';
export { receiveReport, type DisclosureCtx, type NewReport } from './receive.ts';
export { newForm } from './receipt.ts';
export { securityTxt } from './security-txt.ts';
export { reportStanding, type Kept, type Standing } from './standing.ts';
export { reportKeptMs, reportSweeper } from './sweeper.ts';
export { reportWatch } from './watch.ts';
export { workOnReport, type Step } from './work.ts';
