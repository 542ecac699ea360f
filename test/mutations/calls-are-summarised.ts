import type { TestContext } from 'node:test';
import { callFinisher } from '#secretary/calls';
import { minute, openStage, talk } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** A call that ended six minutes ago. */
async function ended(t: TestContext) {
  const stage = await openStage(t);
  await talk(stage, 'Are you open on Sunday?');
  stage.ctx.clock.advance(6 * minute);
  return stage;
}

export default mutationIn(ended, {
  breaks: 'nobody sums calls up',
  found: /the call ended and is not finished \(call:/,
  quick: true,
  kind: 'omission',
  step: ({ calls, jobs, sweeps: { log }, work }) => work(callFinisher({ ...calls, log, db: jobs })),
});
