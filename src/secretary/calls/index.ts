export { noLine, type CallCtx, type CallRef, type LiveMeans } from './call-ctx.ts';
export { glanceAt, openCallWatch, type CallGlance, type CallWatch } from './call-watch.ts';
export { beginningOf } from './channel.ts';
export { callFinisher } from './finish.ts';
export { heardFirst, type HeardFirst, type HeardSentence } from './heard-first.ts';
export { firstHeard, lastCalls } from './line-calls.ts';
export { liveDesk } from './live-desk.ts';
export { assignCall, ownCalls } from './own.ts';
export { type DecisionView } from './decisions.ts';
export {
  listCalls,
  numberOfCaller,
  readCall,
  readTranscript,
  type CallDetail,
  type CallFilter,
  type CallView,
  type Contents,
  type EntryView,
} from './read.ts';
export { carrierRoutes, carrierSockets } from './routes.ts';
export type { OpeningCtx } from './opening.ts';
export { callsRunning } from './running.ts';
export { callsByDay, callsSince, dayStarts, type Tally } from './tally.ts';
export { findCall, lockCall } from './store.ts';
export { readStreamToken } from './stream-token.ts';
export { callWatchdog } from './watchdog.ts';
