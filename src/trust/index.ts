export { openCanaryAccount, type CanaryAccount } from './canary-account.ts';
export { openVisits } from './canary-visitor.ts';
export { groups, languages, statuses } from './claim.ts';
export type {
  Claim,
  Counterexample,
  Fault,
  Finding,
  Group,
  Language,
  Reach,
  Self,
  SelfAnswer,
  SelfRequest,
  Sentence,
  Sockets,
  Status,
  Verdict,
} from './claim.ts';
export { keepEvidence } from './evidence.ts';
export { loadClaims, proveAll, proveAndKeep } from './prove-all.ts';
export type { Means } from './means.ts';
export { processorsOutside } from './outside.ts';
export { promiseIds, type PromiseId } from './promises.ts';
export { scheduleProofs } from './schedule.ts';
export { trustState, type ClaimState, type TrustState } from './state.ts';
export { trustRoutes } from './page/routes.ts';
export { plainPage } from './page/plain-page.ts';
