export type { Arrival, CallName, Desk, Happening, Joining, LinePlan, Order, TurnTimes } from './desk.ts';
