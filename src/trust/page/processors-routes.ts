import { Type } from 'typebox';
import { iso, markup, problem, type Markup } from '#base';
import { route, type Route } from '#edge';
import { instanceId } from '#safeguards/accounts';
import { versionOf, versionsOf, type VersionLine } from '#safeguards/register';
import type { Language } from '../claim.ts';
import { answerPage, pageOutput, readerOf } from './page-routes.ts';
import { versionTable } from './processors-body.ts';
import { diffBody, fieldName } from './processors-diff.ts';
import { lineJson, versionJson, versionSchema, versionsSchema } from './processors-shape.ts';
import { processorsWords } from './processors-words.ts';
import { insistShown, publicationOf } from './publication.ts';
import type { TrustCtx } from './trust-page.ts';

const open = { may: 'public', limit: 'public', audits: null } as const;
const params = Type.Object({ number: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }) });

/** Every version of the register with what it changed, and the feed. */
export function processorsRoutes(ctx: TrustCtx): readonly Route[] {
  return [versionsRoute(ctx), versionsData(ctx), versionRoute(ctx), versionData(ctx), feedRoute(ctx)];
}

function all(ctx: TrustCtx): Promise<readonly VersionLine[]> {
  return ctx.db.tenant(instanceId, (tx) => versionsOf(tx, instanceId));
}

async function one(ctx: TrustCtx, number: number) {
  return ctx.db.tenant(instanceId, async (tx) => {
    const version = await versionOf(tx, instanceId, number);
    if (!version) throw problem('not-found', 'There is no such version of the register.');
    const before = number > 1 ? await versionOf(tx, instanceId, number - 1) : undefined;
    return { version, before };
  });
}

function versionsRoute(ctx: TrustCtx): Route {
  return route({
    ...open,
    method: 'GET',
    path: '/trust/processors/versions',
    say: 'Trust Center: every version of the register of processors, and what it changed.',
    output: pageOutput,
    run: (request) =>
      answerPage(ctx, request, async ({ language }) => ({
        path: '/trust/processors/versions',
        title: processorsWords[language].versions.title,
        body: versionTable(await all(ctx), language),
        data: '/trust/processors/versions.json',
      })),
  });
}

function versionsData(ctx: TrustCtx): Route {
  return route({
    ...open,
    method: 'GET',
    path: '/trust/processors/versions.json',
    say: 'Trust Center, as data: every version of the register of processors.',
    problems: ['trust-not-published'],
    output: { 200: versionsSchema },
    async run(request) {
      await insistShown(ctx, await publicationOf(ctx), request);
      return { status: 200 as const, json: { versions: (await all(ctx)).map(lineJson) } };
    },
  });
}

function versionRoute(ctx: TrustCtx): Route {
  return route({
    ...open,
    method: 'GET',
    path: '/trust/processors/versions/:number',
    say: 'Trust Center: one version of the register of processors against the one before it.',
    params,
    problems: ['not-found'],
    output: pageOutput,
    async run(request) {
      const number = Number(request.params.number);
      const { version, before } = await one(ctx, number);
      return answerPage(ctx, request, async ({ language }) => ({
        path: `/trust/processors/versions/${number}`,
        title: `${processorsWords[language].short}: ${processorsWords[language].versionName(number)}`,
        body: diffBody(version, before, language),
        data: `/trust/processors/versions/${number}.json`,
      }));
    },
  });
}

function versionData(ctx: TrustCtx): Route {
  return route({
    ...open,
    method: 'GET',
    path: '/trust/processors/versions/:number.json',
    say: 'Trust Center, as data: one version of the register of processors, as it was hashed.',
    params,
    problems: ['not-found', 'trust-not-published'],
    output: { 200: versionSchema },
    async run(request) {
      await insistShown(ctx, await publicationOf(ctx), request);
      const { version } = await one(ctx, Number(request.params.number));
      return { status: 200 as const, json: versionJson(version) };
    },
  });
}

function feedRoute(ctx: TrustCtx): Route {
  return route({
    ...open,
    method: 'GET',
    path: '/trust/processors.atom',
    say: 'The register of processors as a feed (RFC 4287): one entry for each version. By `?lang=` or Accept-Language.',
    problems: ['trust-not-published'],
    output: { 200: Type.String({ contentMediaType: 'application/atom+xml' }) },
    async run(request) {
      await insistShown(ctx, await publicationOf(ctx), request);
      const { language } = readerOf(request);
      const body = `<?xml version="1.0" encoding="utf-8"?>\n${feed(ctx.publicUrl(), await all(ctx), language).text}`;
      const headers = { 'content-language': language, 'vary': 'accept-language' };
      return { status: 200 as const, headers, contentType: 'application/atom+xml; charset=utf-8', body };
    },
  });
}

/** In every language it is the same feed: ids are without one, so a reader who changes it gets nothing twice. */
function feed(origin: string, versions: readonly VersionLine[], language: Language): Markup {
  const { title } = processorsWords[language];
  const [newest] = versions;
  return markup`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>${origin}/trust/processors</id>
<title>${title}</title>
<author><name>Sotto</name></author>
<link href="${origin}/trust/processors?lang=${language}"/>
<link rel="self" href="${origin}/trust/processors.atom?lang=${language}"/>
<updated>${iso(newest?.at ?? 0)}</updated>
${versions.slice(0, 100).map((version) => feedEntry(origin, version, language))}</feed>
`;
}

function feedEntry(origin: string, version: VersionLine, language: Language): Markup {
  const { number, at, hash, changes } = version;
  const { added, removed, changed } = changes;
  const text = processorsWords[language];
  const part = (name: string, ids: readonly string[]) => (ids.length === 0 ? [] : [`${name}: ${ids.join(', ')}`]);
  const summary = [
    ...part(text.added, added),
    ...part(text.removed, removed),
    ...part(
      text.changed,
      changed.map(({ id, fields }) => `${id} (${fields.map((field) => fieldName(field, language)).join(', ')})`),
    ),
  ];
  return markup`<entry>
<id>${origin}/trust/processors/versions/${number}#${hash.slice(0, 16)}</id>
<title>${text.versionName(number)}</title>
<link href="${origin}/trust/processors/versions/${number}?lang=${language}"/>
<updated>${iso(at)}</updated>
<summary>${summary.join('. ') || text.unchanged}</summary>
</entry>
`;
}
