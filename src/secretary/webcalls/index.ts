export { webCallRoutes } from './routes.ts';
export { webCallSockets } from './sockets.ts';
export { openSwitchboard, withSwitchboard, type Switchboard } from './switchboard.ts';
export type { WebCallCtx } from './web-call-ctx.ts';
