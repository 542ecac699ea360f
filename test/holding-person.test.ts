import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Personal, sql, type Id } from '#base';
import { heldAmong, liftHold } from '#safeguards/holds';
import { book } from '#secretary/appointments';
import { itemsOf, openHolding, type HoldingTest } from './holding.ts';
import { day, type Left } from './keeping.ts';

const phone = '+34600111222';
const person = { person: new Personal(phone) };

/** Somebody else books for the person who is held, and leaves that person's number to reach them on. */
function bookFor({ archive: { ctx }, businesses: [mine] }: HoldingTest, { call, contact }: Left): Promise<Id> {
  const { organisation, agentId } = mine;
  return ctx.db.tenant(organisation, async (tx) => {
    const { id } = await book(ctx, tx, {
      organisation,
      agentId,
      callId: call,
      contactId: contact,
      startsAt: ctx.clock.now() + 3 * day,
      minutes: 30,
      phone: new Personal(phone),
      ownerNumber: new Personal('+34600111333'),
    });
    return id;
  });
}

test('an appointment that names the number of a person to reach them on is held with them, whoever rang', async (t) => {
  const holding = await openHolding(t);
  const { businesses, archive } = holding;
  const { organisation } = businesses[0];
  await holding.keep(businesses[0], { recordings: 5, calls: 5, messages: 5, people: 5, leads: 5, appointments: 5 });
  const other = await holding.leave(businesses[0], { phone: '+34600111333' });
  const appointment = await bookFor(holding, other);
  const hold = await holding.hold(person);
  assert.deepEqual(await itemsOf(holding, organisation, hold), [`appointment:${appointment}`]);
  archive.ctx.clock.advance(60 * day);
  await holding.sweep();
  const held = await archive.ctx.db.tenant(organisation, (tx) =>
    heldAmong(tx, { organisation, kind: 'appointment', ids: [appointment] }),
  );
  assert.deepEqual(
    held.map((one) => one.hold),
    [hold],
  );
  assert.equal(await archive.ctx.keys.count([{ organisation, kind: 'appointment', id: appointment }]), 1);
});

test('a call that withheld its number and in which an appointment names a held person is held as theirs', async (t) => {
  const holding = await openHolding(t);
  const { businesses, archive } = holding;
  const { organisation } = businesses[0];
  const other = await holding.leave(businesses[0], { phone: '+34600111333' });
  const appointment = await bookFor(holding, other);
  await archive.ctx.db.tenant(organisation, (tx) =>
    tx.run(sql`
      update app.calls set caller_index = null, caller_number = null, contact_id = null
      where organisation_id = ${organisation} and id = ${other.call}`),
  );
  const items = await itemsOf(holding, organisation, await holding.hold(person));
  assert.ok(items.includes(`appointment:${appointment}`) && items.includes(`call:${other.call}`), String(items));
});

test('who rang again while they were held is known for as long as others are once the hold is over', async (t) => {
  const holding = await openHolding(t);
  const { businesses, archive } = holding;
  const [mine] = businesses;
  const { clock, keys } = archive.ctx;
  await holding.keep(mine, { recordings: 10, calls: 10, messages: 10, people: 10, leads: 10, appointments: 90 });
  const left = await holding.leave(mine, { appointmentInDays: 5 });
  const hold = await holding.hold(person);
  clock.advance(40 * day);
  await holding.sweep();
  assert.equal(await holding.see(mine, phone), left.contact);
  clock.advance(day);
  await liftHold(archive.ctx, holding.people[0], hold);
  await liftHold(archive.ctx, holding.people[1], hold);
  await holding.keepHolds();
  await keys.reap(clock.now());
  await holding.sweep();
  const subject = { organisation: mine.organisation, kind: 'person', id: left.contact } as const;
  assert.equal(await keys.count([subject]), 1, 'they rang yesterday');
  clock.advance(20 * day);
  await keys.reap(clock.now());
  assert.equal(await keys.count([subject]), 0, 'and their time ends all the same');
});
