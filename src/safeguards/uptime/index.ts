export { measured, openCollector, type Collector, type Measured } from './collector.ts';
export { commit, promisable, type Promisable } from './commitments.ts';
export { firstAnswers } from './first-answers.ts';
export { measurer, type Measurer, type Visit } from './measure.ts';
export { uptimeState, type Kept, type Response, type UptimeDay, type UptimeState } from './state.ts';
