export { acknowledge, egressBooks, unlistedSeen, type BookLine } from './books.ts';
export { toldByHand, useAgain, useAtOnce, withdraw, type Decision } from './by-hand.ts';
export { entryOf, type Entry } from './entry.ts';
export { confirmHosting, declareHosting, removeHosting, type Hosting } from './hosting.ts';
export { observe, type ObserveCtx } from './observe.ts';
export {
  beginRegister,
  openRegister,
  refuseHeld,
  toldRegister,
  type Held,
  type Register,
  type ToldRegister,
} from './register.ts';
export { registerState, type Listed, type RegisterState, type SentMail, type UseState } from './state.ts';
export { askToSubscribe, confirmSubscription, endSubscription, readLink } from './subscribers.ts';
export { registerReconcilers } from './teller.ts';
export type { TellCtx } from './tell.ts';
export { versionOf, versionsOf, type Changes, type Version, type VersionLine } from './versions.ts';
