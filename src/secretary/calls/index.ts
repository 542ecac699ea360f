export { noLine, type CallCtx, type CallRef, type LiveMeans } from './call-ctx.ts';
export { callFinisher } from './finish.ts';
export { liveDesk } from './live-desk.ts';
export { assignCall, ownCalls } from './own.ts';
export { listCalls, readCall, type CallDetail, type CallView, type Contents, type EntryView } from './read.ts';
export { carrierRoutes, carrierSockets } from './routes.ts';
export { callsRunning } from './running.ts';
export { callWatchdog } from './watchdog.ts';
