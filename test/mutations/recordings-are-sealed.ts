import type { TestContext } from 'node:test';
import { sql } from '#base';
import { sealSegment } from '#media';
import { beginRecording } from '#secretary/recordings';
import { makeCall } from '../rows.ts';
import { openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** Two pieces of a recording. */
async function recorded(t: TestContext) {
  const stage = await openStage(t);
  const { ctx, business, run, objects } = stage;
  const { organisation } = business;
  const id = await makeCall(ctx.db, business);
  await run(sql`update app.agents set record = true where organisation_id = ${organisation}`);
  const plan = await ctx.db.tenant(organisation, (tx) => beginRecording(ctx, tx, { organisation, id, turn: 1 }));
  const { key, prefix } = plan!;
  for (const index of [0, 1]) {
    const plain = Buffer.alloc(80_000, 0xff).map((_, at) => 0xff - Math.round(60 * Math.abs(Math.sin(at / 7))));
    const sealed = sealSegment(
      Buffer.from(key, 'base64'),
      { prefix, index },
      { plain: Buffer.from(plain), last: index === 1 },
      ctx.random,
    );
    await objects.put(`${prefix}/00000${index}.seg`, sealed);
  }
  return stage;
}

export default [
  mutationIn(recorded, {
    breaks: 'sound is stored as it was heard',
    found: /a piece of a recording holds|is not evenly spread/,
    kind: 'source',
    edits: [
      {
        file: 'src/media/recording/segment.ts',
        from: 'return gcmSeal(key, { nonce: random.bytes(12), plain, context: contextOf(name, last), before });',
        to: 'return Buffer.concat([before, random.bytes(12), plain, random.bytes(16)]);',
      },
    ],
  }),
  mutationIn(recorded, {
    breaks: 'all pieces are sealed with one nonce',
    found: /has the nonce of another/,
    kind: 'source',
    edits: [
      {
        file: 'src/media/recording/segment.ts',
        from: 'nonce: random.bytes(12), plain',
        to: "nonce: Buffer.from('a fixed text'), plain",
      },
    ],
  }),
];
