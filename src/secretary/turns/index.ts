export { turnRoutes } from './routes.ts';
export { tellTurn } from './tell-turn.ts';
export {
  medianWait,
  turnInsert,
  turnLatency,
  turnsOfCall,
  writeTurn,
  type Latency,
  type Spread,
  type Turn,
  type TurnView,
} from './turns.ts';
