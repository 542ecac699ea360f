import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isProblem, Personal, sql, type Id, type ProblemCode } from '#base';
import { openOffice, type Office } from '../../../test/office.ts';
import { makeBusiness, officeHours, type Business } from '../../../test/rows.ts';
import { appointmentsOf, book, cancelAppointment, listAppointments, moveAppointment, type Booking } from './index.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const opening = { hours: officeHours, timeZone: 'Europe/Madrid' };
const phone = new Personal('+34600111222');
const stranger = new Personal('+34600999888');
const nine = Date.parse('2026-01-06T08:00Z');
const halfHour = 1_800_000;

function booking(business: Business, startsAt: number, more: Partial<Booking> = {}) {
  const { organisation, agentId } = business;
  return office.db.tenant(organisation, (tx) =>
    book(office.ctx, tx, { organisation, agentId, startsAt, minutes: 30, phone, ownerNumber: phone, opening, ...more }),
  );
}

function own({ organisation }: Business, number = phone) {
  return office.db.tenant(organisation, (tx) => appointmentsOf(office.ctx, tx, organisation, number));
}

function refused(attempt: Promise<unknown>, code: ProblemCode): Promise<void> {
  return assert.rejects(attempt, (error) => isProblem(error, code));
}

test('an appointment is found by the number that booked it, and by no other', async () => {
  const business = await makeBusiness(office.db);
  const { id } = await booking(business, nine);
  const found = await own(business, new Personal('+34 600 111 222'));
  assert.deepEqual(found, [{ id, agentId: business.agentId, startsAt: nine, endsAt: nine + halfHour }]);
  assert.deepEqual(await own(business, stranger), []);
  assert.deepEqual(await own(await makeBusiness(office.db)), []);
});

test('a number that was merely named has no rights to the appointment', async () => {
  const business = await makeBusiness(office.db);
  const { id } = await booking(business, nine, { phone: stranger });
  assert.deepEqual(
    (await own(business)).map((one) => one.id),
    [id],
  );
  assert.deepEqual(await own(business, stranger), []);
});

test('two appointments may meet but not overlap', async () => {
  const business = await makeBusiness(office.db);
  await booking(business, nine);
  await refused(booking(business, nine), 'slot-taken');
  await refused(booking(business, nine + 600_000), 'slot-taken');
  await booking(business, nine + halfHour);
});

test('the calendars of two agents do not touch', async () => {
  const [one, two] = [await makeBusiness(office.db), await makeBusiness(office.db)];
  await booking(one, nine);
  await booking(two, nine);
});

test('a time outside opening hours or in the past is refused', async () => {
  const business = await makeBusiness(office.db);
  await refused(booking(business, nine - 60_000), 'outside-hours');
  await refused(booking(business, Date.parse('2026-01-06T15:31Z')), 'outside-hours');
  await refused(booking(business, Date.parse('2026-01-10T09:00Z')), 'outside-hours');
  await refused(booking(business, office.ctx.clock.now()), 'slot-past');
});

test('after a refusal the transaction goes on and keeps what it wrote before', async () => {
  const business = await makeBusiness(office.db);
  const { organisation, agentId } = business;
  await booking(business, nine);
  const wish = { organisation, agentId, minutes: 30, ownerNumber: phone };
  await office.db.tenant(organisation, async (tx) => {
    await book(office.ctx, tx, { ...wish, startsAt: nine + halfHour });
    await refused(book(office.ctx, tx, { ...wish, startsAt: nine }), 'slot-taken');
    await book(office.ctx, tx, { ...wish, startsAt: nine + 2 * halfHour });
  });
  assert.deepEqual(
    (await own(business)).map(({ startsAt }) => startsAt),
    [nine, nine + halfHour, nine + 2 * halfHour],
  );
});

test('a moved appointment leaves its old time free, keeps its length and is still found', async () => {
  const business = await makeBusiness(office.db);
  const { organisation } = business;
  const { id } = await booking(business, nine, { minutes: 45 });
  const startsAt = nine + 4 * halfHour;
  await office.db.tenant(organisation, (tx) =>
    moveAppointment(office.ctx, tx, { organisation, id, phone, startsAt, opening }),
  );
  const [found] = await own(business);
  assert.deepEqual([found?.id, found?.startsAt, found?.endsAt], [id, startsAt, startsAt + 2_700_000]);
  await booking(business, nine);
});

