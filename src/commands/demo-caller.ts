import type { CallerScript } from '#adapters/carriers';

type Line = { readonly when: RegExp; readonly say: string };

// In order of precedence: the first line that fits the question heard last is spoken.
const lines: readonly Line[] = [
  { when: /help you|can i do for you/i, say: "Hello, I'd like to book a cleaning for next Tuesday at ten, please." },
  { when: /urgent/i, say: 'No, it can wait a day or two.' },
  { when: /your name|who am i|who is|name,? please/i, say: 'Alex Sample.' },
  { when: /reach you|call you|number you're calling from|best number/i, say: 'Yes, this number is fine.' },
  { when: /appointment for|reason/i, say: 'A cleaning.' },
  { when: /message|pass on/i, say: 'My crown feels loose.' },
  { when: /which|first|second|suit|work for you|how about|would you like/i, say: 'The first one is fine.' },
  { when: /correct|right|shall i|is that ok/i, say: 'Yes, that is right.' },
];

const wishes: readonly string[] = [
  'Yes, what does a cleaning cost?',
  'Could you take a message for the dentist? My crown feels loose, and I would like a call back.',
];

const farewell = 'No, that is all. Thank you, goodbye.';

/**
 * A caller who books an appointment, asks a question, leaves a message and says goodbye. It reacts to what it hears,
 * so it stays a conversation whatever the calendar holds.
 */
export function demoCaller(): CallerScript {
  const left = [...wishes];
  return (heard) => {
    if (!heard.includes('?')) return undefined;
    const question = heard.slice(0, heard.lastIndexOf('?') + 1);
    const last = question.split(/(?<=[.!?])\s+/).at(-1) ?? question;
    if (/\belse\b/i.test(last)) return { do: 'say', text: left.shift() ?? farewell };
    const line = lines.find(({ when }) => when.test(last));
    return { do: 'say', text: line?.say ?? left.shift() ?? farewell };
  };
}
