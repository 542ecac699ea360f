export { turnRoutes } from './routes.ts';
export { tellTurn } from './tell-turn.ts';
export { turnInsert, turnLatency, writeTurn, type Latency, type Spread, type Turn } from './turns.ts';
