import { join } from 'node:path';
import { loadCatalogue, type Item } from '#base';
import type { Region } from './region.ts';

/** All jurisdictions that have a file. */
export function regions(): Promise<readonly Item<Region>[]> {
  return loadCatalogue<Region>(join(import.meta.dirname, 'regions'));
}

/** The most specific file for a code such as `US-ME`: its own, then its country's or group's, then `world`. */
export function regionFor(all: readonly Item<Region>[], code: string): Item<Region> {
  const wanted = code.toLowerCase();
  const country = wanted.split('-')[0];
  const matches = (name: string | undefined) => (one: Item<Region>) =>
    one.id === name || one.item.members?.includes(name ?? '');
  const found = all.find(matches(wanted)) ?? all.find(matches(country)) ?? all.find(matches('world'));
  if (!found) throw new Error('rules/regions has no world file');
  return found;
}

/** Whether the opening must say that an AI speaks: the law's demand cannot be switched off by the business. */
export function mustDisclose(region: Region, wanted: boolean): boolean {
  return region.aiDisclosure === 'demanded' || wanted;
}

type Names = { readonly agent: string; readonly business: string };

type Openings = {
  readonly welcome: (business: string) => string;
  readonly withAi: (agent: string) => string;
  readonly plain: (agent: string) => string;
};

// One entry a language; the first sentences of every call, in this order: business, then AI (facts: regulation, opening order).
const openings: Readonly<Record<string, Openings>> = {
  en: {
    welcome: (business) => `Thank you for calling ${business}.`,
    withAi: (agent) => `This is ${agent}, an AI assistant.`,
    plain: (agent) => `This is ${agent}.`,
  },
  es: {
    welcome: (business) => `Gracias por llamar a ${business}.`,
    withAi: (agent) => `Le atiende ${agent}, un asistente de inteligencia artificial.`,
    plain: (agent) => `Le atiende ${agent}.`,
  },
};

/** The languages that calls can be opened in, as the first parts of their tags. */
export const openingLanguages: readonly string[] = Object.keys(openings);

// Said before anything is recorded and again inside the recording, so that each proves itself.
const recordings: Record<string, string> = {
  en: 'This call is recorded.',
  es: 'Esta llamada se graba.',
};

/** What is said of the recording, in the agent's language (English where we have no other). */
export function recordingSentence(language: string): string {
  return inLanguage(recordings, language);
}

type Opened = Names & { readonly language: string; readonly ai: boolean; readonly recorded: boolean };

/** A sentence of the opening, and what it is there for. */
export type OpeningPart = { readonly what: 'welcome' | 'introduction' | 'recording'; readonly text: string };

/**
 * What every call opens with, in the agent's language: who speaks, that it is an AI where that is due, and that the
 * call is recorded where it is.
 */
export function openingParts({ language, ai, recorded, agent, business }: Opened): readonly OpeningPart[] {
  const spoken = inLanguage(openings, language);
  return [
    { what: 'welcome', text: spoken.welcome(business) },
    { what: 'introduction', text: ai ? spoken.withAi(agent) : spoken.plain(agent) },
    ...(recorded ? [{ what: 'recording', text: recordingSentence(language) } as const] : []),
  ];
}

/** The same as it is spoken, in one breath. */
export function openingSentence(options: Opened): string {
  return openingParts(options)
    .map(({ text }) => text)
    .join(' ');
}

function inLanguage<T>(all: Readonly<Record<string, T>>, language: string): T {
  const found = all[language.split('-')[0] ?? 'en'] ?? all['en'];
  if (found === undefined) throw new Error('the English sentence is missing');
  return found;
}
