import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#base';
import type { Admit } from '#edge';
import { canaryIds } from '#safeguards/accounts';
import { parrot } from '../../../test/parrot.ts';
import { signedWebhook } from '../../../test/signed-ring.ts';
import { world, type World } from '../../../test/world.ts';

const ringing = { From: '+14155550132', To: '+15005550006', CallStatus: 'ringing', Direction: 'inbound' };
const hungUp = { CallStatus: 'completed', CallbackSource: 'call-progress-events', SequenceNumber: '3' };

function post(w: World, path: string, fields: Record<string, string>, authToken = w.demo.twilio.authToken) {
  const account = { accountSid: w.demo.twilio.accountSid, authToken };
  const request = signedWebhook({ origin: w.url, account }, path, { CallSid: `CA${'1'.repeat(32)}`, ...fields });
  return w.app.server.inject({ ...request, from: '192.0.2.1' });
}

/** What the product asks of itself, as whoever it measures itself as. */
const own: ReadonlySet<string> = new Set(['127.0.0.1', ...canaryIds]);

/** The rest of it: people who are made up for its checks, and sign in whenever one of those is due. */
async function withoutOwn(w: World, asked: readonly string[]): Promise<readonly string[]> {
  const people = await Promise.all(
    canaryIds.map((id) =>
      w.ctx.db.tenant(id, (tx) => tx.rows<{ id: string }>(sql`select identity_id as id from app.people`)),
    ),
  );
  const made = new Set(people.flat().map(({ id }) => `api identity:${id}`));
  return asked.filter((one) => !made.has(one));
}

/** Refuses whoever is named, and remembers who was asked about. */
function counting(refused = '') {
  const asked: string[] = [];
  const admit: Admit = async (rate, of) => {
    if (!own.has(of)) asked.push(`${rate} ${of}`);
    return rate === refused ? { ok: false, retryAfterMs: 7_000 } : { ok: true, left: 1 };
  };
  return { asked, admit };
}

test('what a running call needs and what only reports are counted apart, for the organisation whose key signed', async (t) => {
  const { asked, admit } = counting();
  const w = await world(t, { model: parrot, admit });
  assert.equal((await post(w, '/carriers/twilio/voice', ringing)).status, 200);
  assert.equal((await post(w, '/carriers/twilio/status', hungUp)).status, 200);
  assert.deepEqual(await withoutOwn(w, asked), [
    'carrier 192.0.2.1',
    `live-call ${w.demo.organisation}`,
    'carrier 192.0.2.1',
    `call-report ${w.demo.organisation}`,
  ]);
});

test('who did not sign uses up nothing of an organisation', async (t) => {
  const { asked, admit } = counting();
  const w = await world(t, { model: parrot, admit });
  assert.equal((await post(w, '/carriers/twilio/voice', ringing, 'f'.repeat(32))).status, 403);
  assert.equal((await post(w, '/carriers/twilio/status', hungUp, 'f'.repeat(32))).status, 403);
  assert.deepEqual(await withoutOwn(w, asked), ['carrier 192.0.2.1', 'carrier 192.0.2.1']);
});

test('a flood of reports takes nothing from the calls', async (t) => {
  const { admit } = counting('call-report');
  const w = await world(t, { model: parrot, admit });
  const report = await post(w, '/carriers/twilio/status', hungUp);
  assert.deepEqual(
    [report.status, report.headers['retry-after'], (report.json() as { code: string }).code],
    [429, '7', 'rate-limited'],
  );
  assert.equal((await post(w, '/carriers/twilio/voice', ringing)).status, 200);
});
