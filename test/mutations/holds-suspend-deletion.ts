import type { TestContext } from 'node:test';
import { Personal } from '#base';
import { addPerson } from '#safeguards/accounts';
import { askHold } from '#safeguards/holds';
import { day, hour, openStage } from '../mutating/stage.ts';
import { mutationIn } from './mutation.ts';

/** A call of the last day of its time is held; then its time is over, and what is past its time ends. */
async function held(t: TestContext) {
  const stage = await openStage(t);
  const { ctx, ago, business } = stage;
  const { organisation } = business;
  const { call } = await stage.leave(90 * day + hour);
  const person = await ctx.db.tenant(organisation, (tx) =>
    addPerson(ctx, tx, {
      organisation,
      role: 'owner',
      name: new Personal('Somebody'),
      email: new Personal('a@b.example'),
    }),
  );
  const asking = { who: { organisation, actor: `person:${person}` as const }, sender: {} };
  const plan = { target: { call }, reason: new Personal('A claim at law.'), until: ctx.clock.now() + 9 * day };
  await askHold(ago(2 * hour), asking, plan);
  await stage.purge();
  return stage;
}

export default [
  mutationIn(held, {
    breaks: 'what is past its time ends although it is held',
    found: /was emptied while it was held|is held and is not there/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/retention/due.ts',
        from: 'const isFree = await notHeldIn(tx, organisation, holds, sql`t.id`);',
        to: 'const isFree = holds ? sql`true` : sql`false`;',
      },
      {
        file: 'src/safeguards/retention/due.ts',
        from: 'return held.size === 0 ? rows.ids : rows.ids.filter((id) => !held.has(id));',
        to: 'return held.size >= 0 ? rows.ids : [];',
      },
    ],
  }),
  mutationIn(held, {
    breaks: 'keys of what is held stay where they die on their day',
    found: /has fewer held keys/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/holds/wrap.ts',
        from: 'await ctx.keys.hold(items.flatMap(({ kind, item_id: id }) => subjectsOf(organisation, kind, id)));',
        to: '',
      },
    ],
  }),
];
