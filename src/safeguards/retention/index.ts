export { whatWouldGo, type Going } from './going.ts';
export { inTime, keptUntil, type InTime } from './kept-until.ts';
export {
  keepingOf,
  mostDays,
  presets,
  setKeeping,
  type Days,
  type Keeping,
  type KeepingChoice,
  type Kept,
  type Preset,
} from './keeping.ts';
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
export { keepingSweeper, type SweeperCtx } from './sweeper.ts';
