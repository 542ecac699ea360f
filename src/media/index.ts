export type { Arrival, CallName, Desk, Happening, Joining, LinePlan, Order, RecordingPlan, TurnTimes } from './desk.ts';
export { indexOf, objectOf, openSegment, type Segment } from './recording/segment.ts';
