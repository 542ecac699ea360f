import { keyReaper } from '#safeguards/vault';
import { day, openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';
import type { TestContext } from 'node:test';

/** A call whose keys are older than calls are kept, and one of today. */
async function old(t: TestContext) {
  const stage = await openStage(t);
  const { organisation } = stage.business;
  await stage.ctx.keys.keepFor(organisation, { call: 90 * day, message: 90 * day });
  await stage.leave(0);
  stage.ctx.clock.advance(93 * day);
  await stage.leave(0);
  return stage;
}

export default mutationIn(old, {
  breaks: 'the schedule of the keystore does not run',
  found: /keys are there although their time is over \(keystore:.*\/call\/2026-11-20\)/,
  quick: true,
  kind: 'omission',
  step: ({ ctx, work }) => work(keyReaper(ctx)),
});
