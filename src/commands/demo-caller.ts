import type { CallerScript } from '#adapters/carriers';

type Line = { readonly when: RegExp; readonly say: string };

// In order of precedence: the first line that fits what was said last and was not used up is spoken.
const lines: readonly Line[] = [
  { when: /help you|can i do for you/i, say: "Hello, I'd like to book a cleaning for next Tuesday at ten, please." },
  { when: /(first|second|which|earliest|either)[^.]*\?|would .*(suit|work|do)\b[^.]*\?|how about/i, say: 'The first one is fine.' },
  { when: /your name|who (am i|is)|name,? please|name for/i, say: 'Alex Sample.' },
  { when: /(reach|call) you (back )?(on|at)|number you('re| are) calling from|this number|best number/i, say: 'Yes, this number is fine.' },
  { when: /what is it for|reason|what.*about/i, say: 'A cleaning.' },
  { when: /correct\?|right\?|shall i|is that ok/i, say: 'Yes, that is right.' },
];

const wishes: readonly string[] = [
  'Yes. What does a cleaning cost?',
  'Could you take a message for the dentist? My crown feels loose, and I would like a call back.',
];

const farewell = 'No, that is all. Thank you, goodbye.';

/**
 * A caller who books an appointment, asks a question, leaves a message and says goodbye. It reacts to what it hears,
 * so it stays a conversation whatever the calendar holds.
 */
export function demoCaller(): CallerScript {
  const left = [...wishes];
  const used = new Map<string, number>();
  return (heard) => {
    if (!/[?]\s*$/.test(heard.trim())) return undefined;
    if (/anything else|else i can/i.test(heard)) return { do: 'say', text: left.shift() ?? farewell };
    const line = lines.find(({ when, say }) => when.test(heard) && (used.get(say) ?? 0) < 3);
    if (!line) return { do: 'say', text: left.shift() ?? farewell };
    used.set(line.say, (used.get(line.say) ?? 0) + 1);
    return { do: 'say', text: line.say };
  };
}
