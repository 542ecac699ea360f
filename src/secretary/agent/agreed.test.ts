import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Personal, sql } from '#base';
import { purposes, setPurposes, type Purpose } from '#safeguards/retention';
import { openOffice } from '../../../test/office.ts';
import { runTool, toolList } from './index.ts';
import { tools } from './tool-list.ts';

test('a tool whose purpose the business has not agreed to is refused when it is asked for all the same, and does nothing', async (t) => {
  const office = await openOffice();
  t.after(() => office.close());
  const { ctx, db, business } = office;
  const { organisation, agentId } = business;
  const agree = (agreed: readonly Purpose[]) =>
    db.tenant(organisation, (tx) => setPurposes(ctx, tx, { organisation, agreed }));
  const call = {
    organisation,
    agentId,
    callId: await office.call(),
    contactId: undefined,
    callerNumber: new Personal('+34600111222'),
  };
  const run = (tool: string, input: Readonly<Record<string, string | number | boolean | null>>, key: string) =>
    db.tenant(organisation, (tx) => runTool(ctx, tx, call, { tool, input, key }));
  const book = { startsAt: '2026-01-05T10:00:00Z', name: 'Ana', phone: null, reason: null };
  await agree(['leads', 'recordings']);
  const bookings = [...tools].filter(([, item]) => 'purpose' in item && item.purpose === 'appointments');
  assert.deepEqual(
    bookings.map(([name]) => name),
    ['book', 'cancel', 'find-mine', 'find-slot', 'move'],
  );
  const inputs: Readonly<Record<string, Parameters<typeof run>[1]>> = {
    'book': book,
    'cancel': { appointmentId: organisation },
    'find-mine': {},
    'find-slot': { from: '2026-01-05T00:00:00Z', until: '2026-01-06T00:00:00Z', limit: 3 },
    'move': { appointmentId: organisation, startsAt: '2026-01-05T10:00:00Z' },
  };
  for (const [name] of bookings) {
    assert.deepEqual(await run(name, inputs[name]!, name), { ok: false, why: 'not-agreed' }, name);
  }
  const { made } = await db.tenant(organisation, (tx) =>
    tx.one<{ made: number }>(sql`
      select count(*) as made from app.appointments where organisation_id = ${organisation}`),
  );
  assert.equal(made, 0);
  assert.equal((await run('take-message', { name: null, callback: null, body: 'x', urgent: false }, 'm')).ok, true);
  await agree(purposes);
  assert.equal((await run('book', book, 'again')).ok, true, 'once it is agreed to, the next call may');
  const offered = await toolList([], new Set(purposes));
  assert.ok(bookings.every(([name]) => offered.some((one) => one.name === name)));
});
