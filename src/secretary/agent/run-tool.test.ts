import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { isProblem, Personal, sql, type Ctx, type Id, type Tx } from '#base';
import type { ToolResult, ToolUse } from '#adapters/models';
import { unseal } from '#safeguards/vault';
import { isSuppressed, seeContact } from '#secretary/contacts';
import { listMessages } from '#secretary/messages';
import { openOffice, whileWaiting, type Office } from '../../../test/office.ts';
import { runTool, type ToolCall } from './index.ts';
import { tools } from './tool-list.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const phone = new Personal('+34600111222');
const message = { tool: 'take-message', input: { name: null, callback: null, body: 'Ring me.', urgent: false } };

async function call(callerNumber: Personal | undefined = phone): Promise<ToolCall> {
  const { organisation, agentId } = office.business;
  return { organisation, agentId, callId: await office.call(), contactId: undefined, callerNumber };
}

function run(
  on: ToolCall,
  use: ToolUse,
  key = 'a',
  ctx: Parameters<typeof runTool>[0] = office.ctx,
): Promise<ToolResult> {
  return office.db.tenant(on.organisation, (tx) => runTool(ctx, tx, on, { ...use, key }));
}

async function value(result: Promise<ToolResult>) {
  const answer = await result;
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.value;
}

function messagesOf({
  organisation,
  callId,
}: ToolCall): Promise<{ body: string | undefined; callback: string | undefined }[]> {
  return office.db.tenant(organisation, async (tx) => {
    const { items } = await listMessages(office.ctx, tx, organisation, { limit: 100 });
    const own = items.filter((item) => item.callId === callId);
    return own.map(({ body, callback }) => ({ body: body?.reveal(), callback: callback?.reveal() }));
  });
}

function runsOf({ organisation, callId }: ToolCall): Promise<{ tool: string; result: Buffer }[]> {
  return office.db.tenant(organisation, (tx) =>
    tx.rows(
      sql`select tool, result from app.tool_runs where organisation_id = ${organisation} and call_id = ${callId}`,
    ),
  );
}

test('a caller finds a time, books it, hears of it, moves it and cancels it', async () => {
  const on = await call(new Personal('+34600111333'));
  const window = { from: '2026-01-06T00:00:00Z', until: '2026-01-07T00:00:00Z', limit: 2 };
  const { slots } = await value(run(on, { tool: 'find-slot', input: window }, '1'));
  assert.deepEqual(slots, ['2026-01-06T08:00:00.000Z', '2026-01-06T08:30:00.000Z']);
  const wish = { startsAt: '2026-01-06T08:00:00.000Z', name: 'Ines', phone: null, reason: 'a leak' };
  const booked = await value(run(on, { tool: 'book', input: wish }, '2'));
  assert.equal(booked.startsAt, wish.startsAt);
  const found = await value(run(on, { tool: 'find-mine', input: {} }, '3'));
  assert.deepEqual(found.appointments, [booked]);
  const { appointmentId } = booked;
  const later = { appointmentId: appointmentId!, startsAt: '2026-01-06T12:00:00+01:00' };
  const moved = await value(run(on, { tool: 'move', input: later }, '4'));
  assert.deepEqual(moved, { appointmentId, startsAt: '2026-01-06T11:00:00.000Z' });
  await value(run(on, { tool: 'cancel', input: { appointmentId: appointmentId! } }, '5'));
  const left = await value(run(on, { tool: 'find-mine', input: {} }, '6'));
  assert.deepEqual(left.appointments, []);
});

