import type { TestContext } from 'node:test';
import { day, openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

async function old(t: TestContext) {
  const stage = await openStage(t);
  await stage.leave(91 * day);
  return stage;
}

export default [
  mutationIn(old, {
    breaks: 'the purger is not scheduled',
    found: /is here although its time is over \(call:/,
    quick: true,
    kind: 'omission',
    step: ({ purge }) => purge(),
  }),
  mutationIn(
    async (t) => {
      const stage = await old(t);
      await stage.purge();
      return stage;
    },
    {
      breaks: 'what callers said stays when their call ends',
      found: /was emptied and still holds something/,
      kind: 'source',
      edits: [
        {
          file: 'src/safeguards/retention/rules/calls.ts',
          from: 'set conversation = null, caller_number = null',
          to: 'set caller_number = null',
        },
      ],
    },
  ),
];
