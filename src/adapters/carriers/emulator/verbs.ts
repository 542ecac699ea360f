import { problem } from '#base';
import { elementsOf, parseXml, textOf, type Element } from './xml.ts';

/** What a TwiML document tells a carrier to do, one after the other. */
export type Verb =
  | { readonly verb: 'say'; readonly text: string; readonly language: string | undefined }
  | { readonly verb: 'pause'; readonly waitS: number }
  | { readonly verb: 'press'; readonly digits: string }
  | Relay
  | Stream
  | Gather
  | Dial
  | { readonly verb: 'redirect'; readonly url: string }
  | { readonly verb: 'hang-up' }
  | { readonly verb: 'reject'; readonly reason: string };

export type Relay = {
  readonly verb: 'relay';
  readonly socketUrl: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly interruptible: boolean;
  readonly keypad: boolean;
  readonly tellsPlayed: boolean;
  readonly language: string;
  readonly action: string | undefined;
};

export type Stream = {
  readonly verb: 'stream';
  readonly socketUrl: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly action: string | undefined;
};

export type Gather = {
  readonly verb: 'gather';
  readonly speech: boolean;
  readonly digits: boolean;
  readonly action: string | undefined;
  readonly waitS: number;
  readonly finishOnKey: string;
  readonly tellsSilence: boolean;
  readonly prompts: readonly Verb[];
};

export type Dial = {
  readonly verb: 'dial';
  readonly to: string;
  readonly callerId: string | undefined;
  readonly waitS: number;
  readonly action: string | undefined;
};

/**
 * Reads a TwiML document strictly: an element or attribute that we never meant to send is `body-malformed`, where the
 * real carrier would warn and go on. That makes the emulator the place where a slip of ours shows.
 */
export function readVerbs(document: string): readonly Verb[] {
  const root = parseXml(document);
  if (root.name !== 'Response' || root.attributes.size > 0) throw malformed('does not begin with a plain Response');
  return elementsOf(root).map(verb);
}

const verbs: Readonly<Record<string, (element: Element) => Verb>> = {
  Say: say,
  Pause: pause,
  Play: press,
  Connect: connect,
  Gather: gather,
  Redirect: redirect,
  Dial: dial,
  Hangup: (element) => (expect(element, []), { verb: 'hang-up' }),
  Reject: (element) => ({ verb: 'reject', reason: expect(element, ['reason']).get('reason') ?? 'rejected' }),
};

function verb(element: Element): Verb {
  const read = Object.hasOwn(verbs, element.name) ? verbs[element.name] : undefined;
  if (!read) throw malformed(`holds the verb ${element.name}, which this carrier does not know`);
  return read(element);
}

function say(element: Element): Verb {
  const text = textOf(element).trim();
  if (text === '' || element.children.length !== 1) throw malformed('has a Say without plain words');
  return { verb: 'say', text, language: expect(element, ['language', 'voice']).get('language') };
}

function pause(element: Element): Verb {
  return { verb: 'pause', waitS: seconds(expect(element, ['length']).get('length') ?? '1') };
}

/** Keys alone: there is no file that we have played. */
function press(element: Element): Verb {
  const digits = due(expect(element, ['digits']), 'digits');
  if (!/^[0-9A-D*#wW]+$/.test(digits) || element.children.length > 0) throw malformed('has a Play of other than keys');
  return { verb: 'press', digits };
}

const relayAttributes = [
  'url',
  'language',
  'ttsLanguage',
  'transcriptionLanguage',
  'interruptible',
  'dtmfDetection',
  'events',
];

function connect(element: Element): Verb {
  const action = actionOf(expect(element, ['action', 'method']));
  const session = only(element, ['ConversationRelay', 'Stream']);
  return session.name === 'Stream' ? stream(session, action) : relay(session, action);
}

function stream(element: Element, action: string | undefined): Stream {
  const socketUrl = due(expect(element, ['url']), 'url');
  return { verb: 'stream', socketUrl, parameters: parametersOf(element), action };
}

function relay(element: Element, action: string | undefined): Relay {
  const given = expect(element, relayAttributes);
  return {
    verb: 'relay',
    socketUrl: due(given, 'url'),
    parameters: parametersOf(element),
    interruptible: ['any', 'speech', 'true'].includes(given.get('interruptible') ?? 'any'),
    keypad: given.get('dtmfDetection') === 'true',
    tellsPlayed: (given.get('events') ?? '').split(' ').includes('tokens-played'),
    language: given.get('language') ?? 'en-US',
    action,
  };
}

function parametersOf(element: Element): Readonly<Record<string, string>> {
  return Object.fromEntries(elementsOf(element).map(parameter));
}

function parameter(element: Element): [string, string] {
  if (element.name !== 'Parameter') throw malformed('has something other than Parameter in a relay or stream');
  const given = expect(element, ['name', 'value']);
  return [due(given, 'name'), due(given, 'value')];
}

const gatherAttributes = [
  'input',
  'action',
  'method',
  'timeout',
  'finishOnKey',
  'language',
  'speechTimeout',
  'actionOnEmptyResult',
];

function gather(element: Element): Gather {
  const given = expect(element, gatherAttributes);
  const input = (given.get('input') ?? 'dtmf').split(' ');
  return {
    verb: 'gather',
    speech: input.includes('speech'),
    digits: input.includes('dtmf'),
    action: actionOf(given),
    waitS: seconds(given.get('timeout') ?? '5'),
    finishOnKey: given.get('finishOnKey') ?? '#',
    tellsSilence: given.get('actionOnEmptyResult') === 'true',
    prompts: elementsOf(element).map(verb),
  };
}

function redirect(element: Element): Verb {
  const { method = 'POST' } = Object.fromEntries(expect(element, ['method']));
  const url = textOf(element).trim();
  if (method !== 'POST' || url === '') throw malformed('has a Redirect that posts nowhere');
  return { verb: 'redirect', url };
}

function dial(element: Element): Dial {
  const given = expect(element, ['callerId', 'timeout', 'answerOnBridge', 'action', 'method']);
  const target = only(element, ['Number', 'Sip']);
  expect(target, []);
  return {
    verb: 'dial',
    to: textOf(target).trim(),
    callerId: given.get('callerId'),
    waitS: seconds(given.get('timeout') ?? '30'),
    action: actionOf(given),
  };
}

function only(element: Element, names: readonly string[]): Element {
  const [child, ...more] = elementsOf(element);
  if (!child || more.length > 0 || !names.includes(child.name)) {
    throw malformed(`has a ${element.name} without exactly one ${names.join(' or ')}`);
  }
  return child;
}

function expect(element: Element, names: readonly string[]): ReadonlyMap<string, string> {
  const stray = [...element.attributes.keys()].find((name) => !names.includes(name));
  if (stray !== undefined) throw malformed(`has the attribute ${stray} on ${element.name}`);
  return element.attributes;
}

function actionOf(given: ReadonlyMap<string, string>): string | undefined {
  if ((given.get('method') ?? 'POST') !== 'POST') throw malformed('wants to be asked by another method than POST');
  return given.get('action');
}

function due(given: ReadonlyMap<string, string>, name: string): string {
  const value = given.get(name);
  if (value === undefined || value === '') throw malformed(`lacks the attribute ${name}`);
  return value;
}

function seconds(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw malformed('has a time that is not whole seconds');
  return Number(text);
}

function malformed(what: string): Error {
  return problem('body-malformed', `The answer ${what}.`);
}
