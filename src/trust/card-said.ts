import { problem, sql, type Id } from '#base';
import { ask, byKey } from './asking.ts';
import { inCanaryCall, knockTruly } from './canary-call.ts';
import type { Finding, Reach } from './claim.ts';

/** A test card of the issuers; it pays for nothing. */
const card = '4111 1111 1111 1111';
const mark = '[card]';

/**
 * Rings the product's own telephone, says the number of a test card, and reads the call as its business may: what is
 * stored of it is sealed, so it is read by the same door. Throws `not-running` when nothing can be said of it.
 */
export async function saidCard(reach: Reach): Promise<Finding> {
  const callId = await sayIt(reach);
  const row = await reach.look.maybe<{ id: Id }>(sql`
    select c.id from app.organisations o
    join app.calls c on c.organisation_id = o.id and c.carrier = 'emulator' and c.carrier_call_id = ${callId}
    where o.kind = 'canary'`);
  if (!row) throw problem('not-running', 'The product did not write down its own call.');
  const where = 'GET /api/v1/calls/:id' as const;
  const scopes = ['calls:read', 'transcripts:read'] as const;
  const { body } = await reach.canary.team.withKey({ scopes }, ({ key }) =>
    ask(reach, byKey(key), `GET /api/v1/calls/${row.id}`),
  );
  if (body.replaceAll(/\D/g, '').includes(card.replaceAll(' ', '')))
    return { checked: 1, faults: [{ what: 'a card number that was said is written down', where }] };
  if (!body.includes(mark)) throw problem('not-running', 'The product did not write down what was said to it.');
  return { checked: 1, faults: [] };
}

async function sayIt(reach: Reach): Promise<string> {
  return inCanaryCall(reach, reach.canary.phone.number, async ({ callId, offer }) => {
    if (offer?.door !== 'relay') throw problem('not-running', 'The telephone of the product itself offers no text.');
    const { visit } = await knockTruly(reach, offer.url);
    visit?.send(JSON.stringify({ type: 'setup', callSid: callId, customParameters: { token: offer.token } }));
    await visit?.next();
    const voicePrompt = `Take my card, it is ${card}.`;
    visit?.send(JSON.stringify({ type: 'prompt', voicePrompt, lang: 'en-US', last: true }));
    // No message of the relay: it ends the socket, and only once everything before it is written down.
    visit?.send('over');
    while (typeof (await visit?.next()) === 'string');
    return callId;
  });
}
