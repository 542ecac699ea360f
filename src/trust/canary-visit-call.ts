import type { Clock } from '#base';
import type { Visit } from '#edge';
import { digitNames } from './byte-search-forms.ts';
import { alive, knockTruly } from './canary-call.ts';
import type { VisitMarks } from './canary-visit-marks.ts';
import type { Reach } from './claim.ts';
import { signedForCanary } from './ringing.ts';

export type Visiting = Pick<Reach, 'self' | 'knock' | 'origin' | 'clock' | 'canary'>;

/** How long the receptionist may think before the caller gives up, and how often they answer. */
const patienceMs = 20_000;
const mostTurns = 30;

/**
 * Rings the line for visits and talks with whoever answers, as the carrier's text relay: leaves a message and a name,
 * makes an appointment, says goodbye. Resolves when it has hung up, whatever was said; true when it came to its goodbye.
 * Throws `not-running` when the product is too busy to answer, or stopping.
 */
export async function makeVisit(visiting: Visiting, number: string, marks: VisitMarks): Promise<boolean> {
  const { canary } = visiting;
  const fields = fieldsOf(visiting, number, marks);
  const answer = alive(
    await visiting.self(
      signedForCanary(visiting, `/carriers/${canary.carrier}/voice`, { ...fields, CallStatus: 'ringing' }),
    ),
  );
  try {
    const offer = offerIn(answer.body);
    return offer !== undefined && (await converse(visiting, { fields, marks, offer }));
  } finally {
    await hangUp(visiting, number, marks);
  }
}

/** Tells that the call of that visit is over, as often as need be. */
export async function hangUp(visiting: Visiting, number: string, marks: VisitMarks): Promise<void> {
  const { canary } = visiting;
  const over = { ...fieldsOf(visiting, number, marks), CallStatus: 'completed', SequenceNumber: '2' };
  await visiting.self(signedForCanary(visiting, `/carriers/${canary.carrier}/status`, over));
}

function fieldsOf({ canary }: Visiting, dialled: string, { number, callId }: VisitMarks) {
  return {
    AccountSid: canary.phone.accountSid,
    ApiVersion: '2010-04-01',
    CallSid: callId,
    CallStatus: 'in-progress',
    Direction: 'inbound',
    From: number,
    To: dialled,
  };
}

type Talk = {
  readonly fields: Readonly<Record<string, string>>;
  readonly marks: VisitMarks;
  readonly offer: Offer;
};

async function converse(visiting: Visiting, { fields, marks, offer }: Talk): Promise<boolean> {
  const knocked = await knockTruly(visiting, offer.url);
  const visit = knocked.visit!;
  const session = `VX${fields['CallSid']!.slice(2)}`;
  const setup = { sessionId: session, callSid: fields['CallSid'], from: fields['From'], to: fields['To'] };
  visit.send(JSON.stringify({ type: 'setup', ...setup, customParameters: { token: offer.token } }));
  try {
    const goodbye = await talk(visiting.clock, visit, marks);
    if (goodbye === undefined || offer.action === undefined) return goodbye !== undefined;
    const url = new URL(offer.action);
    const ended = { SessionId: session, SessionStatus: 'ended', SessionDuration: '60', HandoffData: goodbye };
    await visiting.self(signedForCanary(visiting, url.pathname + url.search, { ...fields, ...ended }));
    return true;
  } finally {
    visit.leave();
  }
}

/** Answers what is asked until the receptionist ends the call; resolves to what it handed over then, if it did. */
async function talk(clock: Clock, visit: Visit, marks: VisitMarks): Promise<string | undefined> {
  const answer = caller(marks);
  const say = (text: string) =>
    visit.send(JSON.stringify({ type: 'prompt', voicePrompt: text, lang: 'en-US', last: true }));
  say(`Hello, please take a message: ${marks.words}. I would like a call back.`);
  for (let turns = 0; turns < mostTurns;) {
    const message = readMessage(await soon(clock, visit.next()));
    if (message?.type === 'end') return message.handoffData;
    if (message === undefined) return undefined;
    if (message.type !== 'text') continue;
    // The words have been spoken to their end when they are told to have been played.
    visit.send(JSON.stringify({ type: 'info', name: 'tokensPlayed', value: message.token }));
    const said = answer(message.token);
    if (said === undefined) continue;
    turns += 1;
    say(said);
  }
  return undefined;
}

type Message =
  | { readonly type: 'text'; readonly token: string }
  | { readonly type: 'end'; readonly handoffData: string }
  | { readonly type: 'language' | 'sendDigits' };

function readMessage(what: string | number | undefined): Message | undefined {
  return typeof what === 'string' ? (JSON.parse(what) as Message) : undefined;
}

/** What comes, or undefined when nothing does: the clock of the visit is the only one that counts here. */
async function soon<T>(clock: Clock, coming: Promise<T>): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const cancel = clock.after(patienceMs, () => late.resolve(undefined));
  try {
    return await Promise.race([coming, late.promise]);
  } finally {
    cancel();
  }
}

/** What the caller says to a question; nothing to what is none. */
function caller({ name, words, callback }: VisitMarks): (heard: string) => string | undefined {
  const wishes = ['I would like to book the earliest appointment you have, please.', 'No, that is all. Goodbye.'];
  const answers: readonly (readonly [RegExp, string])[] = [
    [/urgent/i, 'No, it can wait.'],
    [/your name|who am i|who is|name,? please/i, `My name is ${name}.`],
    [/reach you|call you|number/i, spoken(callback)],
    [/appointment for|reason/i, `It is about ${words}.`],
    [/which|first|second|suit|work for you|how about|would you like/i, 'The first one is fine.'],
    [/correct|right|shall i|is that ok/i, 'Yes, that is right.'],
  ];
  return (heard) => {
    if (!heard.includes('?')) return undefined;
    const question =
      heard
        .slice(0, heard.lastIndexOf('?') + 1)
        .split(/(?<=[.!?])\s+/)
        .at(-1) ?? heard;
    const [, answer] = (/\belse\b/i.test(question) ? undefined : answers.find(([asked]) => asked.test(question))) ?? [];
    return answer ?? wishes.shift() ?? 'Goodbye.';
  };
}

/** Digit by digit, without the code of the country. */
function spoken(number: string): string {
  return Array.from(number.slice(2), (digit) => digitNames[Number(digit)]).join(' ');
}

type Offer = { readonly url: string; readonly token: string; readonly action: string | undefined };

/** The text relay that the answer to a ring offers, and where its end is told. */
function offerIn(twiml: string): Offer | undefined {
  const plain = (text: string | undefined) => text?.replaceAll('&amp;', '&');
  const url = plain(/<ConversationRelay\b[^>]*\burl="([^"]*)"/.exec(twiml)?.[1]);
  const token = /<Parameter\b[^>]*\bname="token"[^>]*\bvalue="([^"]*)"/.exec(twiml)?.[1];
  if (url === undefined || token === undefined) return undefined;
  return { url, token, action: plain(/<Connect\b[^>]*\baction="([^"]*)"/.exec(twiml)?.[1]) };
}
