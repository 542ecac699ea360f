import type { TestContext } from 'node:test';
import { openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

async function left(t: TestContext) {
  const stage = await openStage(t);
  await stage.leave(0);
  return stage;
}

export default mutationIn(left, {
  breaks: 'messages are stored as they were said',
  found: /values are not sealed \(app\.messages\.body\)/,
  kind: 'source',
  edits: [
    {
      file: 'src/secretary/messages/take-message.ts',
      from: "await seal(ctx, subject, place('body'), message.body)",
      to: "Buffer.from(message.body.reveal(), 'utf8')",
    },
  ],
});
