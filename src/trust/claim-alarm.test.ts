import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { newId, openDb, Personal, sql, type Id } from '#base';
import { addPerson, instanceId, makeOrganisation } from '#safeguards/accounts';
import { newestMails } from '#safeguards/notices';
import { setProfile } from '#safeguards/profiles';
import { addDocument } from './attestations/documents.ts';
import { documentWatch, stepOf } from './attestations/watch.ts';
import { claimAlarm } from './claim-alarm.ts';
import type { Status } from './claim.ts';
import { keepEvidence } from './evidence.ts';
import { testDerive } from '../../test/cluster.ts';
import { openProvingGround } from '../../test/proving.ts';

const origin = 'https://phone.example.com';
const minute = 60_000;
const day = 24 * 60 * minute;

/** An installation whose operator has an organisation with an owner, once `settle` was called. */
async function open(t: TestContext) {
  const ground = await openProvingGround();
  const connection = ground.database.connection('jobs');
  const jobs = openDb({ connection, role: 'jobs', tenantKey: testDerive('tenant-token'), poolSize: 3 });
  t.after(async () => {
    await jobs.close();
    await ground.close();
  });
  const { ctx } = ground;
  const operator = newId(ctx);
  const place = { timeZone: 'Etc/UTC', language: 'en', region: 'US' };
  return {
    ctx,
    alarm: claimAlarm({ ...ctx, db: jobs, publicUrl: () => origin }),
    documents: documentWatch({ ...ctx, db: jobs, publicUrl: () => origin }),
    async settle() {
      await makeOrganisation(ctx, { id: operator, kind: 'customer', name: 'Harbour Dental', ...place });
      ctx.clock.advance(minute);
      await makeOrganisation(ctx, { id: newId(ctx), kind: 'customer', name: 'Somebody else', ...place });
      await owner(operator);
    },
    async look(claim: string, status: Status) {
      ctx.clock.advance(minute);
      const at = ctx.clock.now();
      await keepEvidence(ctx, { claim, status, checked: 3, why: `seen ${status}`, canFail: true, at, tookMs: 1 });
    },
    mails: async () =>
      (await newestMails(ctx, { most: 10, by: 'command:test', origin })).map(({ subject, text, to }) => ({
        subject,
        text,
        to,
      })),
  };

  async function owner(organisation: Id): Promise<void> {
    await ctx.db.tenant(organisation, async (tx) => {
      const given = {
        organisation,
        role: 'owner',
        name: new Personal('Ana'),
        email: new Personal('ana@harbour.example'),
      } as const;
      const id = await addPerson(ctx, tx, given);
      await tx.run(sql`
        update app.people set identity_id = ${newId(ctx)} where organisation_id = ${organisation} and id = ${id}`);
    });
  }
}

test('a promise that turns red is told once to the owners, those of one minute in one mail, and once when it is kept again', async (t) => {
  const { alarm, settle, look, mails } = await open(t);
  await settle();
  await look('calls-are-answered', 'proven');
  assert.equal(await alarm.run(), 0);
  await look('calls-are-answered', 'failing');
  await look('leads-are-kept', 'failing');
  assert.equal(await alarm.run(), 2);
  await look('calls-are-answered', 'failing');
  assert.equal(await alarm.run(), 0);
  const [told, ...rest] = await mails();
  assert.deepEqual(rest, []);
  assert.equal(told?.subject, 'A promise is not being kept');
  assert.match(told.text, /calls-are-answered, since 2026-11-20 12:0\d UTC: seen failing/);
  assert.match(told.text, /leads-are-kept/);
  assert.match(told.text, /https:\/\/phone\.example\.com\/trust/);
  // That it could not be looked at is no good news.
  await look('calls-are-answered', 'unknown');
  assert.equal(await alarm.run(), 0);
  await look('calls-are-answered', 'proven');
  assert.equal(await alarm.run(), 1);
  assert.equal(await alarm.run(), 0);
  assert.ok(
    (await mails()).some(({ subject, text }) => subject === 'A promise is kept again' && !text.includes('leads')),
  );
  await look('calls-are-answered', 'failing');
  assert.equal(await alarm.run(), 1);
});

test('what could not be looked at is told to nobody', async (t) => {
  const { alarm, settle, look, mails } = await open(t);
  await settle();
  await look('calls-are-answered', 'unknown');
  await look('leads-are-kept', 'not-exercised');
  assert.equal(await alarm.run(), 0);
  assert.deepEqual(await mails(), []);
});

test('what failed before there was anybody to tell is told when there is', async (t) => {
  const { alarm, settle, look, mails } = await open(t);
  await look('calls-are-answered', 'failing');
  assert.equal(await alarm.run(), 0);
  await settle();
  assert.equal(await alarm.run(), 1);
  assert.equal((await mails()).length, 1);
});

test('two nodes at once tell it once', async (t) => {
  const { alarm, settle, look, mails } = await open(t);
  await settle();
  await look('calls-are-answered', 'failing');
  await Promise.all([alarm.run(), alarm.run(), alarm.run()]);
  assert.equal((await mails()).length, 1);
});

test('the security contact of the installation is told as well where it is a mail address', async (t) => {
  const { ctx, alarm, settle, look, mails } = await open(t);
  await settle();
  await ctx.db.tenant(instanceId, (tx) =>
    setProfile(ctx, tx, { organisation: instanceId, change: { securityContact: 'security@harbour.example' } }),
  );
  await look('calls-are-answered', 'failing');
  await alarm.run();
  assert.deepEqual((await mails()).map(({ to }) => to).toSorted(), ['ana@harbour.example', 'security@harbour.example']);
});

test('the security contact is told where no business has an account yet', async (t) => {
  const { ctx, alarm, look, mails } = await open(t);
  const change = { securityContact: 'security@harbour.example' };
  await ctx.db.tenant(instanceId, (tx) => setProfile(ctx, tx, { organisation: instanceId, change }));
  await look('calls-are-answered', 'failing');
  await alarm.run();
  await alarm.run();
  assert.deepEqual(
    (await mails()).map(({ to }) => to),
    ['security@harbour.example'],
  );
});

test('a document that runs out is told thirty days before, seven days before, and when it has', async (t) => {
  const { ctx, documents, settle, mails } = await open(t);
  await settle();
  const given = { title: 'SOC 2 report', issuer: 'Auditors', about: null, isPublic: false } as const;
  const dates = { issuedOn: '2026-01-01', untilOn: '2027-01-19' };
  const file = { file: Buffer.from('%PDF-1.7'), mediaType: 'application/pdf' };
  await addDocument(ctx, 'command:attest', { kind: 'soc2-report', ...given, ...dates, ...file });
  assert.equal(await documents.run(), 0);
  ctx.clock.advance(31 * day);
  for (const days of [24, 7]) {
    assert.equal(await documents.run(), 1);
    assert.equal(await documents.run(), 0);
    ctx.clock.advance(days * day);
  }
  assert.equal(await documents.run(), 1);
  assert.equal(await documents.run(), 0);
  const told = await mails();
  assert.ok(told.every(({ text }) => text.includes('last day 2027-01-19')));
});

test('the steps of a document fall on the first instant of their day', () => {
  const over = Date.UTC(2027, 0, 1);
  const untilOn = '2026-12-31';
  assert.equal(stepOf({ untilOn }, over - 30 * day - 1), undefined);
  assert.equal(stepOf({ untilOn }, over - 30 * day), 30);
  assert.equal(stepOf({ untilOn }, over - 7 * day), 7);
  assert.equal(stepOf({ untilOn }, over - 1), 7);
  assert.equal(stepOf({ untilOn }, over), 0);
});
