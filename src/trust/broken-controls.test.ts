import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { identifier, openDb, sql } from '#base';
import { proveAll, type Means } from '#trust';
import { canary, plantCall, plantEntry, asIfSealed } from './canary.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';
import { requestsOnly } from '../../test/requests-only.ts';
import { makeBusiness, makeCall } from '../../test/rows.ts';

let ground: ProvingGround;
/** A test on ground of its own: what it breaks for good harms no other. */
function onGround(promise: string, work: () => Promise<void>): void {
  test(promise, async (t) => {
    ground = await openProvingGround();
    t.after(() => ground.close());
    await work();
  });
}

async function verdictOf(claim: string, means: Means = ground.means) {
  const [verdict] = await proveAll(means, { which: [claim] });
  assert.ok(verdict);
  return verdict;
}

/** Breaks something for good, as nobody of ours could: with the rights of the server's administrator. */
async function asAdmin(...statements: string[]): Promise<void> {
  const client = new pg.Client(ground.database.admin());
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function assertFails(claim: string, why: RegExp, means?: Means): Promise<void> {
  const verdict = await verdictOf(claim, means);
  assert.equal(verdict.status, 'failing', verdict.why);
  assert.match(verdict.why, why);
}

onGround('a table without row-level security is found', async () => {
  await asAdmin('alter table app.leads disable row level security');
  await assertFails('no-organisation-sees-another', /app\.leads/);
});

onGround('a policy that lets everything through is found, by the catalogue and by the canaries', async () => {
  await asAdmin('create policy open on app.organisations to sotto_app using (true)');
  await assertFails('no-organisation-sees-another', /app\.organisations/);
  await assertFails('canaries-stay-strangers', /app\.organisations/);
});

onGround('without the canary organisation its probe cannot look, and says so', async () => {
  await asAdmin(
    `set session_replication_role = replica`,
    `delete from app.carrier_accounts`,
    `delete from app.organisations where id = '${canary}'`,
  );
  assert.equal((await verdictOf('canaries-stay-strangers')).status, 'unknown');
});

onGround('a column without a class and a table of nobody are found', async () => {
  await asAdmin(
    'alter table app.calls add column mood text',
    "comment on table app.leads is 'owner: secretary/nobody'",
  );
  await assertFails('every-column-has-a-class-and-an-owner', /calls\.mood.*app\.leads/s);
});

onGround('a trigger of the audit log that was dropped is found', async () => {
  await asAdmin('drop trigger no_truncate on app.audit_entries');
  await assertFails('audit-is-append-only', /no trigger refuses truncate/);
});

onGround('the trigger that the counterexample takes away is missed when somebody else has dropped it', async () => {
  await asAdmin('drop trigger append_only on app.audit_entries');
  await assertFails('audit-is-append-only', /no trigger refuses update and delete \(app\.audit_entries\)/);
});

onGround(
  'a role that was given the right to rewrite the audit log is found, by the catalogue and by trying',
  async () => {
    await asAdmin('grant update (action), delete on app.audit_entries to sotto_app');
    await assertFails('audit-is-append-only', /sotto_app may change entries/);
    assert.equal((await verdictOf('audit-refuses-change')).status, 'proven', 'the trigger still refuses');
    await asAdmin('drop trigger append_only on app.audit_entries');
    await assertFails('audit-refuses-change', /update was allowed.*delete was allowed/);
  },
);

onGround('the owner serving requests is found', async () => {
  const owner = openDb({
    connection: ground.database.connection('migrate'),
    role: 'app',
    tenantKey: Buffer.alloc(32),
    poolSize: 1,
  });
  await owner.open(async () => {
    await assertFails('privileged-roles-serve-nobody', /sotto-app is signed in as sotto_migrate/);
  });
  await owner.close();
});

const second = 1_000;

/** Commits a finished call of the canary organisation, good unless `change` says otherwise. */
async function aCall(
  change: { disclosedAt?: number; spokeAt?: number; opening?: 'speech' | 'disclosure' } = {},
): Promise<void> {
  const startedAt = ground.ctx.clock.now() - 60 * second;
  const { disclosedAt = startedAt + 4 * second, spokeAt = startedAt + 5 * second, opening = 'disclosure' } = change;
  await ground.means.prove.open(async (tx) => {
    const id = await plantCall(tx, ground.ctx, { state: 'live', startedAt, disclosedAt });
    await plantEntry(tx, ground.ctx, id, { seq: 0, at: startedAt, speaker: 'agent', kind: opening });
    await plantEntry(tx, ground.ctx, id, { seq: 1, at: spokeAt, speaker: 'caller', kind: 'speech' });
  });
}

onGround('a call that opens with the disclosure proves the claim', async () => {
  await aCall();
  const verdict = await verdictOf('disclosure-comes-first');
  assert.deepEqual([verdict.status, verdict.checked], ['proven', 1]);
});

onGround('a call that opens with anything else is found', async () => {
  await aCall({ opening: 'speech' });
  await assertFails('disclosure-comes-first', /does not open with the disclosure/);
});

onGround('a caller who was written down before the disclosure was heard is found', async () => {
  const startedAt = ground.ctx.clock.now() - 60 * second;
  await aCall({ spokeAt: startedAt + second });
  await assertFails('disclosure-comes-first', /before the disclosure was heard/);
});

onGround('an ended call is overdue after five minutes and not before, however old it is', async () => {
  const endedAgo = (minutes: number) =>
    ground.means.prove.open((tx) =>
      plantCall(tx, ground.ctx, { state: 'ended', startedAt: ground.ctx.clock.now() - minutes * 60 * second }),
    );
  await endedAgo(4);
  assert.equal((await verdictOf('calls-are-summarised')).status, 'not-exercised');
  await endedAgo(3 * 24 * 60);
  await assertFails('calls-are-summarised', /the call ended and is not finished/);
});

onGround('a summary that ended with its time or a hand-over is not missed, and one that was lost is', async () => {
  const { db, clock } = ground.ctx;
  const business = await makeBusiness(db);
  const { organisation } = business;
  const at = new Date(clock.now() - 30 * 60 * second);
  for (const since of ['emptied_at', 'forgotten_at']) {
    const call = await makeCall(db, business);
    await db.tenant(organisation, (tx) =>
      tx.run(sql`
        update app.calls set state = 'ended', started_at = ${at}, ended_at = ${at}, finished_at = ${at},
          outcome = 'message-taken', handed_over_at = ${at}, ${identifier(since)} = ${at}
        where organisation_id = ${organisation} and id = ${call}`),
    );
  }
  const verdict = await verdictOf('calls-are-summarised');
  assert.deepEqual([verdict.status, verdict.checked], ['proven', 2], verdict.why);
  await db.tenant(organisation, (tx) => tx.run(sql`update app.calls set emptied_at = null, forgotten_at = null`));
  await assertFails('calls-are-summarised', /no outcome or no summary/);
});

const fixed = { at: 45, with: 0x41 };
const bare = {
  'plain text': Buffer.from('+15005550006'),
  'plain text of the right length behind the right version': Buffer.concat([
    Buffer.of(1),
    Buffer.from('a sentence that somebody said on the telephone'),
  ]),
  'a sealed value of another version': Buffer.concat([Buffer.of(2), Buffer.alloc(63, 0xf7)]),
  'a sealed value that was cut off': Buffer.concat([Buffer.of(1), Buffer.alloc(fixed.at - 2, 0xf7)]),
  'nothing at all': Buffer.alloc(0),
};

for (const [what, callerNumber] of Object.entries(bare)) {
  onGround(`${what} in a personal column is found`, async () => {
    await ground.means.prove.open((tx) => plantCall(tx, ground.ctx, { state: 'live', startedAt: 0, callerNumber }));
    await assertFails('personal-content-is-sealed', /1 values are not sealed \(app\.calls\.caller_number\)/);
  });
}

onGround('sealed values prove the claim, and a personal column of text breaks it', async () => {
  await ground.means.prove.open((tx) =>
    plantCall(tx, ground.ctx, { state: 'live', startedAt: 0, callerNumber: asIfSealed(ground.ctx) }),
  );
  const verdict = await verdictOf('personal-content-is-sealed');
  assert.equal(verdict.status, 'proven');
  assert.ok(verdict.checked >= 4);
  await asAdmin('alter table app.calls add column said text', "comment on column app.calls.said is 'personal: words'");
  await assertFails('personal-content-is-sealed', /app\.calls\.said/);
});

onGround('a product that skips the signature is found, whatever it answers', async () => {
  for (const status of [200, 204, 302, 400, 404]) {
    const self = () => Promise.resolve({ status, headers: {}, body: '' });
    await assertFails('unsigned-webhooks-are-refused', /was answered/, { ...ground.means, self });
  }
});

onGround('a product that is too busy to answer leaves the claim unknown', async () => {
  const busy: Means = { ...ground.means, self: () => Promise.resolve({ status: 503, headers: {}, body: '' }) };
  const verdict = await verdictOf('unsigned-webhooks-are-refused', busy);
  assert.deepEqual([verdict.status, verdict.why.includes('not-running')], ['unknown', true]);
});

onGround('a refusal that took the call all the same is found', async () => {
  const { self } = ground.means;
  const greedy: Means['self'] = async (request) => {
    const callId = new URLSearchParams(request.body).get('CallSid');
    await asAdmin(`insert into app.calls (organisation_id, id, carrier, carrier_call_id, line_id, agent_id, language, state, conversation, turn, started_at, watch_at)
      select organisation_id, gen_random_uuid(), carrier, '${callId}', id, agent_id, 'en', 'live', '\\x01', 0, now(), now() from app.lines limit 1`);
    return self(request);
  };
  await aCall();
  await assertFails('unknown-numbers-are-refused', /was taken/, { ...ground.means, self: greedy });
});

onGround("the number of another organisation stays out of reach of the canary's signature", async () => {
  await aCall();
  await asAdmin(
    `delete from app.lines where organisation_id <> '${canary}'`,
    `update app.lines set e164 = '+15005550006'`,
    "update app.organisations set kind = 'customer' where id <> '00000000-0000-7000-8000-000000000001'",
  );
  const verdict = await verdictOf('unknown-numbers-are-refused');
  assert.deepEqual([verdict.status, verdict.checked], ['proven', 2]);
});

onGround('a line that was taken away, or whose account is disconnected, is nothing to forge a call of', async () => {
  await aCall();
  const claim = 'unsigned-webhooks-are-refused';
  await asAdmin(`update app.lines set removed_at = now()`);
  assert.equal((await verdictOf(claim)).status, 'proven');
  await asAdmin(`update app.lines set removed_at = null`, `update app.carrier_accounts set revoked_at = now()`);
  assert.equal((await verdictOf(claim)).status, 'proven');
});

onGround('a connection that nobody accounts for is found', async () => {
  const sockets = () => Promise.resolve({ egress: 0, database: 0, unexpected: [{ peer: '192.0.2.1:443', count: 2 }] });
  await assertFails('nothing-goes-to-an-unlisted-host', /2 connections nobody accounts for \(192\.0\.2\.1:443\)/, {
    ...ground.means,
    sockets,
  });
});

onGround('a way out that dials what it should refuse is found even when nobody answers', async () => {
  const http = requestsOnly(() => Promise.reject(Object.assign(new Error('no route'), { code: 'unreachable' })));
  await assertFails('nothing-goes-to-an-unlisted-host', /unlisted\.invalid/, { ...ground.means, http });
});

onGround('a way out that refuses requests and lets WebSockets go is found', async () => {
  const http = requestsOnly((to, request) => ground.means.http(to, request));
  await assertFails('nothing-goes-to-an-unlisted-host', /unlisted\.invalid/, { ...ground.means, http });
});

onGround('a telephone that is not answered, or answered without words, is found', async () => {
  await asAdmin(`delete from app.lines where e164 = '+15005550100'`);
  await assertFails('calls-are-answered', /answered 404/);
});
