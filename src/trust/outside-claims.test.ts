import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { iso, newId, openDb, Personal, sql } from '#base';
import { instanceId, setModelCredential } from '#safeguards/accounts';
import { listReports, receiveReport, workOnReport } from '#safeguards/disclosure';
import { setProfile } from '#safeguards/profiles';
import { egressBooks, observe } from '#safeguards/register';
import { commit, measurer, openCollector } from '#safeguards/uptime';
import { figurePublisher } from '#secretary/figures';
import { testDerive } from '../../test/cluster.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';
import { publish } from '../../test/publish.ts';
import { makeBusiness, makeCall } from '../../test/rows.ts';
import { proveAll } from './prove-all.ts';

const hour = 3_600_000;
const day = 24 * hour;

async function open(t: TestContext): Promise<ProvingGround> {
  const ground = await openProvingGround();
  t.after(() => ground.close());
  return ground;
}

async function look({ means }: Pick<ProvingGround, 'means'>, which: string): Promise<readonly [string, string]> {
  const [verdict] = await proveAll(means, { which: [which] });
  assert.ok(verdict?.canFail, `${which}: ${verdict?.why}`);
  return [verdict.status, verdict.why];
}

test('a promise about reports is idle without any, kept in time, and turns when a clock runs out', async (t) => {
  const ground = await open(t);
  const { ctx } = ground;
  const which = 'reports-are-answered-in-time';
  assert.equal((await look(ground, which))[0], 'not-exercised');
  await receiveReport(ctx, { title: 'a', details: 'b', contact: new Personal(''), language: 'en' });
  const [{ id } = assert.fail()] = await listReports(ctx);
  const work = (step: Parameters<typeof workOnReport>[1]['step']) =>
    workOnReport(ctx, { id, by: 'command:reports', step });
  assert.equal((await look(ground, which))[0], 'in-force');
  ctx.clock.advance(47 * hour);
  await work({ do: 'acknowledge' });
  assert.equal((await look(ground, which))[0], 'in-force');
  ctx.clock.advance(26 * hour);
  const [status, why] = await look(ground, which);
  assert.deepEqual([status, why], ['overdue', `the assessment is overdue (report:${id})`]);
  await work({ do: 'assess', severity: 'high' });
  assert.match((await look(ground, which))[1], /the assessment came too late/);
  // A clock that somebody lengthens, or takes away, is no clock.
  await ctx.db.tenant(instanceId, (tx) =>
    tx.run(
      sql`update app.report_clocks set due_at = due_at + interval '1 day' where report_id = ${id} and what = 'fix'`,
    ),
  );
  assert.match((await look(ground, which))[1], /the fix was given more time than was promised/);
  await ctx.db.tenant(instanceId, (tx) =>
    tx.run(sql`delete from app.report_clocks where report_id = ${id} and what = 'fix'`),
  );
  assert.match((await look(ground, which))[1], /a clock does not run/);
});

test('a clock that begins later than the report, or gives more time than is published, turns the promise', async (t) => {
  const ground = await open(t);
  const { ctx } = ground;
  const which = 'reports-are-answered-in-time';
  const change = { acknowledgement: 'hours-24' } as const;
  await ctx.db.tenant(instanceId, (tx) => setProfile(ctx, tx, { organisation: instanceId, change }));
  ctx.clock.advance(hour);
  await receiveReport(ctx, { title: 'a', details: 'b', contact: new Personal(''), language: 'en' });
  assert.equal((await look(ground, which))[0], 'in-force');
  const lengthen = (by: string) =>
    ctx.db.tenant(instanceId, (tx) =>
      tx.run(sql`update app.report_clocks set due_at = due_at + ${by}::interval where what = 'acknowledgement'`),
    );
  await lengthen('24 hours');
  assert.match((await look(ground, which))[1], /the acknowledgement was given more time than was promised/);
  await lengthen('-24 hours');
  await ctx.db.tenant(instanceId, (tx) =>
    tx.run(sql`
      update app.report_clocks set from_at = from_at + interval '2 days', due_at = due_at + interval '2 days'
      where what = 'assessment'`),
  );
  assert.match((await look(ground, which))[1], /the assessment was counted from later than the report came/);
});

test('a company that is used as if nobody were affected, or as if it always had been, turns the promise', async (t) => {
  const ground = await open(t);
  const { ctx } = ground;
  const which = 'processors-are-announced';
  for (let count = 0; count < 2; count += 1) await makeBusiness(ctx.db);
  ctx.clock.advance(day);
  assert.equal((await look(ground, which))[0], 'not-exercised');
  const use = (why: string) =>
    ctx.db.tenant(instanceId, async (tx) => {
      const at = iso(ctx.clock.now());
      await tx.run(sql`
        insert into app.register_uses (organisation_id, id, processor, party, name, found_at, why, usable_at)
        values (${instanceId}, ${newId(ctx)}, 'someone', ${why}, 'Someone', ${at}, ${why}, ${at})`);
    });
  await use('nobody-affected');
  assert.match((await look(ground, which))[1], /someone was used before its day/);
  await ctx.db.tenant(instanceId, (tx) => tx.run(sql`update app.register_uses set why = 'already'`));
  assert.match((await look(ground, which))[1], /someone was used before its day/);
});

