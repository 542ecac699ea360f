import type { Grants } from '#access';
import type { ProblemCode } from '#base';
import type { Route } from '#edge';
import type { Asked } from './ask.ts';
import type { Persona } from './persona.ts';
import type { Kinds, Side, SideCtx } from './side.ts';
import type { Stage } from './stage.ts';

/** For whom something is made, and where. `isWithin`: it is to be their own, where own is all that they may see. */
export type Making = {
  readonly ctx: SideCtx;
  readonly stage: Stage;
  readonly side: Side;
  readonly as: Persona;
  readonly isWithin: boolean;
};

export type Names = Readonly<Record<string, string>>;

/** One request: what it is asked of, and a word that never came before. */
export type Occasion = { readonly stage: Stage; readonly once: string };

/** How one route is asked, so that all who may do it can. Everything else follows from its declaration. */
export type Case = {
  /**
   * What names something, in path, query or body: how one is made. It is made anew for every request that may change it,
   * in our organisation, in the other one, and, where only some are somebody's own, beyond their reach.
   */
  readonly names?: Readonly<Record<string, (making: Making) => Promise<string>>>;
  /** Parts of the path that are no names of anything: which carrier, which code. */
  readonly words?: Names;
  readonly query?: (names: Names) => Readonly<Record<string, string>>;
  readonly body?: (names: Names, of: Occasion) => unknown;
  readonly headers?: (
    request: { readonly url: string; readonly body: unknown },
    of: Occasion,
  ) => Readonly<Record<string, string>>;
  /** The status of success; a code where only a way through other places would lead to one. */
  readonly ok: number | ProblemCode;
  /** What a name that names nothing is answered with, where that is not `not-found`; `nothing`: with an empty list. */
  readonly missing?: Readonly<Record<string, ProblemCode | 'nothing'>>;
  /** A name that opens to whoever has it. What is missing is the same, altered. */
  readonly isOpenToHolders?: true;
  /** What it names is nobody's own, and nobody is shown what came of others' calls. */
  readonly isShared?: true;
  /** What one must be able to do oneself to be let do this, and the refusal otherwise. */
  readonly covers?: { readonly grants: Grants; readonly otherwise: ProblemCode };
  /** For lists: what is in them; `nothing` of what was made, for a log that has ids of its own. */
  readonly shows?: keyof Kinds | 'nothing';
  /** It changes how somebody signs in, so that it is done by somebody like them. */
  readonly byTwin?: (stage: Stage, as: Persona) => Promise<Persona>;
};

export type Cases = Readonly<Record<string, Case>>;

/** The case of a route. Throws a sentence that says what to add. */
export function caseOf(cases: Cases, route: Pick<Route, 'method' | 'path'>): Case {
  const found = cases[`${route.method} ${route.path}`];
  if (found) return found;
  throw new Error(
    `${route.method} ${route.path} has no case. Add '${route.method} ${route.path}' to a table in test/proof/cases: ` +
      'the status of success, what its path, query and body name, and a valid body.',
  );
}

/** What is wrong with the cases: routes without one, cases without a route, ids that are tried as nobody else's. */
export function caseMistakes(cases: Cases, routes: readonly Route[]): string[] {
  const known = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  const left = Object.keys(cases).filter((name) => !known.has(name));
  return [
    ...left.map((name) => `${name} is a case, and no route`),
    ...routes.flatMap((route) => {
      const name = `${route.method} ${route.path}`;
      if (!cases[name]) return [messageOf(() => caseOf(cases, route))];
      return [...idsIn(route)].flatMap((id) =>
        cases[name]?.names?.[id] ? [] : [`${name}: say how "${id}" is made, in names`],
      );
    }),
    ...routes.flatMap((route) =>
      isList(route) && !cases[`${route.method} ${route.path}`]?.shows
        ? [`${route.method} ${route.path} lists, and its case does not say what it shows`]
        : [],
    ),
  ];
}

/** True for an answer with `items`, within an organisation. */
export function isList({ may, output }: Route): boolean {
  const shape: { readonly properties?: object } | undefined = output[200];
  return typeof may === 'object' && 'scope' in may && shape?.properties !== undefined && 'items' in shape.properties;
}

type Schema = { readonly [keyword: string]: unknown };

/** The names of all that is declared as an id, in path, query and body, however deep. */
function idsIn({ params, query, body }: Route): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (part: unknown, name: string): void => {
    if (part === null || typeof part !== 'object') return;
    const schema = part as Schema;
    if (schema['format'] === 'uuid') found.add(name);
    for (const [key, inner] of Object.entries((schema['properties'] as Schema | undefined) ?? {})) look(inner, key);
    for (const alternatives of [schema['anyOf'], schema['items']])
      for (const one of [alternatives].flat()) look(one, name);
  };
  for (const schema of [params, query, body]) look(schema, '');
  return found;
}

function messageOf(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

/** The request of a case with these names. */
export function askedOf(route: Pick<Route, 'method' | 'path'>, one: Case, names: Names, of: Occasion): Asked {
  const all = { ...one.words, ...names };
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(all[name] ?? ''));
  const query = new URLSearchParams(one.query?.(names)).toString();
  const url = query === '' ? path : `${path}?${query}`;
  const body = one.body?.(names, of);
  return { method: route.method, url, body, headers: one.headers?.({ url, body }, of) };
}
