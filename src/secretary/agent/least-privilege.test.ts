import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { iso, Personal, sql, type Id } from '#base';
import type { ToolUse } from '#adapters/models';
import { appointmentsOf, book } from '#secretary/appointments';
import { isSuppressed } from '#secretary/contacts';
import { openOffice, type Office } from '../../../test/office.ts';
import { makeBusiness } from '../../../test/rows.ts';
import { runTool, type ToolCall } from './index.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const victim = new Personal('+34600111222');
const startsAt = Date.parse('2026-01-07T09:00Z');

/** An appointment of the victim at a business. */
async function victimsAppointment(at: { organisation: Id; agentId: Id }): Promise<Id> {
  const { organisation, agentId } = at;
  const name = new Personal('Zacarias');
  const wish = { organisation, agentId, startsAt, minutes: 30, name, ownerNumber: victim };
  return (await office.db.tenant(organisation, (tx) => book(office.ctx, tx, wish))).id;
}

/** All that is the victim's at a business, as stored. */
async function belongings(organisation: Id, id: Id): Promise<unknown> {
  return office.db.tenant(organisation, async (tx) => ({
    row: await tx.one(sql`
      select to_jsonb(appointments) as all from app.appointments where organisation_id = ${organisation} and id = ${id}`),
    found: await appointmentsOf(office.ctx, tx, organisation, victim),
    suppressed: await isSuppressed(office.ctx, tx, organisation, victim),
  }));
}

/** Everything a caller could say to get at someone else's: their ids, number, name and time, in every field. */
function wordsOf(ids: readonly Id[]) {
  const id = fc.constantFrom(...ids);
  const halfHours = fc.integer({ min: 0, max: 11 });
  const weeks = fc.integer({ min: 0, max: 50 });
  const time = fc.tuple(weeks, halfHours).map(([week, half]) => iso(startsAt + week * 604_800_000 + half * 1_800_000));
  const words = fc.constantFrom(null, '+34600111222', '600111222', 'Zacarias', `' or '1'='1`, ids[0]!);
  return fc.oneof(
    fc.record({ tool: fc.constant('cancel'), input: fc.record({ appointmentId: id }) }),
    fc.record({ tool: fc.constant('move'), input: fc.record({ appointmentId: id, startsAt: time }) }),
    fc.record({ tool: fc.constant('find-mine'), input: fc.constantFrom({}, { phone: '+34600111222' }) }),
    fc.record({ tool: fc.constant('stop-calling'), input: fc.constantFrom({}, { phone: '+34600111222' }) }),
    fc.record({
      tool: fc.constant('book'),
      input: fc.record({ startsAt: time, name: words, phone: words, reason: words }),
    }),
    fc.record({
      tool: fc.constant('take-message'),
      input: fc.record({ name: words, callback: words, body: fc.constant('Zacarias'), urgent: fc.boolean() }),
    }),
  ) as fc.Arbitrary<ToolUse>;
}

test('no words of a caller show or change what belongs to another number or another organisation', async () => {
  const other = await makeBusiness(office.db);
  const here = await victimsAppointment(office.business);
  const elsewhere = await victimsAppointment(other);
  const { organisation, agentId } = office.business;
  const numbers = fc.constantFrom(new Personal('+34600999888'), undefined);
  const all = async () => [await belongings(organisation, here), await belongings(other.organisation, elsewhere)];
  const untouched = await all();
  const property = fc.asyncProperty(
    numbers,
    fc.array(wordsOf([here, elsewhere]), { maxLength: 6 }),
    async (callerNumber, uses) => {
      const call: ToolCall = { organisation, agentId, callId: await office.call(), contactId: undefined, callerNumber };
      for (const [index, use] of uses.entries()) {
        const result = await office.db.tenant(organisation, (tx) =>
          runTool(office.ctx, tx, call, { ...use, key: `${index}` }),
        );
        const shown = JSON.stringify(result);
        assert.ok(!shown.includes(here) && !shown.includes(elsewhere) && !shown.includes('Zacarias'), shown);
      }
      assert.deepEqual(await all(), untouched);
    },
  );
  await fc.assert(property, { seed: 17, numRuns: 80 });
});

test('the owner, ringing from the number, can do all that', async () => {
  const business = await makeBusiness(office.db);
  const { organisation, agentId } = business;
  const id = await victimsAppointment(business);
  const call = {
    organisation,
    agentId,
    callId: await office.call(business),
    contactId: undefined,
    callerNumber: victim,
  };
  const use = { tool: 'cancel', input: { appointmentId: id }, key: 'a' };
  const result = await office.db.tenant(organisation, (tx) => runTool(office.ctx, tx, call, use));
  assert.deepEqual(result, { ok: true, value: {} });
});
