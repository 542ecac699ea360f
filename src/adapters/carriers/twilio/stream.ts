import { Personal } from '#base';
import type { StreamDialect, StreamEvent } from '../stream.ts';
import { cutMedia, isBase64, longestNumber } from './media.ts';
import { due, isMessage, malformed, optional, parseMessage, type Message } from './message.ts';

/** Names go into our own messages as they are, so nothing may be in them that JSON would have to escape. */
const nameShape = /^[0-9A-Za-z]{2,64}$/;
const digits = new RegExp(`^\\d{1,${longestNumber}}$`);

/**
 * Twilio's media streams, both ways. Source: twilio.com/docs/voice/media-streams/websocket-messages. An event we do not
 * know is `unknown`, because the carrier adds events; one we do know with a wrong shape is `frame-malformed`.
 */
export const twilioStream: StreamDialect = {
  read: (message) => cutMedia(message) ?? parseStream(message),
  audio: (streamId, payload) => `{"event":"media","streamSid":"${streamId}","media":{"payload":"${payload}"}}`,
  mark: (streamId, name) => `{"event":"mark","streamSid":"${streamId}","mark":{"name":${JSON.stringify(name)}}}`,
  clear: (streamId) => `{"event":"clear","streamSid":"${streamId}"}`,
};

/** Reads any message of a stream, without regard to its layout. */
export function parseStream(message: Buffer): StreamEvent {
  const read = parseMessage(message.toString('utf8'));
  switch (due(read, 'event', 'string')) {
    case 'start':
      return start(read);
    case 'media':
      return media(part(read, 'media'));
    case 'dtmf':
      return digit(part(read, 'dtmf'));
    case 'mark':
      return { type: 'mark', name: due(part(read, 'mark'), 'name', 'string') };
    case 'stop':
      return { type: 'stop' };
    default:
      return { type: 'unknown' };
  }
}

function start(message: Message): StreamEvent {
  const begun = part(message, 'start');
  const streamId = due(begun, 'streamSid', 'string');
  const callId = due(begun, 'callSid', 'string');
  const outer = optional(message, 'streamSid', 'string') ?? streamId;
  if (!nameShape.test(streamId) || outer !== streamId) throw malformed('streamSid');
  if (!nameShape.test(callId)) throw malformed('callSid');
  if (!isOurFormat(part(begun, 'mediaFormat'))) throw malformed('mediaFormat');
  const parameters = begun['customParameters'] ?? {};
  if (!isMessage(parameters)) throw malformed('customParameters');
  return { type: 'start', callId, streamId, token: optional(parameters, 'token', 'string') };
}

/** The only format there is for a stream both ways; audio of another would be noise to everyone who gets it. */
function isOurFormat({ encoding, sampleRate, channels }: Message): boolean {
  return encoding === 'audio/x-mulaw' && sampleRate === 8_000 && channels === 1;
}

/** Our own audio, should it come back to us, is nobody's speech. */
function media(sent: Message): StreamEvent {
  if (due(sent, 'track', 'string') !== 'inbound') return { type: 'unknown' };
  const payload = due(sent, 'payload', 'string');
  const timestamp = due(sent, 'timestamp', 'string');
  if (!isBase64(payload)) throw malformed('payload');
  if (!digits.test(timestamp)) throw malformed('timestamp');
  return { type: 'audio', payload, atMs: Number(timestamp) };
}

function digit(pressed: Message): StreamEvent {
  const key = due(pressed, 'digit', 'string');
  if (!/^[0-9A-D*#]$/.test(key)) throw malformed('digit');
  return { type: 'digit', digit: new Personal(key) };
}

function part(message: Message, name: string): Message {
  const value = Object.hasOwn(message, name) ? message[name] : undefined;
  if (!isMessage(value)) throw malformed(name);
  return value;
}
