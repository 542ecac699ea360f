import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from 'typebox';
import { markup, problem, problems, type Markup, type ProblemCode } from '#base';
import { route, type Route } from '#edge';
import { plainPage } from '#trust';

/** The page behind the `type` of every problem document (RFC 9457 §3.1.1): what happened, and what to do about it. */
export async function problemRoutes(): Promise<Route[]> {
  const explained = explanations(await readFile(reference, 'utf8'));
  return [
    route({
      method: 'GET',
      path: '/problems/:code',
      say: 'What an error code means.',
      may: 'public',
      limit: 'public',
      audits: null,
      params: Type.Object({ code: Type.String({ pattern: '^[a-z][a-z-]{1,60}$' }) }),
      output: { 200: Type.String({ contentMediaType: 'text/html' }) },
      async run({ params: { code } }) {
        if (!Object.hasOwn(problems, code)) throw problem('not-found', 'No problem has that code.');
        const { title, status } = problems[code as ProblemCode];
        const told = explained.get(code) ?? [];
        return plainPage(title, markup`<p><code>${code}</code>, HTTP status ${status}.</p>${told}`);
      },
    }),
  ];
}

const reference = join(import.meta.dirname, '../../docs/reference/problems.md');

/** The paragraphs below each heading, without the line of status and title; `docs.test.ts` holds their form. */
function explanations(text: string): ReadonlyMap<string, readonly Markup[]> {
  const sections = text.split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [code = '', , ...paragraphs] = section.trim().split('\n\n');
      return [code, paragraphs.map((one) => markup`<p>${inline(one)}</p>`)];
    }),
  );
}

/** The two marks that the reference uses inside a paragraph: `code` and **bold**. */
function inline(text: string): readonly (string | Markup)[] {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`')) return markup`<code>${part.slice(1, -1)}</code>`;
    return part.startsWith('**') ? markup`<strong>${part.slice(2, -2)}</strong>` : part;
  });
}
