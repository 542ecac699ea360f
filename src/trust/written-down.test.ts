import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import pg from 'pg';
import { newId, sql, type Id, type Tx } from '#base';
import { captureLead } from '#secretary/contacts';
import { proveAll, type Means } from '#trust';
import { altered } from './asking.ts';
import { asIfSealed, canary, otherCanary } from './canary.ts';
import { reachOf, rolledBack } from './means.ts';
import { nobodysAddress, rareWord, tracesOf } from './traces.ts';
import { openProvingGround, type ProvingGround } from '../../test/proving.ts';
import { makeBusiness, makeCall } from '../../test/rows.ts';

/* What should not be stored or logged, stored and logged all the same. */

async function groundFor(t: TestContext, env: Readonly<Record<string, string>> = {}): Promise<ProvingGround> {
  const ground = await openProvingGround({ env });
  t.after(() => ground.close());
  return ground;
}

async function verdictOf(means: Means, claim: string) {
  const [verdict] = await proveAll(means, { which: [claim] });
  assert.ok(verdict);
  return verdict;
}

async function assertFails(means: Means, claim: string, why: RegExp): Promise<void> {
  const verdict = await verdictOf(means, claim);
  assert.equal(verdict.status, 'failing', verdict.why);
  assert.match(verdict.why, why);
}

