import { openDb, sql } from '#base';
import { instanceId } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { changeTally } from '#safeguards/log';
import { testDerive } from '../cluster.ts';
import type { ProvingGround } from '../proving.ts';
import { asAdmin } from '../visiting.ts';
import { mutation } from './mutation.ts';

export default [
  mutation({
    breaks: 'somebody with the rights of the program changes a row past it',
    found: /1 changes without an audit entry \(app\.organisations update\)/,
    quick: true,
    kind: 'deed',
    async deed(ground) {
      await ground.ctx.db.tenant(instanceId, (tx) =>
        tx.run(sql`update app.organisations set name = 'Another' where id = ${instanceId}`),
      );
      await tally(ground);
    },
  }),
  mutation({
    breaks: 'a row is changed beside an entry about something else',
    found: /1 changes without an audit entry \(app\.organisations update\)/,
    kind: 'deed',
    async deed(ground) {
      await ground.ctx.db.tenant(instanceId, async (tx) => {
        await tx.run(sql`update app.organisations set name = 'Another' where id = ${instanceId}`);
        const about = { organisation: instanceId, object: `organisation:${instanceId}` } as const;
        await record(ground.ctx, tx, { ...about, actor: 'system', action: 'contact.named' });
      });
      await tally(ground);
    },
  }),
  mutation({
    breaks: 'an administrator has an entry cover what it does not say',
    found: /an entry covers what it does not say \(contact\.named app\.organisations\)/,
    kind: 'deed',
    deed: (ground) => asAdmin(ground, sql`insert into sec.action_reach values ('contact.named', 'organisations')`),
  }),
  mutation({
    breaks: 'an administrator deletes a row',
    found: /1 changes without an audit entry \(app\.installation delete\)/,
    kind: 'deed',
    async deed(ground) {
      await asAdmin(ground, sql`delete from app.installation`);
      await tally(ground);
    },
  }),
  mutation({
    breaks: 'changes of one table are counted no more',
    found: /is not counted \(app\.people update\)/,
    kind: 'deed',
    deed: (ground) => asAdmin(ground, sql`drop trigger count_update on app.people`),
  }),
  mutation({
    breaks: 'changes of one table are counted on a condition that never holds',
    found: /is not counted as listed \(app\.people update\)/,
    kind: 'deed',
    deed: (ground) =>
      asAdmin(
        ground,
        sql`
          drop trigger count_update on app.people;
          create trigger count_update after update on app.people referencing new table as changed
            for each statement when (false) execute function sec.note_change();
          alter table app.people enable always trigger count_update`,
      ),
  }),
  mutation({
    breaks: 'what notes changes notes nothing',
    found: /a change was not noted \(app\.organisations\)/,
    kind: 'deed',
    deed: (ground) =>
      asAdmin(
        ground,
        sql`create or replace function sec.note_change() returns trigger language plpgsql as $$ begin return null; end $$`,
      ),
  }),
  mutation({
    breaks: 'what counts changes counts none of them',
    found: /function-altered \(sec\.tally_changes\)/,
    kind: 'deed',
    deed: (ground) =>
      asAdmin(
        ground,
        sql`create or replace function sec.tally_changes() returns bigint language sql
          security definer set search_path = pg_catalog, pg_temp as 'select 0::bigint'`,
      ),
  }),
];

/** As it is done once a minute. */
async function tally({ database }: ProvingGround): Promise<void> {
  const db = openDb({ connection: database.connection('jobs'), role: 'jobs', tenantKey: testDerive('tenant-token') });
  try {
    await changeTally({ db }).run();
  } finally {
    await db.close();
  }
}
