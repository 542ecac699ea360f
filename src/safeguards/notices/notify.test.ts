import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { iso, Personal, sql } from '#base';
import { unseal } from '#safeguards/vault';
import { openOffice, type Office } from '../../../test/office.ts';
import { contentFrom, placeOf } from './mail-row.ts';
import { notify } from './notify.ts';
import type { Notice } from './notice.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const invitation: Notice = {
  kind: 'invitation',
  organisation: 'Casa Pepe',
  by: 'Ana',
  url: 'http://127.0.0.1/x',
  days: 7,
};

test('a mail is written in the transaction of its effect: when that fails, there is none', async () => {
  const { ctx, db, business } = office;
  const { organisation } = business;
  const failing = db.tenant(organisation, async (tx) => {
    await notify(ctx, tx, { organisation, to: new Personal('ana@example.com'), language: 'en', notice: invitation });
    throw new Error('the effect failed');
  });
  await assert.rejects(failing, /the effect failed/);
  const rows = await db.tenant(organisation, (tx) => tx.rows(sql`select id from app.mails`));
  assert.deepEqual(rows, []);
});

test('address and content are sealed under keys of their own, and come back as they were', async () => {
  const { ctx, db, business } = office;
  const { organisation } = business;
  const row = await db.tenant(organisation, async (tx) => {
    await notify(ctx, tx, { organisation, to: new Personal('ana@example.com'), language: 'es', notice: invitation });
    return tx.one<{ id: string; recipient: Buffer; content: Buffer }>(
      sql`select id, recipient, content from app.mails where organisation_id = ${organisation}`,
    );
  });
  for (const blob of [row.recipient, row.content]) assert.doesNotMatch(blob.toString('latin1'), /ana|Casa|127/);
  assert.notDeepEqual(row.recipient.subarray(1, 17), row.content.subarray(1, 17), 'each names its own key');
  const to = await unseal(ctx, organisation, placeOf(row.id, 'recipient'), row.recipient);
  assert.equal(to.reveal(), 'ana@example.com');
  const content = await unseal(ctx, organisation, placeOf(row.id, 'content'), row.content);
  assert.deepEqual(contentFrom(content), { language: 'es', notice: invitation });
});

test('a link is not sent beyond its own life, anything else not beyond a day', async () => {
  const { ctx, db, business } = office;
  const { organisation } = business;
  const to = new Personal('ana@example.com');
  const link: Notice = { kind: 'sign-in-link', url: 'http://127.0.0.1/x', minutes: 30 };
  const rows = await db.tenant(organisation, async (tx) => {
    await tx.run(sql`delete from app.mails where organisation_id = ${organisation}`);
    for (const notice of [link, { kind: 'account-exists' } as const]) {
      await notify(ctx, tx, { organisation, to, language: 'en', notice });
    }
    return tx.rows<{ kind: string; give_up_at: Date }>(
      sql`select kind, give_up_at from app.mails where organisation_id = ${organisation} order by kind`,
    );
  });
  const now = ctx.clock.now();
  assert.deepEqual(
    rows.map(({ kind, give_up_at: at }) => [kind, at.toISOString()]),
    [
      ['account-exists', iso(now + 24 * 60 * 60_000)],
      ['sign-in-link', iso(now + 30 * 60_000)],
    ],
  );
});
