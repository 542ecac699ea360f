import type { TestContext } from 'node:test';
import { Personal } from '#base';
import { seeContact } from '#secretary/contacts';
import { openStage } from '../mutating/stage.ts';
import { makeBusiness } from '../rows.ts';
import { mutationIn } from './mutation.ts';

/** Somebody has rung two businesses. */
async function seen(t: TestContext) {
  const stage = await openStage(t);
  const { ctx, business } = stage;
  for (const { organisation } of [business, await makeBusiness(ctx.db)])
    await ctx.db.tenant(organisation, (tx) =>
      seeContact(ctx, tx, { organisation, phone: new Personal('+34600111222'), language: 'es' }),
    );
  return stage;
}

export default [
  mutationIn(seen, {
    breaks: 'numbers are hashed under one key for all businesses',
    found: /hashes of numbers are the same in two businesses \(app\.contacts\.phone_index\)/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/vault/seal.ts',
        from: 'const key = await ctx.keys.indexKey(organisation, purpose);',
        to: 'const key = await ctx.keys.indexKey(organisation ? ctx.keys.id : organisation, purpose);',
      },
    ],
  }),
];
