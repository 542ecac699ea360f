import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, Personal, sql, type Id } from '#base';
import { openOffice, type Office } from '../../../test/office.ts';
import { makeBusiness, type Business } from '../../../test/rows.ts';
import { listMessages, takeMessage } from './index.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

async function take(
  business: Business,
  body: string,
  more: { callback?: Personal; urgent?: boolean } = {},
): Promise<Id> {
  const { organisation } = business;
  const callId = await office.call(business);
  const message = { organisation, callId, body: new Personal(body), urgent: false, ...more };
  return office.db.tenant(organisation, (tx) => takeMessage(office.ctx, tx, message));
}

function list({ organisation }: Business, limit: number, before?: string) {
  return office.db.tenant(organisation, (tx) => listMessages(office.ctx, tx, organisation, { limit, before }));
}

test('a message comes back as it was taken, with these fields and no others', async () => {
  const callback = new Personal('+34600111222');
  const id = await take(office.business, 'The gate does not close.', { callback, urgent: true });
  const { body, callback: number, callId, ...rest } = (await list(office.business, 1)).items[0]!;
  const createdAt = office.ctx.clock.now();
  assert.deepEqual(rest, { id, contactId: null, channel: 'voice', name: null, urgent: true, createdAt, doneAt: null });
  assert.deepEqual(
    [body?.reveal(), number?.reveal(), callId?.length],
    ['The gate does not close.', '+34600111222', 36],
  );
  assert.deepEqual(await office.audited(), ['message.taken']);
});

test('the words of a message are nowhere in its row', async () => {
  const id = await take(office.business, 'zymurgy');
  const { organisation } = office.business;
  const { row } = await office.db.tenant(organisation, (tx) =>
    tx.one<{ row: string }>(sql`
      select encode(body, 'escape') || messages::text as row from app.messages
      where organisation_id = ${organisation} and id = ${id}`),
  );
  assert.ok(row.length > 100 && !row.includes('zymurgy'));
});

test('walking the pages meets every message once, newest first', async () => {
  const business = await makeBusiness(office.db);
  const taken: Id[] = [];
  for (let count = 0; count < 5; count++) {
    taken.push(await take(business, `message ${count}`));
    office.ctx.clock.advance(1);
  }
  const first = await list(business, 3);
  const second = await list(business, 3, first.next!);
  assert.deepEqual(
    [...first.items, ...second.items].map(({ id }) => id),
    taken.toReversed(),
  );
  assert.equal(second.next, null);
});

test('an erased message keeps its place in the list without its words', async () => {
  const business = await makeBusiness(office.db);
  const id = await take(business, 'Forget me.');
  await office.ctx.keys.destroy({ organisation: business.organisation, kind: 'message', id });
  assert.equal((await list(business, 1)).items[0]?.body, null);
});

test('one organisation lists nothing of another', async () => {
  await take(office.business, 'Ours.');
  const other = await makeBusiness(office.db);
  assert.deepEqual((await list(other, 100)).items, []);
});

test('a page of no size or of more than a hundred is refused', async () => {
  for (const limit of [0, 101]) {
    await assert.rejects(list(office.business, limit), (error) => isProblem(error, 'input-invalid'));
  }
});
