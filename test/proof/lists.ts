import type { Id } from '#base';
import type { Route } from '#edge';
import { isDeepStrictEqual } from 'node:util';
import { ask, essence, named, type Answered } from './ask.ts';
import type { Case } from './case.ts';
import { seesOnlyOwn } from './expected.ts';
import { tried, type Trial } from './trial.ts';
import type { Persona } from './persona.ts';

type Page = { readonly items: readonly { readonly id: Id }[]; readonly next?: string | null };

/** A list shows all that there is for who asks, and nothing else; neither a cursor nor a search brings more. */
export async function listMistakes(trial: Trial, as: Persona, shows: NonNullable<Case['shows']>): Promise<string[]> {
  const { route, stage } = trial;
  const seen = await allPages(trial, as);
  if (shows === 'nothing') return seen.size > 0 ? [] : [`${route.path} is empty for ${as.name}`];
  const isOwn = seesOnlyOwn(route.may, as);
  const mine = (of: Id | undefined) => !isOwn || (of !== undefined && of === as.member?.person);
  const due = [...stage.book[shows]].filter(([, of]) => mine(of)).map(([id]) => id);
  const known = stage.ours.kinds[shows];
  return [
    ...(due.length > 0 ? [] : [`${route.path} is tried with nothing to show to ${as.name}`]),
    ...due.filter((id) => !seen.has(id)).map(() => `${route.path} does not show ${as.name} all that is theirs`),
    ...[...seen]
      .filter((id) => known.has(id) && !mine(known.get(id)))
      .map(() => `${route.path} shows ${as.name} what is beyond their reach`),
    ...(await guestCursor(trial, as)),
    ...(await searches(trial, as)),
  ];
}

async function allPages(trial: Trial, as: Persona): Promise<Set<Id>> {
  const seen = new Set<Id>();
  const isPaged = asksFor(trial.route, 'limit');
  for (let before: string | null = ''; before !== null;) {
    const query: string = isPaged ? `?limit=100${before && `&before=${encodeURIComponent(before)}`}` : '';
    const { items, next } = pageIn(await tried(trial, as, { method: 'GET', url: trial.route.path + query }));
    for (const { id } of items) seen.add(id);
    before = isPaged ? (next ?? null) : null;
  }
  return seen;
}

/** A cursor of the other organisation opens nothing of it. What would leak is found by `tried`. */
async function guestCursor(trial: Trial, as: Persona): Promise<string[]> {
  const { route, stage, server } = trial;
  if (!asksFor(route, 'before')) return [];
  const { next } = pageIn(await ask(server, stage.neighbour, { method: 'GET', url: `${route.path}?limit=1` }));
  if (!next) return [`${route.path} has only one page in the other organisation: make two of its items in side.ts`];
  const url = `${route.path}?before=${encodeURIComponent(next)}`;
  const answered = await tried(trial, as, { method: 'GET', url });
  return answered.status < 500
    ? []
    : [`${named(answered)} is ${answered.status} with a cursor of another organisation`];
}

/** A search for what only the other organisation has comes to the same as one for what nobody has. */
async function searches(trial: Trial, as: Persona): Promise<string[]> {
  const { route } = trial;
  const names = Object.entries((route.query?.properties ?? {}) as Record<string, { type?: unknown }>)
    .filter(([name, { type }]) => type === 'string' && name !== 'before')
    .map(([name]) => name);
  const found: string[] = [];
  for (const name of names) {
    const search = (text: string) => tried(trial, as, { method: 'GET', url: `${route.path}?${name}=${text}` });
    const [theirs, nobodys] = [await search('zebra1x'), await search('nobody1x')];
    if (!isDeepStrictEqual(essence(theirs), essence(nobodys)))
      found.push(`${named(theirs)} finds another organisation`);
  }
  return found;
}

function asksFor({ query }: Route, name: string): boolean {
  return query !== undefined && name in query.properties;
}

function pageIn({ body, status }: Answered): Page {
  if (status !== 200) throw new Error(`a list is answered with ${status} ${body.slice(0, 200)}`);
  return JSON.parse(body) as Page;
}
