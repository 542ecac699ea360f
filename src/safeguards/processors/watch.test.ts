import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId, Personal, sql } from '#base';
import { addPerson } from '#safeguards/accounts';
import { day, hour, openEraserDesk, type EraserDesk } from '../../../test/eraser-desk.ts';

async function person(desk: EraserDesk, role: 'owner' | 'admin', how: { readonly hasProven?: boolean } = {}) {
  const { organisation } = desk.business;
  await desk.office.db.tenant(organisation, async (tx) => {
    const name = new Personal('Ana');
    const email = new Personal(`${newId({ ...desk.ctx })}@example.com`);
    const id = await addPerson(desk.ctx, tx, { organisation, role, name, email });
    if (how.hasProven === false) return;
    await tx.run(sql`
      update app.people set identity_id = ${newId(desk.ctx)} where organisation_id = ${organisation} and id = ${id}`);
  });
}

const mails = (desk: EraserDesk) =>
  desk.office.db.tenant(desk.business.organisation, (tx) =>
    tx.rows<{ kind: string }>(sql`select kind from app.mails where organisation_id = ${desk.business.organisation}`),
  );
const notices = (desk: EraserDesk) =>
  desk.office.db.tenant(desk.business.organisation, (tx) =>
    tx.rows<{ late: number; given_up: number }>(sql`
      select late, given_up from app.processor_notices
      where organisation_id = ${desk.business.organisation} order by at`),
  );

test('the owners are told once of what is not confirmed after a day, and once more when it is given up', async (t) => {
  const desk = await openEraserDesk(t);
  await person(desk, 'owner');
  await person(desk, 'admin');
  await person(desk, 'owner', { hasProven: false });
  desk.store.fate = () => 'cut';
  await desk.erase([await desk.call(), await desk.call()]);
  await desk.pass(day - hour);
  assert.equal(await desk.watch().run(), 0);
  assert.deepEqual(await mails(desk), []);
  await desk.pass(2 * hour);
  assert.equal(await desk.watch().run(), 1);
  assert.deepEqual(await mails(desk), [{ kind: 'deletions-unconfirmed' }]);
  assert.ok((await desk.office.audited()).includes('processors.unconfirmed'));
  for (let days = 1; days < 6; days += 1) {
    await desk.pass(day);
    assert.equal(await desk.watch().run(), 0, 'of each once');
  }
  await desk.pass(2 * day);
  assert.equal(await desk.watch().run(), 1);
  assert.equal(await desk.watch().run(), 0);
  assert.deepEqual(await notices(desk), [
    { late: 2, given_up: 0 },
    { late: 0, given_up: 2 },
  ]);
});

test('however much becomes late, there is one mail a day, and it leaves out nothing', async (t) => {
  const desk = await openEraserDesk(t);
  await person(desk, 'owner');
  desk.store.fate = () => 'cut';
  await desk.erase([await desk.call()]);
  desk.ctx.clock.advance(3 * hour);
  await desk.erase([await desk.call(), await desk.call()]);
  desk.ctx.clock.advance(22 * hour);
  assert.equal(await desk.watch().run(), 1);
  desk.ctx.clock.advance(3 * hour);
  assert.equal(await desk.watch().run(), 0);
  desk.ctx.clock.advance(21 * hour);
  assert.equal(await desk.watch().run(), 1);
  assert.deepEqual(await notices(desk), [
    { late: 1, given_up: 0 },
    { late: 2, given_up: 0 },
  ]);
});

test('of two processes that look at once one tells them', async (t) => {
  const desk = await openEraserDesk(t);
  await person(desk, 'owner');
  await desk.erase([await desk.call()]);
  desk.ctx.clock.advance(day);
  const told = await Promise.all([desk.watch().run(), desk.watch().run(), desk.watch().run()]);
  assert.equal(
    told.reduce((sum, one) => sum + one),
    1,
  );
  assert.equal((await mails(desk)).length, 1);
});

test('nothing is told of what was confirmed in time', async (t) => {
  const desk = await openEraserDesk(t);
  await person(desk, 'owner');
  await desk.erase([await desk.call()]);
  await desk.pass(day + hour);
  assert.equal(await desk.watch().run(), 0);
});

test('of an organisation that was erased meanwhile nobody is left to tell, and no row is left behind', async (t) => {
  const desk = await openEraserDesk(t);
  const { organisation } = desk.business;
  await person(desk, 'owner');
  desk.store.fate = () => 'cut';
  await desk.erase([await desk.call()]);
  await desk.pass(8 * day);
  await desk.ctx.keys.destroyOrganisation(organisation);
  await desk.office.db.tenant(organisation, (tx) =>
    tx.run(sql`delete from app.people where organisation_id = ${organisation}`),
  );
  assert.equal(await desk.watch().run(), 0);
  assert.deepEqual(await notices(desk), []);
});
