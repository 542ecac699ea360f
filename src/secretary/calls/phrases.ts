type Phrase = 'moment' | 'trouble' | 'restarting';

// The few words a call needs when no model answers. A language is one entry.
const phrases: Record<string, Record<Phrase, string>> = {
  en: {
    moment: 'One moment, please.',
    restarting: 'We are back in a minute. Please call again then. Thank you.',
    trouble: 'I am sorry, I am having trouble on my side. Please call again in a few minutes. Goodbye.',
  },
  es: {
    moment: 'Un momento, por favor.',
    restarting: 'Volvemos en un minuto. Por favor, llame otra vez entonces. Gracias.',
    trouble: 'Lo siento, tengo un problema técnico. Por favor, vuelva a llamar en unos minutos. Adiós.',
  },
};

/** A fixed phrase in the language of the call; English where there is no other. */
export function phrase(language: string, which: Phrase): string {
  return (phrases[language.split('-')[0] ?? 'en'] ?? phrases['en'])?.[which] ?? '';
}
