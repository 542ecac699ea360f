import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { sql } from '#base';
import { reach, record, type Action } from '#safeguards/audit';
import { installation, openLogs, shop, shops, type Logs } from '../../../test/logs.ts';
import { changeTally } from './coverage.ts';

/** What was counted, as `organisation relation operation recorded unrecorded`. */
async function counted({ jobs, admin }: Logs): Promise<readonly string[]> {
  await changeTally(jobs).run();
  const { rows } = await admin.query<{ line: string }>(
    `select concat_ws(' ', right(organisation_id::text, 2), relation, operation, recorded, unrecorded) as line
     from app.audit_coverage order by 1`,
  );
  return rows.map(({ line }) => line);
}

/** Renames a shop under an entry of that kind. */
const renameAs = (logs: Logs, action: Action) =>
  logs.ctx.db.tenant(shop, async (tx) => {
    await tx.run(rename(shop));
    await record(logs.ctx, tx, { organisation: shop, actor: 'system', action, object: `organisation:${shop}` });
  });

const rename = (id: string) => sql`update app.organisations set name = 'Another' where id = ${id}`;

test('a change with its entry is counted as such, and one without is found with table and organisation', async (t) => {
  const logs = await openLogs(t);
  const { ctx } = logs;
  await renameAs(logs, 'organisation.changed');
  await ctx.db.tenant(shops[1]!, (tx) => tx.run(rename(shops[1]!)));
  await logs.jobs.db.tenant(shops[2]!, (tx) => tx.run(rename(shops[2]!)));
  await logs.admin.query("update app.organisations set region = 'ES'");
  assert.deepEqual(await counted(logs), [
    '01 organisations update 1 1',
    'bb organisations update 0 1',
    'cc organisations update 0 1',
  ]);
  assert.deepEqual(await counted(logs), [
    '01 organisations update 1 1',
    'bb organisations update 0 1',
    'cc organisations update 0 1',
  ]);
});

test('an entry covers what its action says it changes, and nothing else', async (t) => {
  const logs = await openLogs(t);
  await renameAs(logs, 'contact.named');
  assert.deepEqual(await counted(logs), ['aa organisations update 0 1']);
  await logs.ctx.db.tenant(shop, async (tx) => {
    await tx.run(rename(shop));
    const about = { organisation: shop, actor: 'system', object: `organisation:${shop}` } as const;
    for (const action of ['contact.named', 'organisation.kept', 'organisation.changed'] as const)
      await record(logs.ctx, tx, { ...about, action });
  });
  assert.deepEqual(await counted(logs), ['01 organisations update 1 0', 'aa organisations update 0 1']);
});

test('every action reaches tables that are there and whose changes are counted, each named once', async (t) => {
  const { admin } = await openLogs(t);
  const { rows } = await admin.query<{ relation: string }>(
    "select distinct tgrelid::regclass::text as relation from pg_trigger where tgfoid = 'sec.note_change()'::regprocedure",
  );
  const tables = new Set(rows.map(({ relation }) => relation.replace(/^app\./, '')));
  for (const [action, reached] of Object.entries(reach))
    assert.deepEqual(reached, [...new Set<string>(reached)].filter((one) => tables.has(one)).toSorted(), action);
  const { rows: shared } = await admin.query<{ relation: string }>('select distinct relation from sec.action_reach');
  const never = [...tables].filter((one) => !shared.some(({ relation }) => relation === one));
  assert.deepEqual(
    never.toSorted(),
    ['evidence', 'hygiene_runs', 'log_cosignatures', 'public_hours', 'public_weeks'],
    'what is not working state of these nobody changes at all',
  );
});

test('of a new version what was noted before is counted by the version before', async (t) => {
  const logs = await openLogs(t);
  await renameAs(logs, 'organisation.changed');
  const owner = new pg.Client(logs.database.connection('migrate'));
  await owner.connect();
  await owner.query('select sec.share_reach($1)', [{ ...reach, 'organisation.changed': [] }]);
  await owner.end();
  await renameAs(logs, 'organisation.changed');
  assert.deepEqual(await counted(logs), ['01 organisations update 1 0', 'aa organisations update 0 1']);
});

test('what was rolled back, what touched no row and what is working state alone count for nothing', async (t) => {
  const logs = await openLogs(t);
  const { ctx } = logs;
  await assert.rejects(
    ctx.db.tenant(shop, async (tx) => {
      await tx.run(rename(shop));
      throw new Error('not today');
    }),
  );
  await ctx.db.tenant(shop, (tx) => tx.run(rename(shops[1]!)));
  await ctx.db.tenant(shop, (tx) => tx.run(sql`update app.api_keys set last_used_at = now()`));
  assert.deepEqual(await counted(logs), []);
});

test('a table whose working state is let off has everything else counted', async (t) => {
  const logs = await openLogs(t);
  await logs.admin.query(
    `create table app.things (organisation_id uuid not null, id uuid primary key, name text, seen_at timestamptz);
     select sec.protect('app.things', 'select, insert, update, delete');
     select sec.count_changes('app.things', array['seen_at', 'insert'])`,
  );
  const { db } = logs.ctx;
  const run = (statement: Parameters<Parameters<Parameters<typeof db.tenant>[1]>[0]['run']>[0]) =>
    db.tenant(shop, (tx) => tx.run(statement));
  await run(sql`insert into app.things select ${shop}, gen_random_uuid() from generate_series(1, 3)`);
  await run(sql`update app.things set seen_at = now()`);
  await run(sql`update app.things set seen_at = now(), name = name`);
  assert.deepEqual(await counted(logs), []);
  await run(sql`update app.things set seen_at = now(), name = 'x' where id = (select id from app.things limit 1)`);
  await run(sql`delete from app.things`);
  assert.deepEqual(await counted(logs), ['aa things delete 0 1', 'aa things update 0 1']);
});

test('whoever has the rights of the program can neither take back what was noted nor look at it', async (t) => {
  const { ctx, jobs } = await openLogs(t);
  const attempts = [
    sql`delete from sec.changes`,
    sql`select * from sec.changes`,
    sql`insert into sec.changes (relation, operation) values ('audit_entries', 'insert')`,
    sql`update app.audit_coverage set unrecorded = 0`,
    sql`insert into sec.action_reach values ('contact.named', 'organisations')`,
    sql`select sec.share_reach('{"contact.named": ["organisations"]}')`,
    sql`set local session_replication_role = replica`,
    sql`alter table app.organisations disable trigger all`,
  ];
  for (const { db } of [ctx, jobs])
    for (const attempt of attempts)
      await assert.rejects(
        db.tenant(installation, (tx) => tx.run(attempt)),
        /permission denied|must be owner/,
        attempt.text,
      );
});

test('of two that count at once each change is counted once', async (t) => {
  const logs = await openLogs(t);
  for (let n = 0; n < 20; n += 1) await logs.ctx.db.tenant(shop, (tx) => tx.run(rename(shop)));
  const tally = () => changeTally(logs.jobs).run();
  const counts = await Promise.all([tally(), tally(), tally(), tally()]);
  assert.equal(
    counts.reduce((sum, one) => sum + one, 0),
    20,
  );
  assert.deepEqual(await counted(logs), ['aa organisations update 0 20']);
});
