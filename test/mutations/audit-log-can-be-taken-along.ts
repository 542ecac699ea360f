import type { TestContext } from 'node:test';
import { sql } from '#base';
import { canaryIds } from '#safeguards/accounts';
import { sequenceNow } from '../sequencing.ts';
import { asAdmin } from '../visiting.ts';
import { mutationIn, openGround } from './mutation.ts';

async function sequenced(t: TestContext) {
  const ground = await openGround(t);
  await sequenceNow(ground.ctx, ground.database);
  return ground;
}

export default mutationIn(sequenced, {
  breaks: 'an entry that was signed is rewritten before the export',
  found: /does not verify: entry-changed/,
  quick: true,
  kind: 'deed',
  async deed(ground) {
    await asAdmin(ground, sql`alter table app.audit_entries disable trigger all`);
    await asAdmin(
      ground,
      sql`
        update app.audit_entries set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '"system"', '"caller"'), 'UTF8')
        where organisation_id = any (${[...canaryIds]}::uuid[])`,
    );
  },
});
