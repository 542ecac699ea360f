import type { TestContext } from 'node:test';
import { makeApiKey } from '#safeguards/accounts';
import { openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** A business has an API key. */
async function keyed(t: TestContext) {
  const stage = await openStage(t);
  const { ctx, business } = stage;
  const { organisation } = business;
  await ctx.db.tenant(organisation, (tx) =>
    makeApiKey(ctx, tx, { organisation, name: 'ours', scopes: ['calls:read'] }),
  );
  return stage;
}

export default mutationIn(keyed, {
  breaks: 'an API key is kept beside its name',
  found: /1 times something that is a secret \(app\.api_keys\.name\)/,
  kind: 'source',
  edits: [
    {
      file: 'src/safeguards/accounts/api-keys.ts',
      from: '${hashOfKey(ctx, key)}, ${name}, ${scopes},',
      to: '${hashOfKey(ctx, key)}, ${`${name} ${key}`}, ${scopes},',
    },
  ],
});