test('what cannot be done is answered with its word', async () => {
  const on = await call(new Personal('+34600111444'));
  const booking = (startsAt: string) => ({ tool: 'book', input: { startsAt, name: null, phone: null, reason: null } });
  const { appointmentId } = await value(run(on, booking('2026-01-07T09:00:00Z'), 'first'));
  const move = (startsAt: string) => ({ tool: 'move', input: { appointmentId: appointmentId!, startsAt } });
  const unknown = '01890000-0000-7000-8000-00000000000a';
  await value(run(await call(), booking('2026-01-07T10:00:00Z')));
  const weekend = { from: '2026-01-10T00:00:00Z', until: '2026-01-11T00:00:00Z', limit: 5 };
  const words: [use: ToolUse, why: string][] = [
    [booking('2026-01-07T09:00:00Z'), 'taken'],
    [booking('2026-01-07T03:00:00Z'), 'outside-hours'],
    [booking('2025-01-07T09:00:00Z'), 'past'],
    [booking('2026-02-30T09:00:00Z'), 'input-invalid'],
    [booking('2026-01-07T09:00:30Z'), 'input-invalid'],
    [move('2026-01-07T10:00:00Z'), 'taken'],
    [move('2026-01-07T03:00:00Z'), 'outside-hours'],
    [move('2025-01-07T09:00:00Z'), 'past'],
    [{ tool: 'move', input: { appointmentId: unknown, startsAt: '2026-01-07T12:00:00Z' } }, 'not-found'],
    [{ tool: 'cancel', input: { appointmentId: unknown } }, 'not-found'],
    [{ tool: 'find-slot', input: weekend }, 'none-free'],
    [{ tool: 'hack', input: {} }, 'tool-unknown'],
    [{ tool: 'transfer', input: {} }, 'tool-unknown'],
  ];
  for (const [index, [use, why]] of words.entries()) {
    assert.deepEqual(await run(on, use, `${index}`), { ok: false, why }, JSON.stringify(use));
  }
  assert.ok((await runsOf(on)).every(({ tool }) => tools.has(tool) && tool !== 'transfer'));
});

test('a caller whose number is withheld has no appointments and silences nobody', async () => {
  const on = await call();
  const withheld = { ...on, callerNumber: undefined };
  for (const tool of ['find-mine', 'stop-calling']) {
    assert.deepEqual(await run(withheld, { tool, input: {} }, tool), { ok: false, why: 'number-withheld' });
  }
});

test('who asks not to be called is on the list when the tool has answered', async () => {
  const on = await call(new Personal('+34600111555'));
  await value(run(on, { tool: 'stop-calling', input: {} }));
  const { organisation, callerNumber } = on;
  assert.ok(await office.db.tenant(organisation, (tx) => isSuppressed(office.ctx, tx, organisation, callerNumber!)));
});

test('a message without a number is to be answered at the number that rang, a spoken one is read in E.164', async () => {
  const silent = await call();
  await value(run(silent, message));
  assert.deepEqual(await messagesOf(silent), [{ body: 'Ring me.', callback: '+34600111222' }]);
  const spoken = await call();
  await value(run(spoken, { ...message, input: { ...message.input, callback: '600 222 333' } }));
  assert.deepEqual(await messagesOf(spoken), [{ body: 'Ring me.', callback: '+34600222333' }]);
});

test('the same key again gives the same result and has no second effect', async () => {
  const on = await call();
  const first = await run(on, message, 'turn-3');
  assert.deepEqual(await run(on, message, 'turn-3'), first);
  assert.equal((await messagesOf(on)).length, 1);
  assert.notDeepEqual(await run(on, message, 'turn-4'), first);
  const again = await run(await call(), message, 'turn-3');
  assert.notDeepEqual(again, first);
});

test('two nodes that run one key at once have one effect and one result', async () => {
  const on = await call();
  const [first, { outcome }] = await office.db.tenant(on.organisation, async (tx) => {
    const result = await runTool(office.ctx, tx, on, { ...message, key: 'a' });
    return [result, await whileWaiting(tx, () => run(on, message))];
  });
  assert.deepEqual(await outcome, first);
  assert.equal((await messagesOf(on)).length, 1);
  assert.equal((await runsOf(on)).length, 1);
});

test('when the transaction ends badly neither effect nor result is kept, and the key can be used again', async () => {
  const on = await call();
  const lost = office.db.tenant(on.organisation, async (tx) => {
    await runTool(office.ctx, tx, on, { ...message, key: 'a' });
    throw new Error('the node dies');
  });
  await assert.rejects(lost, /the node dies/);
  assert.deepEqual([await runsOf(on), await messagesOf(on)], [[], []]);
  await value(run(on, message));
  assert.equal((await messagesOf(on)).length, 1);
});

