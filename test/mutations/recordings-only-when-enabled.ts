import type { TestContext } from 'node:test';
import { sql } from '#base';
import { beginRecording } from '#secretary/recordings';
import { openStage } from '../mutating/stage.ts';
import { makeCall } from '../rows.ts';
import { mutationIn } from './mutation.ts';

/** A call whose agent does not record is to be recorded all the same. */
async function asked(t: TestContext) {
  const stage = await openStage(t);
  const { ctx, business, run } = stage;
  const { organisation } = business;
  const id = await makeCall(ctx.db, business);
  await run(sql`update app.calls set started_at = ${new Date(ctx.clock.now())} where id = ${id}`);
  await ctx.db.tenant(organisation, (tx) => beginRecording(ctx, tx, { organisation, id, turn: 1 }));
  return { ...stage, call: id };
}

export default [
  mutationIn(asked, {
    breaks: 'the program records whatever the agent was told',
    found: /recorded although its agent does not record \(recording:/,
    kind: 'source',
    edits: [{ file: 'src/secretary/recordings/begin.ts', from: 'if (!made?.enabled) throw', to: 'if (!made) throw' }],
  }),
  mutationIn(asked, {
    breaks: 'sound is stored of a call that no recording explains',
    found: /an object belongs to no recording/,
    quick: true,
    kind: 'deed',
    deed: ({ objects, call, business }) =>
      objects.plant(`recordings/${business.organisation}/${call}/000000.seg`, Buffer.alloc(400, 7)),
  }),
];
