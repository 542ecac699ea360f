import { createHash, createHmac } from 'node:crypto';
import { problem, sql, type Id, type Item } from '#base';
import type { Carrier } from '#adapters/carriers';
import type { Fault, Finding, Reach, SelfRequest } from './claim.ts';

/** Whom a ringing call is for, in the words of the carrier. */
export type Target = { readonly accountSid: string; readonly dialled: string };

/** A webhook that says a call rings; `how` tells what is wrong with it. */
export type Ringing = { readonly how: string; readonly callId: string; readonly request: SelfRequest };

type Fields = Readonly<Record<string, string>>;
type Sending = Pick<Reach, 'random' | 'origin'>;

/**
 * A ringing call in the wire of our carriers, once for each way a stranger without the key can sign it. Written from
 * the provider's documentation, not with the carrier's code; the carrier is only asked whether it takes the webhook for
 * one of its own, since a probe that speaks another dialect would be refused for the wrong reason.
 */
export function forgeries(reach: Sending, carrier: Item<Carrier>, target: Target): readonly Ringing[] {
  const path = `/carriers/${carrier.id}/voice`;
  const forge = (how: string, sign?: (content: string) => string, queryFor?: (body: string) => string) => {
    const fields = ringingFields(reach, target);
    const address = `${path}${queryFor?.(bodyOf(fields)) ?? ''}`;
    const request = webhook(address, fields, sign?.(contentOf(reach, address, fields)));
    assertRecognised(reach, carrier, request);
    return { how, callId: fields['CallSid']!, request };
  };
  const strangersKey = reach.random.bytes(16).toString('hex');
  return [
    forge('unsigned'),
    forge('signed with nothing', () => ''),
    forge('signed with words', () => 'valid'),
    forge('signed with an empty key', (content) => hmac('', content)),
    forge('signed with another key', (content) => hmac(strangersKey, content)),
    forge(
      'hashed instead of signed',
      undefined,
      (body) => `?bodySHA256=${createHash('sha256').update(body).digest('hex')}`,
    ),
  ];
}

/** Calls that the canary's account did sign, each altered afterwards in one place. */
export function alterations(reach: Sending & Pick<Reach, 'canary'>, target: Target): readonly Ringing[] {
  const path = `/carriers/${reach.canary.carrier}/voice`;
  const alter = (how: string, change: (fields: Fields) => Fields, query = '') => {
    const signed = ringingFields(reach, target);
    const sent = change(signed);
    return {
      how,
      callId: sent['CallSid']!,
      request: webhook(`${path}${query}`, sent, reach.canary.sign(contentOf(reach, path, signed))),
    };
  };
  return [
    alter('for a number that was changed after signing', (fields) => ({ ...fields, To: nobodysNumber(reach) })),
    alter('for another call than the one that was signed', (fields) => ({ ...fields, CallSid: callSid(reach) })),
    alter('with a field added after signing', (fields) => ({ ...fields, ForwardedFrom: '+15005550001' })),
    alter('with a field taken out after signing', ({ From: _from, ...fields }) => fields),
    alter('at another address than was signed', (fields) => fields, '?again=1'),
    ...(['first', 'last'] as const).map((letter) => misspelt(reach, target, letter)),
  ];
}

/** Signed truly, with one letter of the signature changed: right almost to the end, or wrong from the beginning. */
function misspelt(reach: Sending & Pick<Reach, 'canary'>, target: Target, letter: 'first' | 'last'): Ringing {
  const path = `/carriers/${reach.canary.carrier}/voice`;
  const fields = ringingFields(reach, target);
  const signature = reach.canary.sign(contentOf(reach, path, fields));
  // The letter before the padding holds bits that count in its upper half alone.
  const at = letter === 'first' ? 0 : signature.length - 2;
  const other = signature[at] === 'A' ? 'Q' : 'A';
  const wrong = `${signature.slice(0, at)}${other}${signature.slice(at + 1)}`;
  const how = `signed with a signature whose ${letter} letter was changed`;
  return { how, callId: fields['CallSid']!, request: webhook(path, fields, wrong) };
}

/** A call that the canary's account signed, sent as it was signed. */
export function trulySigned(reach: Sending & Pick<Reach, 'canary'>, how: string, dialled: string): Ringing {
  const path = `/carriers/${reach.canary.carrier}/voice`;
  const fields = ringingFields(reach, { accountSid: reach.canary.accountSid, dialled });
  return {
    how,
    callId: fields['CallSid']!,
    request: webhook(path, fields, reach.canary.sign(contentOf(reach, path, fields))),
  };
}

