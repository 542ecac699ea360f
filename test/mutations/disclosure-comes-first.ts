import type { TestContext } from 'node:test';
import { openStage, talk } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

async function spoken(t: TestContext) {
  const stage = await openStage(t);
  await talk(stage, 'Are you open on Sunday?');
  return stage;
}

export default mutationIn(spoken, {
  breaks: 'a call opens with a greeting and is not told to be with a machine',
  found: /does not open with the disclosure/,
  kind: 'source',
  edits: [
    {
      file: 'src/secretary/calls/conduct.ts',
      from: "const [spoken, said] = say(call, call.opening, 'disclosure');",
      to: 'const [spoken, said]: Step = [call, []];',
    },
  ],
});
