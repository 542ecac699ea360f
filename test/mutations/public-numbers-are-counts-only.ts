import type { TestContext } from 'node:test';
import { iso, sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { publish } from '../publish.ts';
import { mutationIn, openGround } from './mutation.ts';

const hour = 3_600_000;

/** Messages of an hour are told: what is behind them is nobody's to count again. */
async function told(t: TestContext) {
  const ground = await openGround(t);
  const { ctx } = ground;
  await publish(ctx);
  await ctx.db.tenant(instanceId, (tx) =>
    tx.run(sql`
      insert into app.public_hours (organisation_id, hour, kind, shown)
      values (${instanceId}, ${iso(ctx.clock.now() - 3 * hour)}, 'message', 30)`),
  );
  return ground;
}

export default [
  mutationIn(told, {
    breaks: 'the names of entries follow from what they are, so that two answers can be joined',
    found: /a name stands in two answers \(\/trust\/live\.json\)/,
    quick: true,
    kind: 'source',
    edits: [
      {
        file: 'src/secretary/figures/read.ts',
        from: 'const key = random.bytes(32);',
        to: 'const key = Buffer.alloc(random.bytes(32).length);',
      },
    ],
  }),
  mutationIn(told, {
    breaks: 'an hour is told of what one business did alone',
    found: /too few are behind a number that is told \(figure:/,
    kind: 'deed',
    deed: ({ ctx }) =>
      ctx.db.tenant(instanceId, async (tx) => {
        await tx.run(sql`
          insert into app.public_hours (organisation_id, hour, kind, shown)
          values (${instanceId}, ${iso(ctx.clock.now() - 4 * hour)}, 'call', 20)`);
      }),
  }),
];
