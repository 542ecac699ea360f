import type { TestContext } from 'node:test';
import { sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { sequenceNow } from '../sequencing.ts';
import { asAdmin } from '../visiting.ts';
import { mutationIn, openGround } from './mutation.ts';

/** Ten minutes after everything was written. */
async function later(t: TestContext) {
  const ground = await openGround(t);
  ground.ctx.clock.advance(600_000);
  return ground;
}

async function sequenced(t: TestContext) {
  const ground = await later(t);
  await sequenceNow(ground.ctx, ground.database);
  return ground;
}

const unguarded = sql`alter table app.audit_entries disable trigger all`;

export default [
  mutationIn(sequenced, {
    breaks: 'an administrator rewrites an entry that has its place',
    found: /what lies there is not what was signed \(the log of 00000000-0000-7000-8000-000000000001\)/,
    quick: true,
    kind: 'deed',
    async deed(ground) {
      await asAdmin(ground, unguarded);
      await asAdmin(
        ground,
        sql`
        update app.audit_entries set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '"system"', '"caller"'), 'UTF8')
        where organisation_id = ${instanceId}`,
      );
    },
  }),
  mutationIn(later, {
    breaks: 'nobody gives entries their places',
    found: /entries wait for their place \(the log of /,
    kind: 'omission',
    step: (ground) => sequenceNow(ground.ctx, ground.database).then(() => {}),
  }),
  mutationIn(sequenced, {
    breaks: 'heads are signed by one key alone',
    found: /its head is not signed by both keys/,
    kind: 'source',
    edits: [
      {
        file: 'src/safeguards/log/sequence.ts',
        from: 'logSigners(ctx, origin), at);',
        to: 'logSigners(ctx, origin).slice(0, 1), at);',
      },
    ],
  }),
];