/** With the rights of the server's administrator, as nobody of ours could. */
async function asAdmin({ database }: ProvingGround, ...statements: string[]): Promise<void> {
  const client = new pg.Client(database.admin());
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Rows of a canary organisation, for good. */
function plant({ means }: ProvingGround, work: (tx: Tx) => Promise<unknown>): Promise<unknown> {
  return means.prove.open(work);
}

test('a word is found in every kind of column: text, bytes, JSON and lists', async (t) => {
  const ground = await groundFor(t);
  const { means, ctx } = ground;
  const traces = (word: string) => rolledBack(means.prove, (tx) => tracesOf(reachOf(means, tx), [word]));
  const places: Readonly<Record<string, (word: string, id: Id) => ReturnType<typeof sql>>> = {
    text: (word, id) => sql`
      insert into app.agents (organisation_id, id, name, language, greeting, facts, hours, visit_minutes, speech, model,
        disclose_ai, created_at)
      values (${canary}, ${id}, ${`Mr ${word.toUpperCase()}`}, 'en', '', '[]', '{}', 30, 'relay', 'scripted', true, now())`,
    json: (word, id) => sql`
      insert into app.agents (organisation_id, id, name, language, greeting, facts, hours, visit_minutes, speech, model,
        disclose_ai, created_at)
      values (${otherCanary}, ${id}, '', 'en', '', ${JSON.stringify([word])}, '{}', 30, 'relay', 'scripted', true, now())`,
    list: (word, id) => sql`
      insert into app.api_keys (organisation_id, id, key_id, secret_hash, name, scopes, addresses, created_at)
      values (${canary}, ${id}, ${id}, ${Buffer.alloc(32)}, '', '{}', ${[word]}, now())`,
    bytes: (word, id) => sql`
      insert into app.suppressions (organisation_id, id, phone_index, reason, created_at)
      values (${canary}, ${id}, ${Buffer.from(`x${word}`)}, '', now())`,
  };
  for (const [place, statement] of Object.entries(places)) {
    const word = rareWord(ctx);
    assert.deepEqual(await traces(word), [], place);
    await plant(ground, (tx) => tx.run(statement(word, newId(ctx))));
    assert.equal((await traces(word)).length, 1, place);
  }
});

test('a product that writes an address into a table, or the log, is found', async (t) => {
  const ground = await groundFor(t);
  const { means } = ground;
  const { ctx } = ground;
  const seen: (string | undefined)[] = [];
  const careless: Means = {
    ...means,
    async self(request) {
      if (request.from !== undefined && request.from !== seen.at(-1)) {
        seen.push(request.from);
        await plant(ground, (tx) =>
          tx.run(sql`
            insert into app.suppressions (organisation_id, id, phone_index, reason, created_at)
            values (${canary}, ${newId(ctx)}, ${Buffer.from(request.from ?? '')}, 'planted', now())`),
        );
      }
      return means.self(request);
    },
  };
  await assertFails(
    careless,
    'network-addresses-are-hashed',
    /a network address lies in the table \(app\.suppressions\)/,
  );
  const talkative: Means = {
    ...means,
    async written(work) {
      const { result } = await means.written(work);
      return { result, text: `{"event":"request.answered","caller":"+15005550000"}` };
    },
  };
  await assertFails(talkative, 'logs-hold-nothing-personal', /something personal was written to the log/);
});

test('addresses that are made up differ from one another', async (t) => {
  const { ctx } = await groundFor(t);
  const parts = Array.from({ length: 20 }, () => nobodysAddress(ctx).part);
  assert.equal(new Set(parts).size, 20);
});

test('an act that leaves no entry, or one without an address, is found', async (t) => {
  const { means } = await groundFor(t);
  const without = (what: string | RegExp, instead: string) =>
    altered(means, ({ path }, answer) =>
      path.startsWith('/api/v1/audit') ? { ...answer, body: answer.body.replaceAll(what, instead) } : answer,
    );
  await assertFails(
    without('"api-key.rotated"', '"api-key.made"'),
    'every-change-is-recorded',
    /left no entry .* \(POST \/api\/v1\/keys\/:id\/rotate\)/,
  );
  await assertFails(without(/"address":"\w+",?/g, ''), 'every-change-is-recorded', /left an entry that is not whole/);
  await assertFails(without('"whole"', '"damaged"'), 'every-change-is-recorded', /left an entry that is not whole/);
});

test('a key, a password or a link that is stored as it is is found', async (t) => {
  const ground = await groundFor(t);
  await ground.means.canary.team.link({ role: 'viewer', of: 'a-test' });
  await plant(ground, (tx) =>
    tx.run(sql`
      insert into app.api_keys (organisation_id, id, key_id, secret_hash, name, scopes, created_at)
      values (${canary}, ${newId(ground.ctx)}, 'abc', 'secret', '', '{}', now())`),
  );
  await asAdmin(
    ground,
    `update app.identities set password_hash = '$argon2id$v=19$m=1024,t=2,p=1$c2FsdHNhbHQ$aGFzaA'`,
    `update app.sign_in_links set token_hash = 'token'`,
  );
  await assertFails(ground.means, 'keys-do-what-they-may', /1 keys are not kept as hashes/);
  await assertFails(ground.means, 'guessing-locks-the-account', /not kept as a strong Argon2id hash/);
  await assertFails(ground.means, 'sign-in-links-work-once', /the link is not kept as a hash/);
});

test('a session past its limits, and one without the second factor, are found', async (t) => {
  const ground = await groundFor(t);
  await ground.means.canary.team.signIn({ role: 'viewer', of: 'a-test' });
  await asAdmin(ground, `update app.identities set second_factor = true`, `update app.sessions set fresh_at = null`);
  await assertFails(ground.means, 'second-factors-are-not-passed', /opened without the second factor/);
  await asAdmin(ground, `update app.sessions set seen_at = seen_at - interval '14 hours'`);
  await assertFails(ground.means, 'sessions-end-by-themselves', /past its limits/);
});

test('a mail that is still there an hour after its time, or kept where mail is sent, is found', async (t) => {
  const ground = await groundFor(t, {
    SOTTO_MAIL: 'postmark',
    SOTTO_POSTMARK_TOKEN: 'canary-token',
    SOTTO_MAIL_FROM: 'sotto@example.com',
  });
  const { ctx } = ground;
  await plant(ground, (tx) =>
    tx.run(sql`
      insert into app.mails (organisation_id, id, kind, state, recipient, content, created_at, give_up_at, ended_at)
      values (${canary}, ${newId(ctx)}, 'locked', 'kept', ${asIfSealed(ctx)}, ${asIfSealed(ctx)},
        ${new Date(ctx.clock.now())}, ${new Date(ctx.clock.now())}, ${new Date(ctx.clock.now())})`),
  );
  await assertFails(ground.means, 'mail-leaves-no-content', /still there, and it is kept/);
});

test('somebody who came in without anybody recording how is found', async (t) => {
  const ground = await groundFor(t);
  const { ctx } = ground;
  await plant(ground, (tx) =>
    tx.run(sql`
      insert into app.people (organisation_id, id, role, name, email, email_index, identity_id, created_at)
      values (${canary}, ${newId(ctx)}, 'owner', ${asIfSealed(ctx)}, ${asIfSealed(ctx)}, 'x', ${newId(ctx)}, now())`),
  );
  await assertFails(ground.means, 'teams-grow-by-invitation', /nobody recorded how this person joined/);
});

test('a lead that is there is counted, and one that has gone is found', async (t) => {
  const ground = await groundFor(t);
  const { ctx, means } = ground;
  const business = await makeBusiness(ctx.db);
  const { organisation } = business;
  const callId = await makeCall(ctx.db, business);
  await ctx.db.tenant(organisation, (tx) => captureLead(ctx, tx, { organisation, callId }));
  const { status, checked } = await verdictOf(means, 'leads-are-kept');
  assert.deepEqual([status, checked], ['proven', 1]);
  await asAdmin(ground, 'delete from app.leads');
  await assertFails(means, 'leads-are-kept', /a lead that was written down is gone \(lead:/);
});

test('keys of providers are known by their form, in whatever column they lie', async (t) => {
  const ground = await groundFor(t);
  const letters = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';
  const secrets = [
    `sk-proj-${letters}`,
    `sk_live_${letters}`,
    `AIza${letters.slice(0, 35)}`,
    `EAA${letters}${letters}`,
    `ghp_${letters}`,
    'AKIAABCDEFGHIJKLMNOP',
    'SK0123456789abcdef0123456789abcdef',
    '-----BEGIN EC PRIVATE KEY-----',
  ];
  for (const secret of secrets) {
    await asAdmin(ground, `update app.organisations set name = 'Key: ${secret}' where id = '${canary}'`);
    await assertFails(
      ground.means,
      'no-secret-lies-in-plain-text',
      /1 times something that is a secret \(app\.organisations\.name\)/,
    );
  }
  // The last as chance writes it into a signature in base64.
  for (const harmless of ['Ask-me & Sons, SK', `Hw+EAA${letters}${letters}`, `x/AIza${letters}`]) {
    await asAdmin(ground, `update app.organisations set name = '${harmless}' where id = '${canary}'`);
    assert.equal((await verdictOf(ground.means, 'no-secret-lies-in-plain-text')).status, 'proven', harmless);
  }
});
