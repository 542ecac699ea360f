import { Type } from 'typebox';
import { route, type Route, type RouteRequest } from '#edge';
import { type Language } from '../claim.ts';
import { chosenIn, languageFor } from './language.ts';
import { pages } from './pages.ts';
import { draftNotice, insistShown, isShown, notPublished, publicationOf, type Publication } from './publication.ts';
import { answerWith, shell, type Document, type Reader } from './shell.ts';
import { type TrustCtx, type TrustPage } from './trust-page.ts';

/** The page for people and the same for programs, and whatever routes belong to it. */
export function pageRoutes(ctx: TrustCtx, page: TrustPage): readonly Route[] {
  // What programs get at `/trust.json` is all of the pages.
  const data = page.path === '/trust' ? [] : [dataRoute(ctx, page)];
  return [pageRoute(ctx, page), ...data, ...(page.also?.(ctx) ?? [])];
}

function pageRoute(ctx: TrustCtx, page: TrustPage): Route {
  const { path, title, intro } = page;
  return route({
    method: 'GET',
    path,
    say: `Trust Center: ${title.en}. In English, Spanish, Portuguese or Hindi, by \`?lang=\` or Accept-Language.`,
    may: 'public',
    limit: 'public',
    audits: null,
    output: pageOutput,
    run: (request) =>
      answerPage(ctx, request, async ({ language }) => ({
        path,
        title: title[language],
        intro: intro && intro[language],
        body: page.body(await page.load(ctx), language),
        data: `${path}.json`,
        hasForm: page.hasForm,
      })),
  });
}

function dataRoute(ctx: TrustCtx, page: TrustPage): Route {
  return route({
    method: 'GET',
    path: `${page.path}.json`,
    say: `Trust Center, as data: ${page.title.en}.`,
    may: 'public',
    limit: 'public',
    audits: null,
    problems: ['trust-not-published'],
    output: { 200: page.schema },
    async run(request) {
      await insistShown(ctx, await publicationOf(ctx), request);
      return { status: 200 as const, json: await loadJson(ctx, page) };
    },
  });
}

const html = Type.String({ contentMediaType: 'text/html' });

/** 404 where nothing is published yet, or nothing is there. */
export const pageOutput = { 200: html, 404: html };

type Request = Pick<RouteRequest, 'url' | 'headers' | 'from'>;
type Content = Omit<Document, 'navigation' | 'profile' | 'notice'>;

/** A page in its frame; for strangers a word of its own while the pages are not published. */
export async function answerPage(
  ctx: TrustCtx,
  request: Request,
  content: (reader: Reader) => Promise<Content>,
  of?: Publication,
) {
  const reader = readerOf(request);
  const { language } = reader;
  const publication = of ?? (await publicationOf(ctx));
  if (!(await isShown(ctx, publication, request))) {
    const path = new URL(request.url).pathname;
    const document = shell({ path, ...notPublished(language), navigation: [] }, reader);
    return { status: 404 as const, ...answerWith(document, reader) };
  }
  const shown = await content(reader);
  const document = shell(
    {
      ...shown,
      navigation: navigationIn(language),
      profile: publication.profile,
      notice: draftNotice(publication, language),
    },
    reader,
  );
  return { status: 200 as const, ...answerWith(document, reader, { hasForm: shown.hasForm ?? false }) };
}

/** What programs get of a page. */
export async function loadJson(ctx: TrustCtx, page: TrustPage): Promise<unknown> {
  const state = await page.load(ctx);
  return page.json ? page.json(state) : state;
}

/** The language by the link that the reader chose, else by what their browser likes best. */
export function readerOf({ url, headers }: Pick<RouteRequest, 'url' | 'headers'>): Reader {
  const chosen = chosenIn(url);
  return { language: chosen ?? languageFor(headers['accept-language']), isChosen: chosen !== undefined };
}

/** Every page of the Trust Center, as links. */
export function navigationIn(language: Language) {
  return pages.map(({ path, short }) => ({ path, name: short[language] }));
}
