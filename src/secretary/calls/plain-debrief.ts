import type { Debrief, EndedCall } from '#adapters/models';

const outcomes: Readonly<Record<string, Debrief['outcome']>> = {
  'book': 'appointment-booked',
  'move': 'appointment-moved',
  'cancel': 'appointment-cancelled',
  'take-message': 'message-taken',
  'stop-calling': 'do-not-contact',
};

const longest = 600;

/**
 * What can be said of a call without a model that understands it: what was done, and the caller's own words. Whoever
 * spoke is a lead, because to lose one is worse than to look at one in vain.
 */
export function plainDebrief({ transcript, done, briefing }: EndedCall, language: string): Debrief {
  const said = transcript.filter(({ speaker }) => speaker === 'caller').map(({ text }) => text);
  const last = done.findLast((tool) => tool in outcomes);
  const words = said.join(' ').slice(0, longest);
  const isSpanish = language.startsWith('es');
  return {
    outcome: (last === undefined ? undefined : outcomes[last]) ?? (words === '' ? 'abandoned' : 'question-answered'),
    summary: summaryOf(words, isSpanish, briefing.business),
    extraction: { language, ...(words === '' ? {} : { reason: words }) },
    isLead: words !== '' && last !== 'stop-calling',
  };
}

function summaryOf(words: string, isSpanish: boolean, business: string): string {
  if (words === '') return isSpanish ? `Llamada a ${business} sin palabras.` : `A call to ${business} without words.`;
  return isSpanish ? `Quien llamó dijo: ${words}` : `The caller said: ${words}`;
}
