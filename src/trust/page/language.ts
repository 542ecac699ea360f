import { languages, type Language } from '../claim.ts';

/** The page's language that the reader likes best (RFC 9110 §12.5.4), English when none of theirs is ours. */
export function languageFor(acceptLanguage: string | undefined): Language {
  const wishes = (acceptLanguage ?? '').slice(0, 500).split(',').map(wish);
  const ranked = wishes.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
  const found = ranked.map(({ tag }) => languages.find((language) => language === tag.split('-')[0]));
  return found.find((language) => language !== undefined) ?? 'en';
}

/** What the reader chose by a link on the page, `?lang=pt`; undefined when they chose none of ours. */
export function chosenIn(url: string): Language | undefined {
  const asked = URL.parse(url)?.searchParams.get('lang');
  return languages.find((language) => language === asked);
}

function wish(text: string): { tag: string; weight: number } {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1);
  return { tag, weight: Number.isFinite(weight) ? weight : 0 };
}
