export type { Admit, Admitted } from './admit.ts';
export { insistFresh } from './authorise.ts';
export { cookieNames, noSessionCookie, sessionCookie, tokenCookie, tokensIn } from './cookie.ts';
export type { Events, ServerEvent } from './events.ts';
export type { Identify, Shown } from './exchange.ts';
export type { Failed, FailurePage } from './failure-page.ts';
export type { Answered } from './frame.ts';
export { clearSiteData } from './headers.ts';
export type { Injected, Injection } from './inject.ts';
export { insist } from './limited.ts';
export { openapi, type About, type OpenApi } from './openapi.ts';
export { type Knock, type Knocked, type Visit } from './knock.ts';
export { isLoopback, publicUrlOf } from './public-url.ts';
export { rates, type Rate, type RateName, type RouteRate } from './rates.ts';
export type { Rendered } from './render.ts';
export type { Begun, Repeatable, Repeats } from './repeats.ts';
export {
  route,
  type Answer,
  type Asker,
  type May,
  type Outputs,
  type RawAnswer,
  type Route,
  type RouteRequest,
  type Sender,
  type SignedIn,
  type Who,
} from './route.ts';
export { openServer, type Server, type ServerOptions } from './server.ts';
export {
  socket,
  type Handshake,
  type SocketHandover,
  type SocketRoute,
  type SocketSession,
  type Visitor,
  type Wire,
} from './socket.ts';
