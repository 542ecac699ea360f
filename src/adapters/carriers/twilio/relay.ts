import { Personal, problem } from '#base';
import type { RelayCommand, RelayEvent } from '../carrier.ts';

const largestBytes = 16 * 1_024;
const deepest = 8;

type Message = { readonly [name: string]: unknown };

/**
 * One message of the text relay. A type we do not know is `unknown`, because the carrier adds types; a type we do
 * know with a wrong shape is `frame-malformed`, and so is anything that is not a flat JSON object of up to 16 KiB.
 * Source: twilio.com/docs/voice/conversationrelay/websocket-messages. `info` is not described there; its shape is
 * the one its users report, and we do not depend on it.
 */
export function readRelay(text: string): RelayEvent {
  const message = parse(text);
  switch (due(message, 'type', 'string')) {
    case 'setup':
      return setup(message);
    case 'prompt':
      return prompt(message);
    case 'dtmf':
      return digit(message);
    case 'interrupt':
      return interrupt(message);
    case 'info':
      return info(message);
    case 'error':
      return { type: 'error' };
    default:
      return { type: 'unknown' };
  }
}

/** A command as the carrier's message. */
export function writeRelay(command: RelayCommand): string {
  switch (command.do) {
    case 'say': {
      const { text, language, interruptible } = command;
      return JSON.stringify({
        type: 'text',
        token: text,
        last: true,
        lang: language,
        interruptible,
        preemptible: false,
      });
    }
    case 'digits':
      return JSON.stringify({ type: 'sendDigits', digits: command.digits });
    case 'language':
      return JSON.stringify({
        type: 'language',
        ttsLanguage: command.language,
        transcriptionLanguage: command.language,
      });
    case 'end':
      return JSON.stringify({ type: 'end', handoffData: JSON.stringify({ reason: command.reason }) });
  }
}

function setup(message: Message): RelayEvent {
  const parameters = message['customParameters'] ?? {};
  if (!isObject(parameters)) throw malformed('customParameters');
  const callId = due(message, 'callSid', 'string');
  return { type: 'setup', callId, token: optional(parameters, 'token', 'string') };
}

function prompt(message: Message): RelayEvent {
  return {
    type: 'prompt',
    text: new Personal(due(message, 'voicePrompt', 'string')),
    language: optional(message, 'lang', 'string'),
    last: optional(message, 'last', 'boolean') ?? true,
  };
}

function digit(message: Message): RelayEvent {
  const pressed = due(message, 'digit', 'string');
  if (!/^[0-9A-D*#]$/.test(pressed)) throw malformed('digit');
  return { type: 'digit', digit: new Personal(pressed) };
}

/** Its duration is left unread: the documentation shows it in two forms, and the words tell what was heard. */
function interrupt(message: Message): RelayEvent {
  return { type: 'interrupt', heard: new Personal(due(message, 'utteranceUntilInterrupt', 'string')) };
}

function info(message: Message): RelayEvent {
  if (message['name'] !== 'tokensPlayed') return { type: 'unknown' };
  return { type: 'played', text: new Personal(due(message, 'value', 'string')) };
}

function parse(text: string): Message {
  if (Buffer.byteLength(text) > largestBytes) throw problem('frame-malformed', 'The message is larger than 16 KiB.');
  if (nests(text)) throw problem('frame-malformed', `The message nests deeper than ${deepest} levels.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Without the cause: the parser's message quotes the text, which may be what the caller said.
    throw problem('frame-malformed', 'The message is not JSON.');
  }
  if (!isObject(value)) throw problem('frame-malformed', 'The message is not a JSON object.');
  return value;
}

/** True when brackets outside strings nest too deep; counted in one pass before any parser sees the text. */
function nests(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length && depth <= deepest; at += 1) {
    const character = text[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '{' || character === '[')) depth += 1;
    else if (!quoted && (character === '}' || character === ']')) depth -= 1;
  }
  return depth > deepest;
}

type Kinds = { string: string; boolean: boolean };

function due<K extends keyof Kinds>(message: Message, name: string, kind: K): Kinds[K] {
  const value = optional(message, name, kind);
  if (value === undefined) throw malformed(name);
  return value;
}

function optional<K extends keyof Kinds>(message: Message, name: string, kind: K): Kinds[K] | undefined {
  const value = Object.hasOwn(message, name) ? message[name] : undefined;
  if (value === undefined || value === null) return undefined;
  if (typeof value !== kind) throw malformed(name);
  return value as Kinds[K];
}

function isObject(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(name: string): Error {
  return problem('frame-malformed', `The field ${name} is missing or not what it should be.`);
}
