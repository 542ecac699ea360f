import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { iso, Personal } from '#base';
import type { Hours } from '#adapters/models';
import { openOffice, type Office } from '../../../test/office.ts';
import { makeBusiness, officeHours, type Business } from '../../../test/rows.ts';
import { book, cancelAppointment, freeSlots } from './index.ts';
import { isOpen } from './opening-hours.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const timeZone = 'Europe/Madrid';
const none: Hours = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

type Search = { hours?: Hours; timeZone?: string; visitMinutes?: number; limit?: number };

function search(
  { organisation, agentId }: Business,
  from: number,
  until: number,
  more: Search = {},
): Promise<number[]> {
  const basics = { hours: officeHours, timeZone, visitMinutes: 30, limit: 500 };
  return office.db.tenant(organisation, (tx) =>
    freeSlots(office.ctx, tx, { organisation, agentId, from, until, ...basics, ...more }),
  );
}

async function slots(from: string, until: string, more: Search = {}): Promise<string[]> {
  const found = await search(await makeBusiness(office.db), Date.parse(from), Date.parse(until), more);
  return found.map((at) => iso(at).slice(0, 16));
}

test('slots begin at opening, step by the length of a visit and end by closing', async () => {
  const hours = {
    ...none,
    tue: [
      { from: '09:10', to: '10:30' },
      { from: '16:00', to: '16:30' },
    ],
  };
  const found = await slots('2026-01-06T00:00Z', '2026-01-07T00:00Z', { hours });
  assert.deepEqual(found, ['2026-01-06T08:10', '2026-01-06T08:40', '2026-01-06T15:00']);
});

test('a search that begins in the middle keeps the grid of the opening', async () => {
  const found = await slots('2026-01-06T08:01Z', '2026-01-06T09:30Z');
  assert.deepEqual(found, ['2026-01-06T08:30', '2026-01-06T09:00']);
});

test('nothing is offered in the past, and no more than was asked for', async () => {
  const found = await slots('2020-01-01T00:00Z', '2026-01-06T00:00Z', { limit: 2 });
  assert.deepEqual(found, ['2026-01-05T08:00', '2026-01-05T08:30']);
  assert.deepEqual(await slots('2020-01-01T00:00Z', '2026-01-05T08:00Z'), []);
});

test('a booked time is not offered, a cancelled one is again', async () => {
  const business = await makeBusiness(office.db);
  const { organisation, agentId } = business;
  const [from, until] = [Date.parse('2026-01-06T08:00Z'), Date.parse('2026-01-06T09:00Z')];
  const ownerNumber = new Personal('+34600111222');
  const wish = { organisation, agentId, startsAt: from + 900_000, minutes: 30, ownerNumber };
  const { id } = await office.db.tenant(organisation, (tx) => book(office.ctx, tx, wish));
  assert.deepEqual(await search(business, from, until), []);
  await office.db.tenant(organisation, (tx) =>
    cancelAppointment(office.ctx, tx, { organisation, id, phone: ownerNumber }),
  );
  assert.deepEqual(await search(business, from, until), [from, from + 1_800_000]);
});

test('a search without end ends, 62 days ahead', async () => {
  const found = await slots('2026-01-05T08:00Z', '9999-12-31T00:00Z', { limit: 5_000 });
  assert.equal(found.at(-1), '2026-03-06T15:30');
});

test('the night that skips an hour offers none in it, the night that repeats one offers it twice', async () => {
  const hours = { ...none, sun: [{ from: '01:30', to: '03:30' }] };
  const spring = await slots('2026-03-28T12:00Z', '2026-03-29T12:00Z', { hours });
  assert.deepEqual(spring, ['2026-03-29T00:30', '2026-03-29T01:00']);
  office.ctx.clock.advance(Date.parse('2026-10-24T00:00Z') - office.ctx.clock.now());
  const autumn = await slots('2026-10-24T12:00Z', '2026-10-25T12:00Z', { hours });
  assert.deepEqual(
    autumn.map((at) => at.slice(11)),
    ['23:30', '00:00', '00:30', '01:00', '01:30', '02:00'],
  );
});

test('whatever is booked, what is offered is all that can be booked on the grid, and nothing else', async () => {
  const { ctx, db } = office;
  const monday = Date.parse('2027-03-01T00:00Z');
  const minutes = fc.constantFrom(15, 30, 45);
  const bookings = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 * 24 * 12 }), minutes), { maxLength: 12 });
  const run = fc.asyncProperty(bookings, minutes, async (booked, visitMinutes) => {
    const business = await makeBusiness(db);
    const { organisation, agentId } = business;
    const wanted = { organisation, agentId };
    for (const [fiveMinutes, length] of booked) {
      const startsAt = monday + fiveMinutes * 300_000;
      const claim = { ...wanted, startsAt, minutes: length };
      await db.tenant(organisation, (tx) => book(ctx, tx, claim)).catch(() => {});
    }
    const offered = await search(business, monday, monday + 4 * 86_400_000, { visitMinutes });
    const again = await search(business, monday, monday + 4 * 86_400_000, { visitMinutes });
    assert.deepEqual(again, offered);
    for (const startsAt of offered) {
      assert.ok(isOpen({ hours: officeHours, timeZone }, { startsAt, endsAt: startsAt + visitMinutes * 60_000 }));
      await db.tenant(organisation, (tx) => book(ctx, tx, { ...wanted, startsAt, minutes: visitMinutes }));
    }
    assert.deepEqual(await search(business, monday, monday + 4 * 86_400_000, { visitMinutes }), []);
  });
  await fc.assert(run, { numRuns: 5, seed: 7 });
});
