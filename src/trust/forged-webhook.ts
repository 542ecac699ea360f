import { createHash, createHmac } from 'node:crypto';
import { problem, sql, type Id, type Item } from '#base';
import type { Carrier } from '#adapters/carriers';
import type { Fault, Finding, Reach, SelfAnswer, SelfRequest } from './claim.ts';

/** A line that webhooks can be forged for. */
export type Target = { readonly carrier: string; readonly accountSid: string; readonly dialled: string };

/** A webhook that nobody with the key has signed. */
export type Forgery = { readonly how: string; readonly callId: string; readonly request: SelfRequest };

/**
 * A ringing call in the wire of our carriers, once for each way a stranger without the key can sign it. Written from
 * the provider's documentation, not with the carrier's code; the carrier is only asked whether it takes the webhook for
 * one of its own, since a probe that speaks the wrong dialect would be refused for the wrong reason.
 */
export function forgeries(
  reach: Pick<Reach, 'random' | 'origin'>,
  carrier: Item<Carrier>,
  target: Target,
): readonly Forgery[] {
  const path = `/carriers/${carrier.id}/voice`;
  const hash = (body: string) => createHash('sha256').update(body).digest('hex');
  const ways: readonly { how: string; query?: (body: string) => string; signature?: (content: string) => string }[] = [
    { how: 'unsigned' },
    { how: 'signed with nothing', signature: () => '' },
    { how: 'signed with words', signature: () => 'valid' },
    { how: 'signed with another key', signature: (content) => hmac(reach.random.bytes(16).toString('hex'), content) },
    { how: 'signed with an empty key', signature: (content) => hmac('', content) },
    { how: 'hashed instead of signed', query: (body) => `?bodySHA256=${hash(body)}` },
  ];
  return ways.map(({ how, query, signature }) => {
    const fields = ringing(reach, target);
    const body = new URLSearchParams(fields).toString();
    const url = `${path}${query?.(body) ?? ''}`;
    const content = `${reach.origin}${url}${Object.keys(fields)
      .toSorted()
      .map((name) => name + fields[name])
      .join('')}`;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      ...(signature && { 'x-twilio-signature': signature(content) }),
    };
    assertRecognised(carrier, { url: `${reach.origin}${url}`, headers, rawBody: Buffer.from(body) });
    return { how, callId: fields['CallSid'] ?? '', request: { method: 'POST', path: url, headers, body } };
  });
}

/** Sends each forgery; a fault is any answer that is not among `due`, and any call that came of it. */
export async function sendForgeries(
  reach: Pick<Reach, 'self' | 'look'>,
  forged: readonly Forgery[],
  due: readonly number[],
): Promise<Finding> {
  const faults: Fault[] = [];
  for (const { how, callId, request } of forged) {
    const answer = await reach.self(request);
    assertAnswered(answer);
    if (!due.includes(answer.status))
      faults.push({ what: `a webhook ${how} was answered ${answer.status}`, where: request.path });
    if (await callExists(reach, callId)) faults.push({ what: `a webhook ${how} became a call`, where: request.path });
  }
  return { checked: forged.length, faults };
}

/** A number and account in the shape of the carrier's own that belong to nobody: country code 999 is not assigned. */
export function nobodysLine(reach: Pick<Reach, 'random'>, carrier: string): Target {
  const digits = String(reach.random.bytes(6).readUIntBE(0, 6)).padStart(11, '0').slice(-11);
  return { carrier, accountSid: `AC${reach.random.bytes(16).toString('hex')}`, dialled: `+999${digits}` };
}

function ringing(reach: Pick<Reach, 'random'>, target: Target): Readonly<Record<string, string>> {
  return {
    AccountSid: target.accountSid,
    ApiVersion: '2010-04-01',
    CallSid: `CA${reach.random.bytes(16).toString('hex')}`,
    CallStatus: 'ringing',
    Direction: 'inbound',
    From: '+15005550000',
    To: target.dialled,
  };
}

function hmac(key: string, content: string): string {
  return createHmac('sha1', key).update(content).digest('base64');
}

function assertRecognised({ id, item }: Item<Carrier>, request: Parameters<Carrier['hint']>[0]): void {
  if (item.hint(request) === undefined) {
    throw problem(
      'vendor-unknown',
      `The forged webhook is not in the dialect of ${id}; teach src/trust/forged-webhook.ts to speak it.`,
    );
  }
}

/** An overloaded or stopping product neither kept nor broke the promise. */
function assertAnswered({ status }: SelfAnswer): void {
  if (status === 429 || status >= 500) throw problem('not-running', `The product answered the probe with ${status}.`);
}

async function callExists({ look }: Pick<Reach, 'look'>, callId: string): Promise<boolean> {
  const found = await look.maybe<{ id: Id }>(sql`
    select call.id from app.organisations o
    cross join lateral (
      select c.id from app.calls c where c.organisation_id = o.id and c.carrier_call_id = ${callId} limit 1) call
    limit 1`);
  return found !== undefined;
}
