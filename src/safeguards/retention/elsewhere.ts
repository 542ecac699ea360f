import { dataFiles, type Item } from '#base';
import { objectFolders } from '#adapters/objects';
import { cookieNames } from '#edge';
import type { Rule } from './rule.ts';

/** What the dashboard leaves in the storage of a browser. */
export const browserNames = [
  'sotto-call-aloud',
  'sotto-call-by',
  'sotto-claim',
  'sotto-invitation',
  'sotto-language',
] as const;

/**
 * What PostgreSQL keeps beside the tables because of us: samples of columns for its planner, its journal, statements
 * that run (without their values), and what one process tells the others.
 */
const ofPostgres = ['activity', 'notifications', 'statistics', 'wal'] as const;

/** Keys in the keystore that open no row: values are made with them. */
const ofKeystore = ['address'] as const;

/** Where the program writes without keeping anything. */
const outputs = ['output', 'telemetry'] as const;

/**
 * Every place outside the tables in which something can lie. Caches are named by the rules themselves: that none is
 * missing is seen from the source.
 */
export function elsewhere(rules: readonly Item<Rule>[]): readonly string[] {
  const caches = rules.flatMap(({ item }) => item.covers.filter((place) => place.startsWith('cache:')));
  return [
    ...objectFolders.map((name) => `objects:${name}`),
    ...dataFiles.map((name) => `file:${name}`),
    ...ofPostgres.map((name) => `postgres:${name}`),
    ...ofKeystore.map((name) => `keys:${name}`),
    ...outputs.map((name) => `log:${name}`),
    ...cookieNames.map((name) => `browser:cookie/${name}`),
    ...browserNames.map((name) => `browser:storage/${name}`),
    ...new Set(caches),
  ];
}
