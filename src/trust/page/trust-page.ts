import type { TSchema } from 'typebox';
import { markup, type Ctx, type Id, type Markup } from '#base';
import type { Route, RouteRequest } from '#edge';
import { type Language, type Sentence } from '../claim.ts';

/**
 * One page of the Trust Center: what it shows, read anew whenever it is asked for, the page for people and the shape of
 * the same for programs. Its address for programs is `path` with `.json`; it has a place in the navigation and a field of
 * `/trust.json`. Adding a page is a file and its line in `pages.ts`.
 */
export type TrustPage<S = unknown> = {
  readonly path: `/trust${string}`;
  /** Its field in `/trust.json`; none for what stands there anyway, and what is too much of it. */
  readonly field?: string;
  /** The heading, and below it what the reader finds here; no instructions. */
  readonly title: Sentence;
  readonly intro?: Sentence;
  /** Two or three words for the navigation. */
  readonly short: Sentence;
  /** Reads what the page shows. It leaves the house as it is, through `schema` alone. */
  load(ctx: TrustCtx): Promise<S>;
  /** What stands below the heading: sections that begin with `h2`, links to other pages as plain paths. */
  body(state: S, language: Language): Markup;
  /** Allow-list of what `load` gives: what is not declared never leaves. */
  readonly schema: TSchema;
  /** What programs get where that is another form of the state. */
  readonly json?: (state: S) => unknown;
  /** It has a form that posts to us, without script. */
  readonly hasForm?: true;
  /** Further routes that belong to it: a form, a feed, a file. */
  readonly also?: (ctx: TrustCtx) => readonly Route[];
};

/** What pages are made with. */
export type TrustCtx = Omit<Ctx, 'log'> & {
  readonly publicUrl: () => string;
  /**
   * Whether the reader may see what is not published yet: somebody at this machine, or who is signed in; of an
   * organisation, in that one.
   */
  readonly maySeeDrafts: (request: Pick<RouteRequest, 'headers' | 'from'>, organisation?: Id) => Promise<boolean>;
};

/** A page whose state and shape are known to its own file alone. */
export function trustPage<S>(page: TrustPage<S>): TrustPage {
  return {
    ...page,
    body: (state, language) => page.body(state as S, language),
    json: (state) => (page.json ? page.json(state as S) : state),
  };
}

/** A sentence put together from the words of each language. */
export function everywhere<W>(words: { readonly [L in Language]: W }, pick: (words: W) => string): Sentence {
  return { en: pick(words.en), es: pick(words.es), pt: pick(words.pt), hi: pick(words.hi) };
}

/** `2026-11-20 17:40 UTC`, from an ISO instant; nothing where there is none. */
export function time(iso: string | null): Markup {
  return iso === null ? markup`` : markup`<time datetime="${iso}">${instant(iso)} UTC</time>`;
}

/** `2026-11-20 17:40`, from an ISO instant in UTC. */
export function instant(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

/** On which step a heading stands: below the title of the page, or within a section of it. */
export type Heading = 'h2' | 'h3';

export function headed(title: string, heading: Heading): Markup {
  return heading === 'h2' ? markup`<h2>${title}</h2>` : markup`<h3>${title}</h3>`;
}

/** A table under its heading that can be scrolled sideways, by keyboard too; with `stack` its cells stand below each other on a telephone. */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly (Markup | string)[])[],
  style: 'scroll' | 'stack' = 'stack',
): Markup {
  const cells = rows.map(
    ([first = '', ...rest]) =>
      markup`<tr><th scope="row">${first}</th>${rest.map((cell, at) => markup`<td data-head="${head[at + 1]}">${cell}</td>`)}</tr>`,
  );
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="${style}">
<caption>${caption}</caption>
<thead><tr>${head.map((one) => markup`<th scope="col">${one}</th>`)}</tr></thead>
<tbody>${cells}</tbody>
</table></div>`;
}
