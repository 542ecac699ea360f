import type { Item, VendorProcessor } from '#base';
import type { Column } from './columns.ts';
import { settable } from './preset.ts';
import type { Rule } from './rule.ts';

/** One type of data, with everything that belongs to it and really is there. */
export type DataType = Pick<Rule, 'say' | 'subject' | 'purpose' | 'keeps' | 'ends'> & {
  readonly id: string;
  readonly columns: readonly Column[];
  /** Places outside the tables: `objects:recordings`, `file:line`, `cache:edge/look`. */
  readonly elsewhere: readonly string[];
};

/** What is where, whose it is, what for, how long, how it ends; and who outside gets what. */
export type DataMap = { readonly types: readonly DataType[]; readonly processors: readonly VendorProcessor[] };

/** What the map is made from: the rules, and what there is. */
export type Territory = {
  readonly rules: readonly Item<Rule>[];
  readonly columns: readonly Column[];
  /** Places outside the tables. */
  readonly elsewhere: readonly string[];
  readonly processors: readonly VendorProcessor[];
};

/** Joins what there is with the rules for it. What no rule covers is in no type: `mapMistakes` names it. */
export function dataMap({ rules, columns, elsewhere, processors }: Territory): DataMap {
  const book = ruleBook(rules);
  const typeOf = (place: string) => {
    const [id, ...others] = book(place);
    return others.length === 0 ? id : undefined;
  };
  const columnsOf = Map.groupBy(columns, (column) => typeOf(placeOf(column)));
  const placesOf = Map.groupBy(elsewhere, typeOf);
  const types = inOrder(rules).map(({ id, item: { say, subject, purpose, keeps, ends } }) => ({
    id,
    say,
    subject,
    purpose,
    keeps,
    ends,
    columns: columnsOf.get(id) ?? [],
    elsewhere: placesOf.get(id) ?? [],
  }));
  return { types, processors };
}

/** Rules as they are shown: what businesses decide on comes first, what lives for a moment last. */
export function inOrder(rules: readonly Item<Rule>[]): readonly Item<Rule>[] {
  const others = ['belonging', 'law', 'installation', 'moment'];
  const rank = ({ id, item }: Item<Rule>) => {
    const at = settable.findIndex((one) => one === id);
    return at >= 0 ? at : settable.length + others.indexOf(item.keeps.by);
  };
  return rules.toSorted((a, b) => rank(a) - rank(b));
}

/** A column as a place of a rule. */
export function placeOf({ table, name }: Pick<Column, 'table' | 'name'>): string {
  return `${table}.${name}`;
}

/** Tells the rules that cover a place most narrowly, by id: exactly one, if all is well. */
export function ruleBook(rules: readonly Item<Rule>[]): (place: string) => readonly string[] {
  const claims = rules.flatMap(({ id, item }) => item.covers.map((place) => ({ id, place, like: patternOf(place) })));
  return (place) => {
    const exact = claims.filter((one) => one.place === place);
    const found = exact.length > 0 ? exact : claims.filter(({ like }) => like?.test(place));
    return [...new Set(found.map(({ id }) => id))];
  };
}

/** Whether a place is the one that a rule names, or one of those: `*` stands for any part of a name. */
export function isLike(named: string, place: string): boolean {
  return named === place || (patternOf(named)?.test(place) ?? false);
}

function patternOf(named: string): RegExp | undefined {
  if (!named.includes('*')) return undefined;
  const parts = named.split('*').map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]*')}$`);
}