/** A ring and its hang-up on one of the canary's own telephones, truly signed. */
export function ringOfCanary(
  reach: Sending & Pick<Reach, 'canary'>,
  dialled: string,
): {
  readonly callId: string;
  ring: SelfRequest;
  hangUp: SelfRequest;
} {
  const { carrier, phone } = reach.canary;
  const fields = ringingFields(reach, { accountSid: phone.accountSid, dialled });
  const over = { ...fields, CallStatus: 'completed', SequenceNumber: '2' };
  return {
    callId: fields['CallSid']!,
    ring: signedForCanary(reach, `/carriers/${carrier}/voice`, fields),
    hangUp: signedForCanary(reach, `/carriers/${carrier}/status`, over),
  };
}

/** A webhook as the carrier of the canary's own telephones sends it. */
export function signedForCanary(
  reach: Pick<Reach, 'canary' | 'origin'>,
  path: string,
  fields: Readonly<Record<string, string>>,
): SelfRequest {
  return webhook(path, fields, reach.canary.phone.sign(contentOf(reach, path, fields)));
}

/** Sends each; a fault is any answer but the one that is due, and any call that came of it. */
export async function expectRefusal(
  { self, look }: Pick<Reach, 'self' | 'look'>,
  calls: readonly Ringing[],
  due: 403 | 404,
): Promise<Finding> {
  const faults: Fault[] = [];
  for (const { how, callId, request } of calls) {
    const { status } = await self(request);
    // An overloaded or stopping product neither kept nor broke the promise.
    if (status === 429 || status >= 500) throw problem('not-running', `The product answered the probe with ${status}.`);
    const where = request.path.replace(/\?.*/, '');
    if (status !== due) faults.push({ what: `a call ${how} was answered ${status}`, where });
    if (await callExists({ look }, callId)) faults.push({ what: `a call ${how} was taken`, where });
  }
  return { checked: calls.length, faults };
}

/** A number that can be nobody's: country code 999 is not assigned (ITU-T E.164). */
export function nobodysNumber({ random }: Pick<Reach, 'random'>): string {
  return `+999${String(random.bytes(6).readUIntBE(0, 6)).padStart(11, '0').slice(-11)}`;
}

/** The fields of a webhook that says a call rings. */
export function ringingFields(reach: Pick<Reach, 'random'>, { accountSid, dialled }: Target): Fields {
  return {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    CallSid: callSid(reach),
    CallStatus: 'ringing',
    Direction: 'inbound',
    From: '+15005550000',
    To: dialled,
  };
}

function callSid({ random }: Pick<Reach, 'random'>): string {
  return `CA${random.bytes(16).toString('hex')}`;
}

/** What a signature covers: the whole address, then each field's name and value, sorted by name. */
function contentOf({ origin }: Pick<Reach, 'origin'>, path: string, fields: Fields): string {
  const sorted = Object.keys(fields).toSorted();
  return `${origin}${path}${sorted.map((name) => `${name}${fields[name]}`).join('')}`;
}

function webhook(path: string, fields: Fields, signature: string | undefined): SelfRequest {
  const signed = signature === undefined ? {} : { 'x-twilio-signature': signature };
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signed };
  return { method: 'POST', path, headers, body: bodyOf(fields) };
}

function bodyOf(fields: Fields): string {
  return new URLSearchParams(fields).toString();
}

export function hmac(key: string, content: string): string {
  return createHmac('sha1', key).update(content).digest('base64');
}

function assertRecognised({ origin }: Pick<Reach, 'origin'>, { id, item }: Item<Carrier>, request: SelfRequest): void {
  const { path, headers = {}, body = '' } = request;
  if (item.hint({ url: `${origin}${path}`, headers, rawBody: Buffer.from(body) }) !== undefined) return;
  throw problem('vendor-unknown', `The probe does not speak the dialect of ${id}; teach src/trust/ringing.ts.`);
}

async function callExists({ look }: Pick<Reach, 'look'>, callId: string): Promise<boolean> {
  const found = await look.maybe<{ id: Id }>(sql`
    select call.id from app.organisations o
    cross join lateral (
      select c.id from app.calls c where c.organisation_id = o.id and c.carrier_call_id = ${callId} limit 1) call
    limit 1`);
  return found !== undefined;
}
