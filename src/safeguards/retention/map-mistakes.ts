import type { Item, VendorProcessor } from '#base';
import type { Column } from './columns.ts';
import { isLike, placeOf, ruleBook, type Territory } from './data-map.ts';
import { settable } from './preset.ts';
import type { Rule } from './rule.ts';

/** What is wrong with the map, in fixed words, and where. */
export type MapMistake = { readonly what: string; readonly where: string };

/**
 * Holds the rules against what there is, both ways: everything has exactly one rule, every rule has something, what is
 * personal or secret ends with its key, and every processor says what it keeps. Empty when all is well.
 */
export function mapMistakes({ rules, columns, elsewhere, processors }: Territory): readonly MapMistake[] {
  const places = [...columns.map(placeOf), ...elsewhere];
  return [
    ...uncovered(rules, places),
    ...rules.flatMap((rule) => [...emptyPlaces(rule, places), ...openEnds(rule, rules)]),
    ...settable
      .filter((id) => !rules.some((rule) => rule.id === id))
      .map(mistake('its time can be set, and it has no rule')),
    ...columns
      .filter(({ class: kind }) => kind === undefined)
      .map(placeOf)
      .map(mistake('the column has no class')),
    ...unkeyed(rules, columns),
    ...processors
      .filter(isOfOneLanguage)
      .map(({ name }) => name)
      .map(mistake('the processor is not said in every language')),
    ...processors
      .filter(saysTooLittle)
      .map(({ name }) => name)
      .map(mistake('the processor does not say what it keeps')),
  ];
}

function mistake(what: string): (where: string) => MapMistake {
  return (where) => ({ what, where });
}

function uncovered(rules: readonly Item<Rule>[], places: readonly string[]): readonly MapMistake[] {
  const book = ruleBook(rules);
  return places.flatMap((place) => {
    const found = book(place);
    if (found.length === 1) return [];
    return [mistake(found.length === 0 ? 'no rule covers it' : `two rules cover it: ${found.join(', ')}`)(place)];
  });
}

function emptyPlaces({ id, item }: Item<Rule>, places: readonly string[]): readonly MapMistake[] {
  return item.covers
    .filter((one) => !places.some((place) => isLike(one, place)))
    .map(mistake(`the rule ${id} covers what is not there`));
}

/** Rules whose time is none: set by nobody, without a length, or that of something that does not end either. */
function openEnds({ id, item: { keeps } }: Item<Rule>, rules: readonly Item<Rule>[]): readonly MapMistake[] {
  const isSettable = settable.some((one) => one === id);
  const wrong = {
    setting: keeps.by === 'setting' && !isSettable && 'nobody can set its time',
    law: keeps.by === 'law' && !(Number.isFinite(keeps.ms) && keeps.ms > 0) && 'its time has no length',
    belonging: keeps.by === 'belonging' && !leadsSomewhere(id, rules) && 'it belongs to what is no rule, or to itself',
    installation: isSettable && keeps.by !== 'setting' && 'its time can be set, and the rule does not ask',
  };
  return Object.values(wrong)
    .filter((what) => what !== false)
    .map((what) => mistake(what)(id));
}

/** Whether what this belongs to, and what that belongs to, comes to a rule with a time of its own. */
function leadsSomewhere(id: string, rules: readonly Item<Rule>[], seen: readonly string[] = []): boolean {
  const rule = rules.find((one) => one.id === id);
  if (!rule || seen.includes(id)) return false;
  return rule.item.keeps.by !== 'belonging' || leadsSomewhere(rule.item.keeps.to, rules, [...seen, id]);
}

/** What is personal or secret, and whose rule does not end its key. A secret of the installation itself has none to end. */
function unkeyed(rules: readonly Item<Rule>[], columns: readonly Column[]): readonly MapMistake[] {
  const book = ruleBook(rules);
  return columns.filter(isSealed).flatMap((column) => {
    const rule = rules.find(({ id }) => id === book(placeOf(column))[0])?.item;
    if (!rule || rule.ends.includes('key')) return [];
    if (column.class === 'secret' && rule.keeps.by === 'installation') return [];
    return [mistake('it is sealed, and no key of it ends')(placeOf(column))];
  });
}

function isSealed({ class: kind }: Column): boolean {
  return kind === 'personal' || kind === 'secret';
}

/** Who gets nothing is on no page. */
function isOfOneLanguage({ data, es, pt, hi }: VendorProcessor): boolean {
  return data.length > 0 && [es, pt, hi].some((words) => words?.data.length !== data.length);
}

/** The types demand it; a vendor file that was written without them says nothing, or not how long. */
function saysTooLittle({ keeps }: Partial<VendorProcessor>): boolean {
  return !keeps?.every(({ days, source }) => (days === null || days >= 0) && source !== '');
}
