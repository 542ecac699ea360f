export {
  addDocument,
  largestFile,
  isInDate,
  listDocuments,
  removeDocument,
  type TrustDocument,
} from './attestations/documents.ts';
export { documentKinds, isDocumentKind, type DocumentKind } from './attestations/kinds.ts';
export { boasts } from './boasts.ts';
export { insistPlain } from './typed-texts.ts';
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
export type { EvidenceFile } from './evidence-file.ts';
export { keepEvidence } from './evidence.ts';
export { evidenceKeeper } from './leaf-looks.ts';
export { trustReconcilers } from './reconcilers.ts';
export { loadClaims, proveAll, proveAndKeep } from './prove-all.ts';
export type { Means } from './means.ts';
export { duties } from './duties.ts';
export { loadFrameworks, type Answer as FrameworkAnswer, type Control as FrameworkControl } from './framework.ts';
export { reasons } from './reasons.ts';
export { processorsOutside } from './outside.ts';
export { promiseIds, type PromiseId } from './promises.ts';
export { cadence, scheduleProofs } from './schedule.ts';
export { trustState, type ClaimState, type TrustState } from './state.ts';
export { trustFailurePage } from './page/failure-page.ts';
export { trustRoutes } from './page/routes.ts';
export type { Missing } from './page/publication-words.ts';
export { publicationOf, type Publication } from './page/publication.ts';
export type { TrustCtx } from './page/trust-page.ts';
export { plainPage } from './page/plain-page.ts';
export { aboutUnknownCall, unknownCallStatus } from './unknown-call.ts';
export { evidenceFaults, verifyEvidence, type VerifiedEvidence } from './verify-evidence.ts';
