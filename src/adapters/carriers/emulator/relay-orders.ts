import type { Piece } from './voice.ts';

/** What the product orders over the text relay. */
export type RelayOrder =
  | { readonly do: 'speak'; readonly piece: Piece }
  | { readonly do: 'end'; readonly data: string | undefined }
  | { readonly do: 'press'; readonly digits: string }
  | { readonly do: 'language' | 'play' };

type Message = Readonly<Record<string, unknown>>;

/**
 * Reads one message from the product; undefined when the real carrier would refuse it (error 64107).
 * `interruptible` is what the session began with; a message may say otherwise for itself.
 */
export function readOrder(text: string, interruptible: boolean): RelayOrder | undefined {
  const message = parse(text);
  switch (message?.['type']) {
    case 'text':
      return speak(message, interruptible);
    case 'end':
      return isText(message['handoffData']) ? { do: 'end', data: message['handoffData'] } : undefined;
    case 'sendDigits':
      return press(message['digits']);
    case 'language':
      return isText(message['ttsLanguage']) && isText(message['transcriptionLanguage'])
        ? { do: 'language' }
        : undefined;
    case 'play':
      return typeof message['source'] === 'string' ? { do: 'play' } : undefined;
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

/** Digits, `*`, `#` and pauses such as in `9www4085551212`; whether the vendor takes A to D is not documented. */
function press(digits: unknown): RelayOrder | undefined {
  return typeof digits === 'string' && /^[0-9*#w]+$/.test(digits) ? { do: 'press', digits } : undefined;
}

function speak(message: Message, interruptible: boolean): RelayOrder | undefined {
  const { token, last = false, lang, interruptible: own = interruptible } = message;
  if (typeof token !== 'string' || typeof last !== 'boolean' || typeof own !== 'boolean' || !isText(lang)) {
    return undefined;
  }
  return { do: 'speak', piece: { text: token, last, interruptible: own, ...(lang && { language: lang }) } };
}

function isText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
