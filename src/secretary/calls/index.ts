export type { CallCtx, CallRef } from './call-ctx.ts';
export { callFinisher } from './finish.ts';
export { listCalls, readCall, type CallDetail, type CallView, type EntryView } from './read.ts';
export { carrierRoutes, carrierSockets } from './routes.ts';
export { callWatchdog } from './watchdog.ts';
