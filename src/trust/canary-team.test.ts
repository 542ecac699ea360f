import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDb, Personal, sql, type LogEvent } from '#base';
import { canaryIds, instanceId } from '#safeguards/accounts';
import { notify, noticeSender } from '#safeguards/notices';
import { ask, bySession, byKey, signedIn } from './asking.ts';
import { openCanaryTeam } from './canary-team.ts';
import { testDerive } from '../../test/cluster.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';

let ground: ProvingGround;
before(async () => {
  ground = await openProvingGround({ env: { SOTTO_SIGN_UP: 'first' } });
});
after(() => ground.close());

const viewer = { role: 'viewer', of: 'a-claim' } as const;

test('a canary member is the same, however often they sign in and Sotto starts', async () => {
  const again = openCanaryTeam({ ...ground.ctx, prove: ground.means.prove });
  const [one, other] = [await ground.means.canary.team.signIn(viewer), await again.signIn(viewer)];
  assert.equal(one.person, other.person);
  assert.notEqual(one.token, other.token);
  const { kinds } = await ground.ctx.db.tenant(instanceId, (tx) =>
    tx.one<{ kinds: string[] }>(sql`select array_agg(kind) as kinds from app.identities`),
  );
  assert.deepEqual(kinds, ['canary']);
});

test('canaries do not count where only the first may sign up', async () => {
  const { status } = await ask(ground.means, {}, 'POST /api/v1/sign-up', {
    email: 'first@example.com',
    name: 'First',
    organisation: { name: 'Firm', timeZone: 'Etc/UTC', language: 'en', region: 'US' },
  });
  assert.equal(status, 202);
});

test('a member signs in, is who they are, and is nobody afterwards', async () => {
  const { means } = ground;
  const shown = await signedIn(means, viewer, async (as, person) => {
    const { status, json } = await ask(means, as, 'GET /api/v1/me');
    assert.deepEqual([status, json['actor']], [200, `person:${person}`]);
    return as;
  });
  assert.equal((await ask(means, shown, 'GET /api/v1/me')).status, 401);
});

test('a session that is stale may do nothing that could do lasting damage', async () => {
  const { means } = ground;
  for (const stale of ['never', 'ago'] as const)
    await signedIn(means, { role: 'owner', of: 'a-claim', stale }, async (as) => {
      assert.equal((await ask(means, as, 'POST /api/v1/keys', {})).code, 'step-up-needed', stale);
    });
});

test('what is made as if it were old is in the audit log with the time at which it was made', async () => {
  const { team } = ground.means.canary;
  const now = ground.ctx.clock.now();
  await team.link(viewer, 31 * 60_000);
  for (const stale of ['ago', 'idle'] as const) await team.signIn({ role: 'owner', of: 'a-claim' }, { stale });
  const { count } = await ground.means.prove.open((tx) =>
    tx.one<{ count: number }>(sql`select count(*) as count from app.audit_entries where at < ${new Date(now)}`),
  );
  assert.equal(count, 0);
});

test('a key is gone when the work is done, from the table as well', async () => {
  const { means } = ground;
  const used = await means.canary.team.withKey({ scopes: ['organisation:read'] }, async (made) => {
    assert.equal((await ask(means, byKey(made.key), 'GET /api/v1/me')).status, 200);
    return made;
  });
  assert.equal((await ask(means, byKey(used.key), 'GET /api/v1/me')).status, 401);
  const { left } = await means.prove.open((tx) =>
    tx.one<{ left: number }>(sql`select count(*) as left from app.api_keys where id = ${used.id}`),
  );
  assert.equal(left, 0);
});

test('a link signs in the one it is for; whoever has a second factor waits for it', async () => {
  const { means } = ground;
  const { team } = means.canary;
  const use = async (token: string) => ask(means, {}, 'POST /api/v1/sign-in/link/use', { token });
  const first = await use(await team.link(viewer));
  assert.deepEqual([first.status, first.json['state']], [200, 'signed-in']);
  const guarded = await use(await team.link('guarded'));
  assert.deepEqual([guarded.json['state'], guarded.headers['set-cookie']], ['second-factor', undefined]);
  assert.equal(
    (await ask(means, bySession(means, String(guarded.json['pending'])), 'GET /api/v1/session')).status,
    401,
  );
});

test('what is written to a canary is thrown away, where mail is kept to be read as well', async (t) => {
  const { ctx } = ground;
  const jobs = openDb({
    connection: ground.database.connection('jobs'),
    role: 'jobs',
    tenantKey: testDerive('tenant-token'),
    poolSize: 2,
  });
  t.after(() => jobs.close());
  const organisation = canaryIds[1];
  const given = { organisation, language: 'en', notice: { kind: 'account-exists' } } as const;
  const tell = (address: string) =>
    ctx.db.tenant(organisation, (tx) => notify(ctx, tx, { ...given, to: new Personal(address) }));
  await tell('owner@canary.invalid');
  await tell('owner@canary.invalid.example.com');
  const sent: string[] = [];
  const mailer = {
    vendor: 'outbox',
    keepMs: 60_000,
    send: async ({ to }: { readonly to: Personal }) => {
      sent.push(to.reveal());
      return { id: 'one' };
    },
    check: async () => [],
  };
  const log = (_event: LogEvent) => {};
  await noticeSender({ ...ctx, log, db: jobs, publicUrl: () => 'https://phone.example.com' }, mailer).run();
  assert.deepEqual(sent, ['owner@canary.invalid.example.com']);
  const rows = await ctx.db.tenant(organisation, (tx) =>
    tx.rows<{ state: string; trouble: string | null; empty: boolean }>(sql`
      select state, trouble, content is null as empty from app.mails
      where organisation_id = ${organisation} and kind = 'account-exists' order by state`),
  );
  assert.deepEqual(rows, [
    { state: 'given-up', trouble: 'nowhere', empty: true },
    { state: 'kept', trouble: null, empty: false },
  ]);
});