test('what goes by an account that an organisation has connected itself is no use of one that waits', async (t) => {
  const ground = await open(t);
  const { ctx } = ground;
  const which = 'processors-are-announced';
  const { organisation } = await makeBusiness(ctx.db);
  const connection = { organisation, vendor: 'openai', key: new Personal('sk-own') };
  await ctx.db.tenant(organisation, (tx) => setModelCredential(ctx, tx, connection));
  await observe(ctx);
  const waits = (processor: string) =>
    ctx.db.tenant(instanceId, (tx) =>
      tx.run(sql`
        insert into app.register_uses (organisation_id, id, processor, party, name, found_at, why)
        values (${instanceId}, ${newId(ctx)}, ${processor}, ${processor}, ${processor}, ${iso(ctx.clock.now())}, 'told')`),
    );
  for (const processor of ['openai', 'postmark']) await waits(processor);
  ctx.clock.advance(hour);
  const sent = { sent: 1, refused: 0, failed: 0, unlisted: 0 };
  await egressBooks(ctx, () => [{ vendor: 'openai', host: 'api.openai.com', ...sent }]).flush();
  assert.equal((await look(ground, which))[0], 'in-force');
  await egressBooks(ctx, () => [{ vendor: 'postmark', host: 'api.postmarkapp.com', ...sent }]).flush();
  assert.match((await look(ground, which))[1], /postmark got something while held back/);
});

test('security.txt is proven once somebody can be written to', async (t) => {
  const ground = await open(t);
  const which = 'security-txt-is-in-date';
  assert.equal((await look(ground, which))[0], 'not-exercised');
  await publish(ground.ctx);
  assert.equal((await look(ground, which))[0], 'proven');
  await ground.ctx.db.tenant(instanceId, (tx) =>
    setProfile(ground.ctx, tx, {
      organisation: instanceId,
      change: { securityContact: 'https://harbour.example/a+b' },
    }),
  );
  assert.equal((await look(ground, which))[0], 'proven');
});

test('uptime is in force while it is measured and what was promised is kept', async (t) => {
  const ground = await open(t);
  const { ctx } = ground;
  const which = 'uptime-is-measured-and-published';
  assert.equal((await look(ground, which))[0], 'not-exercised');
  await publish(ctx);
  const collector = openCollector();
  const process = measurer(ctx, { visits: [], collector, isLeaving: () => false });
  const run = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      ctx.clock.advance(60_000);
      await process.run();
    }
  };
  await run(10);
  const by = 'command:uptime';
  await commit(ctx, { what: 'uptime', target: 90, by });
  await commit(ctx, { what: 'api', target: 300, by });
  for (let count = 0; count < 100; count += 1) collector.add('api', 200, true);
  await run(1);
  assert.equal((await look(ground, which))[0], 'in-force');
  ctx.clock.advance(11 * 60_000);
  assert.match((await look(ground, which))[1], /nobody has measured for ten minutes/);
  await run(2);
  const [status, why] = await look(ground, which);
  assert.deepEqual([status, why], ['overdue', 'what was promised was not kept in 2026-11 (commitment:uptime)']);
  for (let count = 0; count < 100; count += 1) collector.add('api', 9_000, true);
  await run(1);
  assert.match((await look(ground, which))[1], /commitment:api/);
});

test('public numbers are proven when there are any, and fail when one of them is of too few', async (t) => {
  const ground = await open(t);
  const { ctx, database } = ground;
  const jobs = openDb({ connection: database.connection('jobs'), role: 'jobs', tenantKey: testDerive('tenant-token') });
  t.after(() => jobs.close());
  const which = 'public-numbers-are-counts-only';
  await publish(ctx);
  assert.equal((await look(ground, which))[0], 'not-exercised');
  // Friday, 09:00; it is noon.
  const at = ctx.clock.now() - 3 * hour;
  for (const count of [12, 9, 8]) {
    const business = await makeBusiness(ctx.db);
    for (let one = 0; one < count; one += 1) {
      const id = await makeCall(ctx.db, business);
      await ctx.db.tenant(business.organisation, (tx) =>
        tx.run(sql`
          update app.calls set started_at = ${iso(at)}
          where organisation_id = ${business.organisation} and id = ${id}`),
      );
    }
  }
  const publisher = figurePublisher({ ...ctx, db: jobs });
  await publisher.run();
  assert.equal((await look(ground, which))[0], 'proven');
  const tell = (shown: number) =>
    ctx.db.tenant(instanceId, async (tx) => {
      await tx.run(sql`delete from app.public_hours where organisation_id = ${instanceId} and shown > 0`);
      await tx.run(sql`
        insert into app.public_hours (organisation_id, hour, kind, shown)
        values (${instanceId}, ${iso(at - hour)}, 'call', ${shown})`);
    });
  await ctx.db.tenant(instanceId, (tx) =>
    tx.run(sql`delete from app.public_hours where organisation_id = ${instanceId}`),
  );
  await tell(20);
  assert.match((await look(ground, which))[1], /too few are behind a number that is told/);
  ctx.clock.advance(10 * day);
  await publisher.run();
  assert.equal((await look(ground, which))[0], 'proven', 'the week was told meanwhile');
});
