import type { TestContext } from 'node:test';
import { openStage, talk } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

async function spoken(t: TestContext) {
  const stage = await openStage(t);
  await talk(stage, 'Are you open on Sunday?', 'And on Monday?');
  return stage;
}

export default mutationIn(spoken, {
  breaks: 'everything is sealed with the same nonce',
  found: /nonces were used again under one key \(app\.call_entries\)/,
  kind: 'source',
  edits: [
    {
      file: 'src/safeguards/vault/seal.ts',
      from: 'gcmSeal(key.secret, { nonce: random.bytes(12), plain',
      to: 'gcmSeal(key.secret, { nonce: random.bytes(12).fill(7), plain',
    },
  ],
});
