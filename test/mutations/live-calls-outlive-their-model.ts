import type { TestContext } from 'node:test';
import { lostCall } from '../lost-call.ts';
import { openGround, mutationIn } from './mutation.ts';

/** A live call has lost its model; the carrier asks what comes next. */
async function lost(t: TestContext) {
  const ground = await openGround(t, {}, { hasLine: true });
  const goOn = await lostCall(ground);
  ground.ctx.clock.advance(2_000);
  await goOn();
  ground.ctx.clock.advance(60_000);
  return ground;
}

export default mutationIn(lost, {
  breaks: 'a call that has lost its model is given up',
  found: /the call failed when its model was lost|nobody spoke to the caller/,
  kind: 'source',
  edits: [
    {
      file: 'src/secretary/calls/conduct-live.ts',
      from: "return join(rest(next), [{ do: 'model-lost' }]);",
      to: "return join(end({ ...call, asked }, 'failed'), [{ do: 'model-lost' }]);",
    },
  ],
});
