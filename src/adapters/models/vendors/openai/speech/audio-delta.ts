import type { Fields } from '../fields.ts';

/** A piece of an answer's audio: base64 µ-law, checked to be that. */
export type AudioDelta = {
  readonly type: 'audio';
  readonly response: string;
  readonly item: string;
  readonly payload: string;
};

export const audioDeltaType = 'response.output_audio.delta';

const lastMember = Buffer.from('"delta":"');
/** One member before it: a plain text or a whole number. Anything else is left to the full parse. */
const member = /"(\w+)":(?:"([ !#-[\]-~]*)"|(?:0|[1-9]\d{0,8})),/y;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const quote = 0x22;

/** True for base64 (RFC 4648 §4) that stands for at least one byte. */
export function isAudio(payload: string): boolean {
  return payload !== '' && base64.test(payload);
}

/** How many bytes base64 stands for. */
export function bytesOf(payload: string): number {
  const padding = payload.endsWith('==') ? 2 : payload.endsWith('=') ? 1 : 0;
  return (payload.length >> 2) * 3 - padding;
}

/**
 * Cuts an audio delta out of the message by position: the audio is the last member and everything before it is plain.
 * Undefined for anything else, which is then parsed as a whole; both ways read the same (property test).
 */
export function cutAudioDelta(message: Buffer): AudioDelta | undefined {
  const at = message.indexOf(lastMember);
  const begin = at + lastMember.length;
  const end = message.length - 2;
  if (at < 0 || message[0] !== openBrace || message[end] !== quote || message[end + 1] !== closeBrace) return undefined;
  const head = plainMembers(message.toString('latin1', 1, at));
  if (head?.get('type') !== audioDeltaType) return undefined;
  const payload = message.toString('latin1', begin, end);
  return audioDelta(head.get('response_id'), head.get('item_id'), payload);
}

/** The texts among the members; of two with the same name the last counts, as for JSON.parse. */
function plainMembers(head: string): ReadonlyMap<string, string | undefined> | undefined {
  const found = new Map<string, string | undefined>();
  let at = 0;
  while (at < head.length) {
    member.lastIndex = at;
    const one = member.exec(head);
    if (!one) return undefined;
    found.set(one[1]!, one[2]);
    at = member.lastIndex;
  }
  return found;
}

/** The same from a message that was parsed as a whole. */
export function readAudioDelta({ response_id: response, item_id: item, delta }: Fields): AudioDelta | undefined {
  return audioDelta(response, item, delta);
}

function audioDelta(response: unknown, item: unknown, payload: unknown): AudioDelta | undefined {
  if (typeof response !== 'string' || typeof item !== 'string' || typeof payload !== 'string') return undefined;
  return isAudio(payload) ? { type: 'audio', response, item, payload } : undefined;
}
