import type { TestContext } from 'node:test';
import { hygiene } from '#safeguards/retention';
import { hour, openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

async function later(t: TestContext) {
  const stage = await openStage(t);
  stage.ctx.clock.advance(5 * hour);
  return stage;
}

export default mutationIn(later, {
  breaks: 'the hourly run is not scheduled',
  found: /no run was ever written down \(app\.hygiene_runs\)/,
  quick: true,
  kind: 'omission',
  step: ({ sweeps, work }) => work(hygiene(sweeps, [])),
});
