import type { CallerScript } from '#adapters/carriers';
import type { BusinessPlan } from '#app';
import type { Act, Line, Script } from '../stand-in-model/script.ts';

/** The conversation of the drill: what the caller wants, what a model says to it, and how each takes what goes wrong. */
const wishes = [
  { say: 'What does a cleaning cost?', met: /95 dollars/ },
  { say: 'Take a message: my crown is loose, this is Bo, not urgent.', met: /noted it|message is saved/ },
  { say: 'Where can I park?', met: /behind the building/ },
  { say: 'That is all, goodbye.', met: /Goodbye/ },
] as const;

/** What confirms to the caller that the message is kept. */
export const confirmed = wishes[1].met;

/** The agent knows what the caller will ask, so that the scripted receptionist can answer it as well. */
export const agent: BusinessPlan['agent'] = {
  name: 'Al',
  language: 'en-US',
  greeting: 'How can I help?',
  facts: [
    { about: 'price, cost, cleaning', answer: 'A cleaning is 95 dollars.' },
    { about: 'parking, park, car', answer: 'Parking is free, behind the building.' },
  ],
  hours: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
  visitMinutes: 30,
  transferTo: null,
  speech: 'live',
  model: 'openai',
  voice: null,
  record: false,
  discloseAi: true,
  tools: [],
};

/** A model that does what it is told: greets, answers, takes a message once, asks again for what it did not hear. */
export const receptionist: Script = ({ heard, prompted, result, lines }) => {
  if (prompted !== undefined) return toPrompt(prompted, lines);
  return result === undefined ? toWords(heard, lines) : noted;
};

const noted: Act = { say: 'I noted it.' };
const sorry: Act = { say: 'Sorry, what did you say?' };

/** Prompts of the product, as `links.ts`, `from-desk.ts` and `instructions.ts` word them. */
function toPrompt(prompt: string, lines: readonly Line[]): Act {
  if (/has now answered/.test(prompt)) return noted;
  if (/did not hear/.test(prompt)) return sorry;
  if (/silent/.test(prompt)) return { say: 'Are you still there?' };
  const last = lines.findLast(({ by }) => by === 'caller' || by === 'result');
  if (last?.by === 'result') return noted;
  if (last && 'text' in last) return toWords(last.text, lines);
  return { say: agent.greeting };
}

function toWords(words: string, lines: readonly Line[]): Act {
  if (/cost/.test(words)) return { say: 'A cleaning is 95 dollars.' };
  if (/message/.test(words)) return lines.some(({ by }) => by === 'result') ? noted : takeMessage(words);
  if (/park/.test(words)) return { say: 'Parking is free, behind the building.' };
  return /goodbye/.test(words) ? { say: 'Goodbye.', use: { tool: 'end-call', input: {} } } : sorry;
}

function takeMessage(body: string): Act {
  const input = { name: 'Bo', callback: null, body, urgent: false };
  return { say: 'Let me write that down.', use: { tool: 'take-message', input } };
}

/** Questions of either receptionist, and what a caller says to them; undefined = says again what is wanted. */
const questions: readonly (readonly [asked: RegExp, answer: string | undefined])[] = [
  [/ending in|reach you/, 'Yes.'],
  [/your name/, 'Bo.'],
  [/urgent\?|can it wait/, 'It can wait.'],
  [/pass on|what is it about|should know/i, 'My crown is loose.'],
  [/\?$|say that again|missed that|another way|go ahead/i, undefined],
];

/**
 * A caller with these wishes: waits for each to be met, answers what is asked, and says again what was not heard. `done` is
 * called when the last of them is met.
 */
export function caller(done: () => void): CallerScript {
  let at = -1;
  return (_heard, transcript) => {
    const mine = transcript.findLastIndex(({ speaker }) => speaker === 'caller');
    const words = transcript
      .slice(mine + 1)
      .map(({ text }) => text)
      .join(' ');
    if (at < 0 ? /help/.test(words) : wishes[at]?.met.test(words)) {
      at += 1;
      const next = wishes[at];
      if (!next) done();
      return next && { do: 'say', text: next.say };
    }
    const question = questions.find(([asked]) => asked.test(words));
    if (!question) return undefined;
    at = Math.max(at, 0);
    const text = question[1] ?? wishes[at]?.say;
    return text === undefined ? undefined : { do: 'say', text };
  };
}
