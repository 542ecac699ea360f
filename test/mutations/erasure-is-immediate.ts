import type { TestContext } from 'node:test';
import { askErasure, eraser } from '#safeguards/erasure';
import { minute, openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** A call was to be erased a quarter of an hour ago. */
async function asked(t: TestContext) {
  const stage = await openStage(t);
  const { call } = await stage.leave(0);
  await askErasure(stage.erases, { organisation: stage.business.organisation, what: { call } });
  stage.ctx.clock.advance(15 * minute);
  return stage;
}

export default mutationIn(asked, {
  breaks: 'nobody carries out what was to be erased',
  found: /is looked at by nobody \(erasure:/,
  quick: true,
  kind: 'omission',
  step: ({ erases, jobs, work }) => work(eraser({ ...erases, db: jobs })),
});
