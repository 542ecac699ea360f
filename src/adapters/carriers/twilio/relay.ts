import { Personal } from '#base';
import type { RelayCommand, RelayEvent } from '../carrier.ts';
import { due, isMessage, malformed, optional, parseMessage, type Message } from './message.ts';

/**
 * One message of the text relay. A type we do not know is `unknown`, because the carrier adds types; a type we do
 * know with a wrong shape is `frame-malformed`, and so is anything that is not a flat JSON object of up to 16 KiB.
 * Source: twilio.com/docs/voice/conversationrelay/websocket-messages. `info` is not described there; its shape is
 * the one its users report, and we do not depend on it.
 */
export function readRelay(text: string): RelayEvent {
  const message = parseMessage(text);
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
    case 'press':
      // `w` waits half a second, as in <Play digits>; the page names no letters beside it.
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
  if (!isMessage(parameters)) throw malformed('customParameters');
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
