import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDb, sql } from '#base';
import { askErasure, closer } from '#safeguards/erasure';
import { testDerive } from '../../../test/cluster.ts';
import { openTeam, type Asker, type Team } from '../../../test/team.ts';
import { testObjects } from '../../../test/objects.ts';
import { eraseCtxOf } from '../erasure/ctx.ts';
import { teamRoutes } from '../team/routes.ts';
import { closingRoutes } from './routes.ts';

const day = 86_400_000;
const closing = '/api/v1/organisation/closing';

let team: Team;
before(async () => {
  team = await openTeam((ctx) => [...teamRoutes(ctx), ...closingRoutes(ctx)]);
});
after(() => team.close());

const closesAt = async (as: Asker) => (await team.ask(as, 'GET', '/api/v1/organisation')).json['closesAt'];

test('an account is closed by its owner thirty days later, and every owner is told', async () => {
  const owner = await team.member('owner');
  await team.member('owner', owner.organisation);
  await team.post(owner.organisation);
  assert.equal(await closesAt(owner.as), null);
  const asked = await team.ask(owner.as, 'POST', closing, { name: 'Firm' });
  const until = new Date(team.ctx.clock.now() + 30 * day).toISOString();
  assert.deepEqual([asked.status, asked.json['closesAt']], [200, until]);
  assert.equal(await closesAt(owner.as), until);
  const mails = await team.post(owner.organisation);
  assert.deepEqual(
    mails.map(({ notice }) => notice.kind),
    ['account-closing', 'account-closing'],
  );
  team.ctx.clock.advance(day);
  const again = await team.ask(await team.signIn(owner.identity), 'POST', closing, { name: 'Firm' });
  assert.equal(again.json['closesAt'], until, 'asked again, it stays at the first day');
});

test('another name closes nothing, and neither does anybody but a fresh owner', async () => {
  const owner = await team.member('owner');
  for (const name of ['firm', 'Firm ', 'FIRM', 'Another firm']) {
    const { status, json } = await team.ask(owner.as, 'POST', closing, { name });
    assert.deepEqual([status, json.code], [400, 'input-invalid'], name);
  }
  const stale = await team.ask(await team.signIn(owner.identity, { isFresh: false }), 'POST', closing, {
    name: 'Firm',
  });
  assert.deepEqual([stale.status, stale.json.code], [403, 'step-up-needed']);
  const admin = await team.member('admin', owner.organisation);
  const refused = await team.ask(admin.as, 'POST', closing, { name: 'Firm' });
  assert.deepEqual([refused.status, refused.json.code], [403, 'role-lacks-permission']);
  assert.equal(await closesAt(owner.as), null);
});

test('it is taken back until its day, and not from then on', async () => {
  const owner = await team.member('owner');
  await team.ask(owner.as, 'POST', closing, { name: 'Firm' });
  team.ctx.clock.advance(30 * day - 1);
  const kept = await team.ask(await team.signIn(owner.identity), 'DELETE', closing);
  assert.equal(kept.status, 204);
  const as = await team.signIn(owner.identity);
  assert.equal(await closesAt(as), null);
  await team.ask(as, 'POST', closing, { name: 'Firm' });
  team.ctx.clock.advance(30 * day);
  const late = await team.ask(await team.signIn(owner.identity), 'DELETE', closing);
  assert.deepEqual([late.status, late.json.code], [409, 'closing-over']);
});

test('when its day has come its erasure is asked for, once, and for nobody whose day has not', async (t) => {
  const [owner, other] = [await team.member('owner'), await team.member('owner')];
  const db = openDb({ connection: team.connection('jobs'), role: 'jobs', tenantKey: testDerive('tenant-token') });
  t.after(() => db.close());
  const ctx = eraseCtxOf({ ...team.ctx, db, objects: await testObjects(t) });
  const open = async ({ organisation }: typeof owner) => {
    const rows = await team.ctx.db.tenant(organisation, (tx) =>
      tx.rows<{ id: string }>(sql`select id from app.erasures where organisation_id = ${organisation}`),
    );
    return rows.length;
  };
  const run = async () => {
    const jobs = closer(ctx);
    while ((await jobs.run()) > 0);
  };
  await team.ask(owner.as, 'POST', closing, { name: 'Firm' });
  team.ctx.clock.advance(30 * day - 1);
  await run();
  assert.equal(await open(owner), 0);
  team.ctx.clock.advance(1);
  await run();
  await run();
  assert.deepEqual([await open(owner), await open(other)], [1, 0]);
  const same = await askErasure(ctx, { organisation: owner.organisation, what: { organisation: true } });
  assert.equal(same.erasure.askedBy, 'system');
});