/** Randomness that fails the first time 32 bytes are asked for: by the audit entry, after the message was written. */
function brokenOnce(ctx: Pick<Ctx, 'clock' | 'random' | 'keys' | 'log'>): typeof ctx {
  let broken = true;
  const bytes = (count: number) => {
    if (count !== 32 || !broken) return ctx.random.bytes(count);
    broken = false;
    throw new Error('no entropy');
  };
  return { clock: ctx.clock, keys: ctx.keys, log: ctx.log, random: { bytes } };
}

test('a tool that breaks undoes itself and no more, says so in the log, and is not tried again under its key', async () => {
  const on = await call();
  const { organisation } = on;
  const seen = { organisation, phone: new Personal('+34600111777'), language: 'en-US' };
  const work = async (tx: Tx): Promise<[Id, ToolResult]> => {
    const contact = await seeContact(office.ctx, tx, seen);
    return [contact, await runTool(brokenOnce(office.ctx), tx, on, { ...message, key: 'a' })];
  };
  const [contact, result] = await office.db.tenant(organisation, work);
  assert.deepEqual(result, { ok: false, why: 'failed' });
  assert.deepEqual(await messagesOf(on), []);
  assert.deepEqual(office.logged, ['error.internal']);
  assert.equal(await office.db.tenant(organisation, (tx) => seeContact(office.ctx, tx, seen)), contact);
  assert.deepEqual(await run(on, message), result);
  assert.deepEqual(await messagesOf(on), []);
});

test('one key for two tools is our mistake and stops', async () => {
  const on = await call();
  await run(on, message);
  await assert.rejects(run(on, { tool: 'find-mine', input: {} }), /one idempotency key/);
});

test('a result is sealed, opens in its own place alone and dies with the call', async () => {
  const on = await call();
  const { organisation, callId } = on;
  const answer = JSON.stringify(await run(on, message));
  const { result } = (await runsOf(on))[0]!;
  assert.ok(!result.includes('messageId'));
  const open = (row: string) => unseal(office.ctx, organisation, { table: 'tool_runs', row, column: 'result' }, result);
  assert.equal((await open(`${callId}/a`)).reveal(), answer);
  await assert.rejects(open(`${callId}/b`), (error) => isProblem(error, 'content-damaged'));
  await office.ctx.keys.destroy({ organisation, kind: 'call', id: callId });
  await assert.rejects(open(`${callId}/a`), (error) => isProblem(error, 'content-erased'));
});

test('every run is in the audit log, the refused ones too', async () => {
  const count = async () => (await office.audited()).filter((action) => action === 'tool.ran').length;
  const earlier = await count();
  const on = await call();
  await run(on, message, '1');
  await run(on, { tool: 'cancel', input: {} }, '2');
  await run(on, message, '1');
  assert.equal(await count(), earlier + 2);
});

test('whatever a model sends as input, a tool answers with a result and never breaks', async () => {
  const earlier = office.logged.length;
  const runnable = [...tools].filter(([, item]) => 'run' in item).map(([name]) => name);
  const member = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom('2026-99-99T99:99:00Z', '2026-01-07T09:00:00Z', "'"),
  );
  const keys = fc.constantFrom(
    'startsAt',
    'name',
    'phone',
    'reason',
    'from',
    'until',
    'limit',
    'body',
    'appointmentId',
  );
  const input = fc.oneof(fc.dictionary(keys, member), fc.dictionary(fc.string(), member), fc.constant(null));
  const on = await call();
  let key = 0;
  const property = fc.asyncProperty(fc.constantFrom(...runnable), input, async (tool, junk) => {
    const result = await run(on, { tool, input: junk as ToolUse['input'] }, `junk-${key++}`);
    const takesNothing = tool === 'find-mine' || tool === 'stop-calling';
    assert.ok(result.ok ? takesNothing : result.why === 'input-invalid', JSON.stringify([tool, junk, result]));
  });
  await fc.assert(property, { seed: 13, numRuns: 150 });
  assert.equal(office.logged.length, earlier);
});
