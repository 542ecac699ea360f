import { named, type Answered } from './ask.ts';
import type { Stage } from './stage.ts';

/**
 * What an answer to somebody of our organisation holds that it must not: an id or a word of the other organisation, or
 * words of our own that this somebody may not read.
 */
export function leaksIn({ theirs, ours, seen }: Stage, answered: Answered): string[] {
  const text = `${JSON.stringify(answered.headers)} ${answered.body}`;
  const ids = text.match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [];
  const foreign = [...ids.filter((id) => theirs.ids.has(id)), ...(text.match(/zebra\w*/g) ?? [])];
  const said = new Set(text.match(/tulip\d+x/g) ?? []);
  for (const { text: word, needs } of ours.words) if (said.has(word)) seen.add(`${answered.as.name} ${needs}`);
  const unread = ours.words.filter(({ text: word, needs, own }) => {
    if (!said.has(word)) return false;
    const reach = answered.as.grants?.[needs];
    return reach === undefined || (reach === 'own' && (own === undefined || own !== answered.as.member?.person));
  });
  return [
    ...foreign.map((what) => `${named(answered)} shows ${what} of the other organisation`),
    ...unread.map(({ needs }) => `${named(answered)} shows words that need ${needs}`),
  ];
}

/** Words that nobody got to see who may: where nothing is shown, nothing can leak, and nothing was tried. */
export function unseenWords({ ours, seen }: Stage): string[] {
  const due = new Set(ours.words.map(({ needs }) => `owner ${needs}`));
  return [...due].filter((one) => !seen.has(one));
}
