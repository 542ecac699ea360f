export { columnsOf, dataClasses, type Column, type DataClass } from './columns.ts';
export { dataMap, type DataMap, type DataType } from './data-map.ts';
export { elsewhere } from './elsewhere.ts';
export { whatWouldGo, type Going } from './going.ts';
export { confirmHandOver, failHandOver, handOversOf, type HandOver } from './hand-over.ts';
export { isForgotten, keptAfterHandOver, numberMasked } from './hand-over-read.ts';
export { writtenNumber } from './masked-number.ts';
export { howLong, lengthInWords, windowInWords } from './how-long.ts';
export { cleanUp, hygiene, hygieneRuns, type HygieneRun } from './hygiene.ts';
export { inTime, keptUntil, type InTime } from './kept-until.ts';
export { keyLivesFrom } from './key-schedule.ts';
export { keepingOf, setKeeping, type Keeping, type KeepingChoice, type Passing } from './keeping.ts';
export { mapMistakes, type MapMistake } from './map-mistakes.ts';
export { dayMs, days, presets, settable, type Preset, type Settable, type Window, type Windows } from './preset.ts';
export { allOrganisations, planOf, purge, type Plan, type Purged } from './purge.ts';
export { purger, type Purger } from './purger.ts';
export {
  agreedTo,
  agreeOnce,
  purposes,
  purposesOf,
  setPurposes,
  type Agreed,
  type Purpose,
  type PurposeView,
} from './purposes.ts';
export { rules, type Rule, type Said, type Subject, type SweepCtx } from './rule.ts';
export { scheduleOf, type Schedule, type ScheduledHold, type ScheduleLine } from './schedule.ts';
export { canaryWindows, mostDays, windowMistakes } from './windows.ts';
