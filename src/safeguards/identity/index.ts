export { askerBySession } from './asker.ts';
export { directLink } from './direct-link.ts';
export { answerOf, signInAnswer } from './answers.ts';
export { firstRun, isFirstRunOpen } from './first-run.ts';
export { firstRunCode, isFirstRunCode } from './first-run-code.ts';
export {
  addressOf,
  findIdentity,
  holdIdentity,
  identityOf,
  provenIdentity,
  removeIdentity,
  setSecondFactor,
  type Identity,
} from './identities.ts';
export { joinOrganisation } from './memberships.ts';
export { identityRoutes, openPasswordMeans } from './routes.ts';
export { fillInMistakes, type PasswordMeans } from './sign-up-routes.ts';
export { endOtherSessions, hasJustBegun, justInMs, renew, renewFresh, requireSession } from './sessions.ts';
export { beginSession, completeSignIn, goOn, pendingFailed, pendingIdentity } from './sign-in.ts';
export { signUpVouched } from './sign-up.ts';
export { identityReconcilers } from './sweepers.ts';
export { clearTries, failedTry, type Try } from './tries.ts';
export type { Founding, FirstFactor, IdentityCtx, NewSession, SignInState } from './types.ts';
