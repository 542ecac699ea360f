import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { newId, Personal, readConfig, type Id } from '#base';
import { openSenses, type Senses } from '#app';
import { addPerson, makeOrganisation } from '#safeguards/accounts';
import { temporaryFolder } from '../keys.ts';
import { mailServer } from '../mail-server.ts';
import { postmarkServer } from '../postmark-server.ts';
import { sotto, startProduct, type Env } from '../product.ts';

type Shown = {
  readonly held: readonly { readonly processor: string; readonly until: string | null }[];
  readonly announcements: readonly {
    readonly processor: string;
    readonly usableAt: string | null;
    readonly urgentReason: string | null;
    readonly mails: readonly { readonly state: string }[];
  }[];
};

async function shown(env: Env): Promise<Shown> {
  const { stdout, stderr } = await sotto(env, 'processors', '--json');
  assert.match(stdout, /^\{/, stderr);
  return JSON.parse(stdout) as Shown;
}

async function until<T>(look: () => Promise<T>, isThere: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = await look();
    if (isThere(seen)) return seen;
    await pause(200);
  }
}

function areSent(mails: readonly { readonly state: string }[] = []): boolean {
  return mails.length > 0 && mails.every(({ state }) => state === 'sent');
}

async function withBusinesses(env: Env): Promise<void> {
  const senses = await openSenses(readConfig(env), () => {});
  try {
    for (const name of ['Own', 'Second']) await business(senses, name);
  } finally {
    await senses.close();
  }
}

async function business({ ctx }: Senses, name: string): Promise<Id> {
  const given = { kind: 'customer', name, timeZone: 'Etc/UTC', language: 'en', region: 'US' } as const;
  const organisation = await makeOrganisation(ctx, given);
  for (const role of ['owner', 'admin'] as const) {
    const email = new Personal(`${role}@${name.toLowerCase()}.test`);
    const person = { organisation, role, name: new Personal(role), email, identity: newId(ctx) };
    await ctx.db.tenant(organisation, (tx) => addPerson(ctx, tx, person));
  }
  return organisation;
}

test('a mail vendor that customers were not told of waits, through a power cut as well, and is used when it cannot wait', async (t) => {
  const postmark = await postmarkServer(t);
  const smtp = await mailServer(t, { hasStarttls: false });
  const folder = await temporaryFolder(t);
  const first: Env = { ...postmark.env, SOTTO_DATA_DIR: folder, SOTTO_PORT: '0', SOTTO_HOST: '127.0.0.1' };
  const both: Env = { ...first, SOTTO_MAIL: 'smtp', SOTTO_SMTP_URL: `smtp://127.0.0.1:${smtp.port}` };
  const before = await startProduct(first);
  await before.stop('hurried');
  await withBusinesses(first);

  const cut = await startProduct(both);
  t.after(() => cut.process.kill('SIGKILL'));
  // A mail that is on its way at the cut goes again minutes later: src/safeguards/notices/killed.test.ts.
  await until(
    () => shown(both),
    ({ announcements }) => areSent(announcements[0]?.mails),
  );
  await cut.kill();

  const again = await startProduct(both);
  t.after(() => again.process.kill('SIGKILL'));
  const told = await until(
    () => shown(both),
    ({ held }) => held.length === 1 && held[0]!.until !== null,
  );
  assert.equal(told.held[0]?.processor, 'smtp');
  const [announcement] = told.announcements;
  const days = (Date.parse(announcement?.usableAt ?? '') - Date.now()) / 86_400_000;
  assert.ok(days > 9.9 && days <= 10, `it waits ${days} days`);
  // Each person was told once by the register, however often the process died.
  assert.equal(announcement?.mails.length, 2);
  assert.deepEqual(new Set(postmark.mails.map(({ To }) => To)), new Set(['owner@second.test', 'admin@second.test']));
  assert.equal(smtp.received.length, 0);
  assert.match(
    again.log(),
    /"event":"processor.held","vendor":"smtp"|"vendor":"smtp".*processor\.held|processor\.held/,
  );

  const decided = await sotto(both, 'processors', 'use', 'smtp', '--urgent', '--reason', 'Postmark is away');
  assert.equal(decided.code, 0, decided.stderr);
  await until(
    async () => smtp.received.length,
    (count) => count >= 2,
  );
  assert.match(smtp.received[0]!.raw.toString(), /Postmark is away/);
  const after = await shown(both);
  assert.deepEqual([after.held, after.announcements[0]?.urgentReason], [[], 'Postmark is away']);
  await again.stop('hurried');
});