test('a move that is refused keeps the old time', async () => {
  const business = await makeBusiness(office.db);
  const { organisation } = business;
  const { id } = await booking(business, nine);
  await booking(business, nine + halfHour, { ownerNumber: stranger });
  const move = (startsAt: number) =>
    office.db.tenant(organisation, (tx) =>
      moveAppointment(office.ctx, tx, { organisation, id, phone, startsAt, opening }),
    );
  await refused(move(nine + halfHour), 'slot-taken');
  await refused(move(nine + 18 * halfHour), 'outside-hours');
  await refused(move(office.ctx.clock.now() - 1), 'slot-past');
  await move(nine + 60_000).catch(() => {});
  assert.deepEqual(
    (await own(business)).map(({ startsAt }) => startsAt),
    [nine],
  );
});

test('nobody moves or cancels an appointment of another number, and is told no more than that there is none', async () => {
  const business = await makeBusiness(office.db);
  const { organisation } = business;
  const { id } = await booking(business, nine);
  const unknown = '01890000-0000-7000-8000-00000000000a';
  const messages = new Set<string>();
  for (const target of [id, unknown]) {
    const theirs = { organisation, id: target, phone: stranger };
    const attempts = [
      () => office.db.tenant(organisation, (tx) => cancelAppointment(office.ctx, tx, theirs)),
      () =>
        office.db.tenant(organisation, (tx) =>
          moveAppointment(office.ctx, tx, { ...theirs, startsAt: nine + halfHour, opening }),
        ),
    ];
    for (const attempt of attempts) {
      await assert.rejects(attempt, (error: Error) => messages.add(error.message) && isProblem(error, 'not-found'));
    }
  }
  assert.equal(messages.size, 1);
  assert.deepEqual(
    (await own(business)).map(({ startsAt }) => startsAt),
    [nine],
  );
});

test('a cancelled appointment is gone for its owner and its time is free', async () => {
  const business = await makeBusiness(office.db);
  const { organisation } = business;
  const { id } = await booking(business, nine);
  const cancel = () =>
    office.db.tenant(organisation, (tx) => cancelAppointment(office.ctx, tx, { organisation, id, phone }));
  await cancel();
  assert.deepEqual(await own(business), []);
  await refused(cancel(), 'not-found');
  await booking(business, nine, { ownerNumber: stranger });
});

test('what is over is not found any more, what is under way still is', async () => {
  const business = await makeBusiness(office.db);
  const today = office.ctx.clock.now();
  await booking(business, today + 60_000);
  office.ctx.clock.advance(10 * 60_000);
  assert.equal((await own(business)).length, 1);
  office.ctx.clock.advance(21 * 60_000);
  assert.deepEqual(await own(business), []);
});

test('every change of an appointment is in the audit log, and no name is', async () => {
  const business = await makeBusiness(office.db);
  const { organisation } = business;
  const { id } = await booking(business, nine, { name: new Personal('Zacarias') });
  await office.db.tenant(organisation, async (tx) => {
    await moveAppointment(office.ctx, tx, { organisation, id, phone, startsAt: nine + halfHour, opening });
    await cancelAppointment(office.ctx, tx, { organisation, id, phone });
  });
  const entries = await office.db.tenant(organisation, (tx) =>
    tx.rows<{ action: string; leaf: Buffer }>(sql`
      select action, leaf from app.audit_entries where organisation_id = ${organisation} order by id`),
  );
  const actions = entries.map(({ action }) => action).toSorted();
  assert.deepEqual(actions, ['appointment.booked', 'appointment.cancelled', 'appointment.moved']);
  assert.ok(
    entries.every(({ leaf }) => leaf.includes(id) && !leaf.includes('Zacarias') && !leaf.includes('600111222')),
  );
});

test('the list shows these fields and no others, the latest time first, over all pages', async () => {
  const business = await makeBusiness(office.db);
  const callId: Id = await office.call(business);
  const given = { callId, name: new Personal('Ines'), reason: new Personal('a leak') };
  const ids = [];
  for (const at of [nine + halfHour, nine, nine + 2 * halfHour]) ids.push((await booking(business, at, given)).id);
  const { organisation } = business;
  const list = (before?: string) =>
    office.db.tenant(organisation, (tx) => listAppointments(office.ctx, tx, organisation, { limit: 2, before }));
  const first = await list();
  const second = await list(first.next!);
  assert.deepEqual(
    [...first.items, ...second.items].map(({ id }) => id),
    [ids[2], ids[0], ids[1]],
  );
  assert.equal(second.next, null);
  const { name, phone: number, reason, createdAt, changedAt, ...plain } = second.items[0]!;
  const span = { startsAt: nine, endsAt: nine + halfHour };
  assert.deepEqual(plain, {
    id: ids[1],
    agentId: business.agentId,
    callId,
    contactId: null,
    ...span,
    status: 'booked',
  });
  assert.deepEqual(
    [name, number, reason].map((one) => one?.reveal()),
    ['Ines', '+34600111222', 'a leak'],
  );
  assert.ok(createdAt === changedAt && createdAt <= office.ctx.clock.now());
});
