import { markup, type Markup } from '#base';
import type { Answer, Step } from '../carrier.ts';

/** What the API takes as the `Twiml` parameter of a live call (twilio-oai, UpdateCall). */
const longestInline = 4_000;

/** The answer as TwiML, in the order given. */
export function render(answer: Answer): { readonly contentType: string; readonly body: string } {
  return { contentType: 'text/xml; charset=utf-8', body: twiml(answer) };
}

/** The same for the API; throws when the carrier would not take it for its length. */
export function renderInline(answer: Answer): string {
  const body = twiml(answer);
  if (body.length > longestInline) throw new Error(`an answer for a live call may have ${longestInline} characters`);
  return body;
}

function twiml(answer: Answer): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${markup`<Response>${answer.map(element)}</Response>`.text}`;
}

function element(step: Step): Markup | undefined {
  switch (step.do) {
    case 'say':
      return say(step);
    case 'press':
      return press(step);
    case 'relay':
      return relay(step);
    case 'stream':
      return stream(step);
    case 'gather':
      return gather(step);
    case 'ask-next':
      return redirect(step);
    case 'transfer':
      return transfer(step);
    case 'hang-up':
      return markup`<Hangup/>`;
    case 'reject':
      return markup`<Reject reason="${step.reason}"/>`;
  }
}

type Do<Name extends Step['do']> = Extract<Step, { do: Name }>;

/** Nothing to say is no element: the carrier reports an empty one as an error. */
function say({ text, language }: Do<'say'>): Markup | undefined {
  const spoken = legal(text).trim();
  return spoken === '' ? undefined : markup`<Say${attributes({ language: tag(language) })}>${spoken}</Say>`;
}

/** Twilio error 13430 names what may be sounded: `0123456789ABCD*#wW`. */
function press({ digits }: Do<'press'>): Markup {
  if (!/^[0-9A-D*#w]{1,32}$/.test(digits)) throw new Error('keys are 0-9, A-D, * and #, with w for a pause');
  return markup`<Play${attributes({ digits })}/>`;
}

/** `events` asks for the words as they are played; an account without that feature ignores it. */
function relay({ socketUrl, token, language, thenUrl }: Do<'relay'>): Markup {
  const spoken = tag(language);
  const session = attributes({
    url: socketAddress(socketUrl),
    language: spoken,
    ttsLanguage: spoken,
    transcriptionLanguage: spoken,
    interruptible: 'any',
    dtmfDetection: 'true',
    events: 'tokens-played',
  });
  return connect(thenUrl, markup`<ConversationRelay${session}>${parameter(token)}</ConversationRelay>`);
}

/** Both ways, unlike the streams under `Start`; the next verb waits until its socket is closed. */
function stream({ socketUrl, token, thenUrl }: Do<'stream'>): Markup {
  const url = attributes({ url: socketAddress(socketUrl) });
  return connect(thenUrl, markup`<Stream${url}>${parameter(token)}</Stream>`);
}

function connect(thenUrl: string, session: Markup): Markup {
  return markup`<Connect${attributes({ action: thenUrl, method: 'POST' })}>${session}</Connect>`;
}

/** The token travels as a Parameter, because the carrier drops the query of a socket URL. */
function parameter(token: string): Markup {
  return markup`<Parameter${attributes({ name: 'token', value: token })}/>`;
}

/**
 * Whatever is likely to come, both are listened for: who is asked for a number may say it, or say no. The carrier takes
 * what comes first. `actionOnEmptyResult` makes silence come back to us as well, so that a call never ends for want of an
 * answer.
 */
function gather({ thenUrl, language, expect, waitS }: Do<'gather'>): Markup {
  const how = attributes({
    input: expect === 'speech' ? 'speech dtmf' : 'dtmf speech',
    action: thenUrl,
    method: 'POST',
    timeout: waitS,
    finishOnKey: '#',
    actionOnEmptyResult: 'true',
    language: tag(language),
    speechTimeout: 'auto',
  });
  return markup`<Gather${how}/>`;
}

/** The verbs after it are never reached. Source: twilio.com/docs/voice/twiml/redirect. */
function redirect({ thenUrl }: Do<'ask-next'>): Markup {
  return markup`<Redirect${attributes({ method: 'POST' })}>${legal(thenUrl)}</Redirect>`;
}

function transfer({ to, callerId, thenUrl, waitS }: Do<'transfer'>): Markup {
  const target = /^sips?:/i.test(to) ? markup`<Sip>${legal(to)}</Sip>` : markup`<Number>${legal(to)}</Number>`;
  const how = attributes({ callerId, timeout: waitS, answerOnBridge: 'true', action: thenUrl, method: 'POST' });
  return markup`<Dial${how}>${target}</Dial>`;
}

function attributes(values: Readonly<Record<string, string | number>>): readonly Markup[] {
  return Object.entries(values).map(([name, value]) => markup` ${name}="${legal(String(value))}"`);
}

/** The regions spoken when a language comes without one; the carrier wants both. */
const usualRegions: Readonly<Record<string, string>> = { en: 'en-US', es: 'es-US' };

/** A BCP 47 tag as the carrier wants it: language and region. */
function tag(language: string): string {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language)) throw new Error('a language is a BCP 47 tag such as en-US');
  return usualRegions[language.toLowerCase()] ?? language;
}

/** Speech in the clear may cross only this machine, and the carrier would silently drop a query. */
function socketAddress(text: string): string {
  const url = new URL(text);
  const local = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  const safe = url.protocol === 'wss:' || (url.protocol === 'ws:' && local);
  if (!safe || text.includes('?') || text.includes('#')) {
    throw new Error('a socket URL is wss (ws on loopback only) and has neither query nor fragment');
  }
  return text;
}

/** Without the characters that XML 1.0 §2.2 cannot hold; one of them would cost the whole answer. */
function legal(text: string): string {
  return text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
}
