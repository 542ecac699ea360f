import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, Personal, sql, type Id, type PageRequest } from '#base';
import { openOffice, whileWaiting, type Office } from '../../../test/office.ts';
import { makeBusiness } from '../../../test/rows.ts';
import { captureLead, listLeads } from './index.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

function capture(callId: Id, interest: string): Promise<Id> {
  const { organisation } = office.business;
  const lead = { organisation, callId, name: new Personal('Ines'), interest: new Personal(interest) };
  return office.db.tenant(organisation, (tx) => captureLead(office.ctx, tx, lead));
}

function list(request: PageRequest, organisation = office.business.organisation) {
  return office.db.tenant(organisation, (tx) => listLeads(office.ctx, tx, organisation, request));
}

test('a call makes one lead, however often and however simultaneously it is captured', async () => {
  const callId = await office.call();
  const { organisation } = office.business;
  const [id, { outcome }] = await office.db.tenant(organisation, async (tx) => {
    const first = await captureLead(office.ctx, tx, { organisation, callId });
    return [first, await whileWaiting(tx, () => capture(callId, 'a boiler'))];
  });
  assert.equal(await outcome, id);
  assert.equal(await capture(callId, 'something else'), id);
  const entries = (await office.audited()).filter((action) => action === 'lead.captured');
  assert.equal(entries.length, 1);
});

test('a lead shows these fields and no others, and null for what was not given', async () => {
  const callId = await office.call();
  office.ctx.clock.advance(1_000);
  const id = await capture(callId, 'a survey of the roof');
  const lead = (await list({ limit: 1 })).items[0]!;
  const { name, interest, ...plain } = lead;
  const createdAt = office.ctx.clock.now();
  assert.deepEqual(plain, { id, callId, contactId: null, phone: null, status: 'new', createdAt });
  assert.deepEqual([name?.reveal(), interest?.reveal()], ['Ines', 'a survey of the roof']);
});

test('walking the pages meets every lead once, newest first, also those of one moment', async () => {
  const business = await makeBusiness(office.db);
  const { organisation } = business;
  for (let count = 0; count < 7; count++) {
    if (count % 3 === 0) office.ctx.clock.advance(1_000);
    const callId = await office.call(business);
    await office.db.tenant(organisation, (tx) => captureLead(office.ctx, tx, { organisation, callId }));
  }
  const walked: string[] = [];
  let before: string | undefined;
  do {
    const page = await list({ limit: 2, before }, organisation);
    walked.push(...page.items.map(({ createdAt, id }) => `${createdAt} ${id}`));
    before = page.next ?? undefined;
  } while (before !== undefined);
  assert.deepEqual([walked.length, new Set(walked).size], [7, 7]);
  assert.deepEqual(walked, walked.toSorted().toReversed());
});

test('a list survives an erasure: what is gone is null, the rest is there', async () => {
  const business = await makeBusiness(office.db);
  const { organisation } = business;
  const calls = [await office.call(business), await office.call(business)];
  const leads: Id[] = [];
  for (const callId of calls) {
    const lead = { organisation, callId, name: new Personal('Ines') };
    leads.push(await office.db.tenant(organisation, (tx) => captureLead(office.ctx, tx, lead)));
  }
  await office.ctx.keys.destroy({ organisation, kind: 'lead', id: leads[0]! });
  const { items } = await list({ limit: 10 }, organisation);
  const names = new Map(items.map(({ callId, name }) => [callId, name?.reveal()]));
  assert.deepEqual(
    names,
    new Map([
      [calls[1], 'Ines'],
      [calls[0], undefined],
    ]),
  );
});

test('a value that was swapped between two leads is not shown as if it were theirs', async () => {
  const business = await makeBusiness(office.db);
  const { organisation } = business;
  const ids: Id[] = [];
  for (const name of ['Ines', 'Otto']) {
    const lead = { organisation, callId: await office.call(business), name: new Personal(name) };
    ids.push(await office.db.tenant(organisation, (tx) => captureLead(office.ctx, tx, lead)));
  }
  await office.db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.leads set name = other.name from app.leads other
      where leads.organisation_id = ${organisation} and leads.id = ${ids[0]} and other.id = ${ids[1]}`),
  );
  await assert.rejects(list({ limit: 10 }, organisation), (error) => isProblem(error, 'content-damaged'));
});

test('a cursor that is not ours is refused', async () => {
  await assert.rejects(list({ limit: 10, before: 'not-a-cursor' }), (error) => isProblem(error, 'cursor-invalid'));
});
