import { isBase64 } from '../twilio/media.ts';

/** What the product orders over a media stream. */
export type StreamOrder =
  | { readonly do: 'play'; readonly audio: Buffer }
  | { readonly do: 'mark'; readonly name: string }
  | { readonly do: 'clear' };

type Message = Readonly<Record<string, unknown>>;

/** Reads one message from the product, of any length; undefined when it is no message for this stream. */
export function readStreamOrder(text: string, streamId: string): StreamOrder | undefined {
  const message = parse(text);
  if (message?.['streamSid'] !== streamId) return undefined;
  switch (message['event']) {
    case 'media':
      return play(message['media']);
    case 'mark':
      return mark(message['mark']);
    case 'clear':
      return { do: 'clear' };
    default:
      return undefined;
  }
}

function parse(text: string): Message | null {
  try {
    return JSON.parse(text) as Message | null;
  } catch {
    return null;
  }
}

function play(media: unknown): StreamOrder | undefined {
  const payload = fieldOf(media, 'payload');
  return payload !== undefined && isBase64(payload) ? { do: 'play', audio: Buffer.from(payload, 'base64') } : undefined;
}

function mark(given: unknown): StreamOrder | undefined {
  const name = fieldOf(given, 'name');
  return name === undefined ? undefined : { do: 'mark', name };
}

function fieldOf(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return typeof found === 'string' ? found : undefined;
}
