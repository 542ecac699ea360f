export type {
  Allowed,
  Arrival,
  CallName,
  Desk,
  Happening,
  Joining,
  LineLoad,
  LinePlan,
  Order,
  RecordingPlan,
  Told,
  TurnTimes,
  Waiting,
} from './desk.ts';
export { carryWith, type CarryReach } from './carry.ts';
export { forkedBy, type LineParent } from './host/parent.ts';
export type { ForkOptions } from './host/fork-line.ts';
export type { Carry, LiveCall, LiveStream } from './host/live-call.ts';
export { openLines, type Lines, type LinesCtx } from './host/open-lines.ts';
export { runLine, type LineSenses } from './host/run-line.ts';
export type { Recorded } from './recording/recorder.ts';
export { frameMs, indexOf, objectOf, openSegment, sealSegment, segmentMs } from './recording/segment.ts';
