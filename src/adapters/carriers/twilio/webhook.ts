import { Personal, problem } from '#base';
import type { CarrierEvent, Hint, SignedRequest, WebhookKind } from '../carrier.ts';
import { field, parseForm, type Fields } from './form.ts';
import { isForm } from './signature.ts';

type Happening = CarrierEvent extends infer E ? (E extends unknown ? Omit<E, 'callId'> : never) : never;

/** `AC…` and `CA…` names are two letters and 32 hex digits today (twilio-oai, ApiV2010); only their alphabet is relied on. */
const nameShape = /^[0-9A-Za-z]{2,64}$/;
/** A number or a SIP address: printable, and no longer than a URI needs. Whatever else is dialled is nobody's line. */
const dialledShape = /^[!-~]{1,255}$/;
const longestValue = 4_096;

const readers: Readonly<Record<WebhookKind, (fields: Fields) => Happening>> = {
  'voice': ringing,
  heard,
  'next': () => ({ type: 'next' }),
  'relay-ended': relayEnded,
  'transfer-ended': transferEnded,
  status,
};

/** The account and number that an unverified webhook names; undefined when it names no account. */
export function hint(request: SignedRequest): Hint | undefined {
  const fields = fieldsOf(request);
  const account = field(fields, 'AccountSid');
  if (account === undefined || !nameShape.test(account)) return undefined;
  // An inbound call is for the number that was dialled; on an outbound one our own number is the caller's side.
  const ours = field(fields, 'Direction')?.startsWith('outbound') ? 'From' : 'To';
  const dialled = field(fields, ours);
  return { account, dialled: dialled !== undefined && dialledShape.test(dialled) ? dialled : undefined };
}

/** A verified webhook as our event. */
export function read(request: SignedRequest, kind: WebhookKind): CarrierEvent {
  const fields = fieldsOf(request);
  const callId = due(fields, 'CallSid');
  if (!nameShape.test(callId)) throw malformed('CallSid');
  return { callId, ...readers[kind](fields) };
}

/** Who rings, or undefined for a withheld number in any of the spellings the network gives it. */
export function callerOf(from: string | undefined): Personal | undefined {
  if (from === undefined || from === '') return undefined;
  const plain = from.toLowerCase().replace(/^sips?:|@.*$/g, '');
  return withheld.has(plain) ? undefined : new Personal(from);
}

const withheldWords = ['anonymous', 'restricted', 'blocked', 'unknown', 'unavailable', 'private', 'withheld'];
/** The words, and the words typed on a keypad with a plus before them: `+266696687` is ANONYMOUS. */
const withheld: ReadonlySet<string> = new Set(
  withheldWords.flatMap((word) => [word, `+${onKeypad(word)}`, onKeypad(word)]),
);

function onKeypad(word: string): string {
  const keys = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];
  return [...word].map((letter) => keys.findIndex((key) => key.includes(letter)) + 2).join('');
}

/** A POST carries its fields in the body, a GET in the query; never both, so that our own query is not taken for theirs. */
function fieldsOf(request: SignedRequest): Fields {
  if (request.rawBody.length === 0) return parseForm(Buffer.from(new URL(request.url).search.slice(1)));
  if (!isForm(request)) throw problem('body-malformed', 'A form was due.');
  return parseForm(request.rawBody);
}

function ringing(fields: Fields): Happening {
  const direction = optional(fields, 'Direction') ?? 'inbound';
  return {
    type: 'ringing',
    from: callerOf(optional(fields, 'From')),
    to: due(fields, 'To'),
    direction: direction.startsWith('outbound') ? 'outbound' : 'inbound',
  };
}

function heard(fields: Fields): Happening {
  return { type: 'heard', speech: words(fields, 'SpeechResult'), digits: words(fields, 'Digits') };
}

function relayEnded(fields: Fields): Happening {
  const reason = reasonIn(optional(fields, 'HandoffData'));
  return { type: 'relay-ended', how: howRelayEnded(fields), ...(reason === undefined ? {} : { reason }) };
}

function howRelayEnded(fields: Fields): 'completed' | 'hung-up' | 'failed' {
  // The call's own status comes with every webhook; once it is over, nothing can be said any more.
  const call = optional(fields, 'CallStatus');
  if (call !== undefined && !['ringing', 'in-progress', 'queued'].includes(call)) return 'hung-up';
  const failed = optional(fields, 'SessionStatus') === 'failed' || optional(fields, 'ErrorCode') !== undefined;
  return failed ? 'failed' : 'completed';
}

const transferOutcomes = {
  'answered': 'answered',
  'completed': 'answered',
  'busy': 'busy',
  'no-answer': 'no-answer',
  'failed': 'failed',
  'canceled': 'failed',
} as const;

function transferEnded(fields: Fields): Happening {
  return { type: 'transfer-ended', how: oneOf(fields, 'DialCallStatus', transferOutcomes) };
}

const callStatuses = {
  'queued': 'ringing',
  'initiated': 'ringing',
  'ringing': 'ringing',
  'in-progress': 'in-progress',
  'completed': 'completed',
  'busy': 'busy',
  'failed': 'failed',
  'no-answer': 'no-answer',
  'canceled': 'canceled',
} as const;

function status(fields: Fields): Happening {
  const sequence = optional(fields, 'SequenceNumber') ?? '0';
  if (!/^\d{1,6}$/.test(sequence)) throw malformed('SequenceNumber');
  return { type: 'status', status: oneOf(fields, 'CallStatus', callStatuses), sequence: Number(sequence) };
}

/** What our own `end` put there; anything else is nobody's reason. */
function reasonIn(handoff: string | undefined): string | undefined {
  try {
    const { reason } = JSON.parse(handoff ?? '{}') as { reason?: unknown };
    return typeof reason === 'string' ? reason : undefined;
  } catch {
    return undefined;
  }
}

function words(fields: Fields, name: string): Personal | undefined {
  const value = optional(fields, name);
  return value === undefined ? undefined : new Personal(value);
}

function oneOf<T extends Readonly<Record<string, string>>>(fields: Fields, name: string, table: T): T[keyof T] {
  const value = due(fields, name);
  if (!Object.hasOwn(table, value)) throw malformed(name);
  return table[value as keyof T];
}

function due(fields: Fields, name: string): string {
  const value = optional(fields, name);
  if (value === undefined) throw problem('body-malformed', `The parameter ${name} is missing.`);
  return value;
}

/** A blank value counts as none. */
function optional(fields: Fields, name: string): string | undefined {
  const value = field(fields, name);
  if (value !== undefined && value.length > longestValue) throw malformed(name);
  return value === '' ? undefined : value;
}

function malformed(name: string): Error {
  return problem('body-malformed', `The parameter ${name} is not what it should be.`);
}
