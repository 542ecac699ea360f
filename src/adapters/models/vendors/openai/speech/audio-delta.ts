import type { Fields } from '../fields.ts';

/** A piece of an answer's audio: base64 µ-law, checked to be that. */
export type AudioDelta = {
  readonly type: 'audio';
  readonly response: string;
  readonly item: string;
  readonly payload: string;
};

export const audioDeltaType = 'response.output_audio.delta';

const lastMember = '"delta":"';
const ending = '"}';

/** The members that say where the last piece belonged: those of the next are mostly the same, and need no second look. */
export type LastPlace = { members: string; response: string; item: string };

export function noPlace(): LastPlace {
  return { members: '', response: '', item: '' };
}

/** A text without escapes and within ASCII, and a whole number. */
const plain = String.raw`"([ !#-[\]-~]*)"`;
const whole = String.raw`(?:0|[1-9]\d{0,8})`;
const eventId = `(?:"event_id":${plain},)?`;
/** All that stands before the audio, as the vendor writes it: what kind of event it is, and where it belongs. */
const kind = `^\\{${eventId}"type":"${audioDeltaType.replaceAll('.', String.raw`\.`)}",${eventId}`;
const onlyKind = new RegExp(`${kind}$`);
const head = new RegExp(
  `${kind}("response_id":${plain},"item_id":${plain},"output_index":${whole},"content_index":${whole},)$`,
);

/**
 * Cuts an audio delta out of the message by position: the audio is the last member, and what stands before it has the
 * usual shape. Undefined for anything else, which is then parsed as a whole; both ways read the same (property test).
 * Saves more than half of the time.
 */
export function cutAudioDelta(message: Buffer, last: LastPlace = noPlace()): AudioDelta | undefined {
  const text = message.toString('latin1');
  const at = text.indexOf(lastMember);
  if (at < 0 || !text.endsWith(ending) || !isPlace(last, text, at)) return undefined;
  return audioDelta(last.response, last.item, text.slice(at + lastMember.length, -ending.length));
}

/** Whether what stands before `end` is a whole head; `last` is then its place. */
function isPlace(last: LastPlace, text: string, end: number): boolean {
  const from = end - last.members.length;
  if (last.members !== '' && text.startsWith(last.members, from) && onlyKind.test(text.slice(0, from))) return true;
  const [, , , members = '', response = '', item = ''] = head.exec(text.slice(0, end)) ?? [];
  if (members !== '') Object.assign(last, { members, response, item });
  return members !== '';
}

/** The same from a message that was parsed as a whole. */
export function readAudioDelta({ response_id: response, item_id: item, delta }: Fields): AudioDelta | undefined {
  return audioDelta(response, item, delta);
}

function audioDelta(response: unknown, item: unknown, payload: unknown): AudioDelta | undefined {
  if (typeof response !== 'string' || typeof item !== 'string' || typeof payload !== 'string') return undefined;
  return isAudio(payload) ? { type: 'audio', response, item, payload } : undefined;
}

/**
 * True for base64 (RFC 4648 §4) that stands for at least one byte. The decoder passes over what is no base64, so the
 * length tells; it also takes the two letters of the alphabet for URLs. Three times as fast as a pattern.
 */
export function isAudio(payload: string): boolean {
  if (payload === '' || payload.length % 4 !== 0 || payload.includes('-') || payload.includes('_')) return false;
  return Buffer.from(payload, 'base64').length === bytesOf(payload);
}

/** How many bytes base64 stands for. */
export function bytesOf(payload: string): number {
  const padding = payload.endsWith('==') ? 2 : payload.endsWith('=') ? 1 : 0;
  return (payload.length >> 2) * 3 - padding;
}
