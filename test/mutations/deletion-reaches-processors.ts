import type { TestContext } from 'node:test';
import { day, openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** A call came to its end. */
async function ended(t: TestContext) {
  const stage = await openStage(t);
  await stage.leave(91 * day);
  await stage.purge();
  return stage;
}

export default mutationIn(ended, {
  breaks: 'a carrier is not asked to delete what ends here',
  found: /ended here, and the carrier was never asked to delete it \(call:/,
  kind: 'source',
  edits: [
    {
      file: 'src/safeguards/processors/ask-processors.ts',
      from: 'if (calls.length === 0) return 0;',
      to: 'if (calls.length >= 0) return 0;',
    },
  ],
});
