export { turnRoutes } from './routes.ts';
export { turnLatency, writeTurn, type Latency, type Spread, type Turn } from './turns.ts';
