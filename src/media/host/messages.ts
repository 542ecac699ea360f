import { isId, type EgressCount } from '#base';
import type { Allowed, CallName, Happening, Joining, LineLoad, LinePlan, Order, ToDesk, ToLine } from '../desk.ts';

/** Which stream of which call, as one word: the key of every book that is kept of streams. */
export function streamName({ organisation, id, turn }: CallName): string {
  return `${organisation}/${id}/${turn}`;
}

/** A message of a line, or undefined when it is none. */
export function readToDesk(message: unknown): ToDesk | undefined {
  return isToDesk(message) ? message : undefined;
}

/** A message of the desk, or undefined when it is none. */
export function readToLine(message: unknown): ToLine | undefined {
  return isToLine(message) ? message : undefined;
}

type Fields = Readonly<Record<string, unknown>>;
type Kind = 'text' | 'number' | 'flag' | 'times';
type FieldsOf<Type extends Happening['type']> = {
  readonly [Field in Exclude<keyof Extract<Happening, { type: Type }>, 'type'>]: Kind;
};

/** What each happening consists of. A happening that is missing here does not compile. */
const happenings: { readonly [Type in Happening['type']]: FieldsOf<Type> } = {
  'opened': {},
  'heard': { text: 'text' },
  'spoke': { text: 'text' },
  'played': { text: 'text' },
  'interrupted': { heard: 'text' },
  'keyed': { digits: 'text' },
  'asks': { callId: 'text', tool: 'text', input: 'text' },
  'quiet': {},
  'drained': {},
  'model-lost': { why: 'text', waiting: 'text' },
  'turn': { times: 'times' },
  'used': { inputTokens: 'number', outputTokens: 'number', audioSeconds: 'number' },
  'recorded': { segments: 'number', ms: 'number', announced: 'flag' },
  'closed': { how: 'text' },
};

const times = { endpointMs: 'number', modelMs: 'number', sentMs: 'number', heardMs: 'number' } as const;

function isToDesk(message: unknown): message is ToDesk {
  if (!isObject(message)) return false;
  if ('ask' in message) return isCount(message['ask']) && isJoining(message['join']);
  if ('load' in message) return isLoad(message['load']);
  const { call, n, at, happened } = message;
  return isCallName(call) && isCount(n) && isNumber(at) && isHappening(happened);
}

function isToLine(message: unknown): message is ToLine {
  if (!isObject(message)) return false;
  if ('answer' in message) {
    return isCount(message['answer']) && (isText(message['refused']) || isPlan(message['plan']));
  }
  if ('allowed' in message) return isAllowed(message['allowed']);
  if ('drain' in message) return message['drain'] === true;
  if ('end' in message) return message['end'] === true;
  return isCallName(message['call']) && (isNumber(message['taken']) || isOrder(message['order']));
}

export function isCallName(value: unknown): value is CallName {
  if (!isObject(value)) return false;
  const { organisation, id, turn } = value;
  return isText(organisation) && isId(organisation) && isText(id) && isId(id) && isNumber(turn);
}

function isHappening(value: unknown): value is Happening {
  if (!isObject(value) || !isText(value['type']) || !Object.hasOwn(happenings, value['type'])) return false;
  return hasFields(value, happenings[value['type'] as Happening['type']]);
}

function hasFields(value: Fields, fields: { readonly [field: string]: Kind }): boolean {
  return Object.entries(fields).every(([field, kind]) => isOf(kind, value[field]));
}

function isOf(kind: Kind, value: unknown): boolean {
  if (kind === 'times') return isObject(value) && hasFields(value, times);
  if (kind === 'flag') return typeof value === 'boolean';
  return kind === 'text' ? isText(value) : isNumber(value);
}

function isJoining(value: unknown): value is Joining {
  if (!isObject(value)) return false;
  const { carrier, organisation, account, callId, token } = value;
  return [carrier, organisation, account, callId].every(isText) && (token === undefined || isText(token));
}

function isLoad(value: unknown): value is LineLoad {
  if (!isObject(value)) return false;
  const { calls, delayP50Ms, delayP99Ms, rssBytes, draining, sockets, egress } = value;
  const figures = [calls, delayP50Ms, delayP99Ms, rssBytes];
  const isWhole = figures.every(isNumber) && typeof draining === 'boolean' && isLedger(sockets);
  return isWhole && Array.isArray(egress) && egress.every(isEgressCount);
}

function isEgressCount(value: unknown): value is EgressCount {
  if (!isObject(value)) return false;
  const { vendor, host, sent, refused, failed, unlisted } = value;
  return isText(vendor) && isText(host) && [sent, refused, failed, unlisted].every(isNumber);
}

function isAllowed(value: unknown): value is Allowed {
  const isNames = (one: unknown) => Array.isArray(one) && one.every(isText);
  return isObject(value) && isNames(value['reach']) && isNames(value['use']);
}

function isLedger(value: unknown): value is LineLoad['sockets'] {
  if (!isObject(value)) return false;
  const { egress, database, unexpected } = value;
  const isPeer = (one: unknown) => isObject(one) && isText(one['peer']) && isNumber(one['count']);
  return isNumber(egress) && isNumber(database) && Array.isArray(unexpected) && unexpected.every(isPeer);
}

/** The desk is trusted with what a plan says; here only what the line itself relies on is looked at. */
function isPlan(value: unknown): value is LinePlan {
  if (!isObject(value)) return false;
  const { call, speech, model, taken } = value;
  return isCallName(call) && isObject(speech) && isObject(model) && isNumber(taken);
}

function isOrder(value: unknown): value is Order {
  if (!isObject(value)) return false;
  const { do: what, callId, result, instruction, digits } = value;
  if (what === 'result') return isText(callId) && isObject(result) && typeof result['ok'] === 'boolean';
  if (what === 'press') return isText(digits) && /^[0-9*#A-Dw]{1,32}$/.test(digits);
  return what === 'prompt' ? isText(instruction) : what === 'leave' || what === 'close';
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
