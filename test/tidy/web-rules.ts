import { target, type Repository, type Rule, type SourceFile } from './repository.ts';

function dashboard({ files }: Repository): readonly SourceFile[] {
  return files.filter(({ path }) => path.startsWith('web/'));
}

/** The part of the dashboard that a file belongs to: a page's folder, or `parts`, `api`, `words`, `shell`. */
function placeOf(path: string): string {
  return path.startsWith('web/pages/') ? path.split('/').slice(0, 3).join('/') : path.split('/').slice(0, 2).join('/');
}

const pagesStandAlone: Rule = {
  say: 'a page of the dashboard imports no other page, and what pages share imports no page',
  look: (repository) =>
    dashboard(repository).flatMap((file) => {
      const own = placeOf(file.path);
      return file.imports
        .filter((name) => name.startsWith('.'))
        .map((name) => placeOf(target(file.path, name)))
        .filter((place) => place.startsWith('web/pages/') && place !== own)
        .map((place) => `${file.path} imports ${place}; what two pages need belongs in web/parts`);
    }),
  breaks: [
    ['web/pages/calls/page.tsx', "import { Lead } from '../leads/lead.tsx';"],
    ['web/parts/a.tsx', "import { Lead } from '../pages/leads/lead.tsx';"],
  ],
  keeps: [
    ['web/pages/calls/page.tsx', "import { Row } from './row.tsx'; import { Card } from '../../parts/card.tsx';"],
  ],
};

const pagesKnowTheApiAlone: Rule = {
  say: 'the dashboard knows the product by its API: nothing of src is in the browser, and nothing of the server knows a page',
  look: ({ files }) => [
    ...files
      .filter(({ path }) => path.startsWith('web/') && path !== 'web/vite.config.ts')
      .filter((file) =>
        file.imports.some((name) => name.startsWith('#') || name.startsWith('node:') || /\/src\//.test(name)),
      )
      .map(({ path }) => `${path} imports from the server; ask the API`),
    ...files
      .filter(({ path }) => path.startsWith('src/'))
      .filter((file) => file.imports.some((name) => name.startsWith('.') && target(file.path, name).startsWith('web/')))
      .map(({ path }) => `${path} imports from web/; the build tells the server its pages`),
  ],
  breaks: [
    ['web/parts/a.ts', "import { isProblem } from '#base';"],
    ['web/parts/b.ts', "import { isProblem } from '../../src/base/index.ts';"],
    ['src/screens/a.ts', "import { pageRoutes } from '../../web/routes.ts';"],
  ],
};

const nothingBecomesMarkup: Rule = {
  say: 'no page turns text into markup or reaches round the content security policy',
  look: (repository) =>
    dashboard(repository)
      .filter(({ code }) =>
        /dangerouslySetInnerHTML|\.(?:inner|outer)HTML\b|insertAdjacentHTML|\bdocument\.write\b|\beval\(|new Function\(/.test(
          code,
        ),
      )
      .map(({ path }) => `${path} writes markup; let React make elements`),
  breaks: [
    ['web/parts/a.tsx', 'element.innerHTML = text;'],
    ['web/parts/b.tsx', 'return <p dangerouslySetInnerHTML={{ __html: text }} />;'],
  ],
};

// What must not be there has to be absent at once: a count of 0 and what is shut are read once.
const readOnce =
  /\bassert\.\w+\((?:[^;]*\bawait\b[^;]*\.(?:count\(\)(?!, 0\))|(?:inputValue|(?:allI|i)nnerTexts?|textContent|getAttribute)\()|[^;]*\bpage\.url\(\))/g;

const whatAPageShowsIsWaitedFor: Rule = {
  say: 'no test of a page asserts what it read once: it waits until the page has become so',
  look: ({ files }) =>
    files
      .filter(({ path }) => path.startsWith('test/pages/'))
      .flatMap(({ path, code }) =>
        Array.from(code.matchAll(readOnce), ([found]) => `${path}: ${found} reads once; use becomes()`),
      ),
  breaks: [
    ['test/pages/a.test.ts', "assert.equal(await page.getByLabel('Name').inputValue(), 'Robin');"],
    ['test/pages/b.test.ts', "assert.equal(new URL(page.url()).hash, '#people');"],
    ['test/pages/c.test.ts', 'assert.ok((await rows.count()) < all);'],
  ],
  keeps: [
    ['test/pages/d.test.ts', 'await becomes(() => rows.count(), 3);\nassert.equal(await answer.text(), told);'],
    ['test/pages/e.test.ts', 'assert.equal(await rows.count(), 0);'],
    ['test/proof/f.test.ts', 'assert.equal(await things.count(), 3);'],
  ],
};

export const webRules: readonly Rule[] = [
  pagesStandAlone,
  pagesKnowTheApiAlone,
  nothingBecomesMarkup,
  whatAPageShowsIsWaitedFor,
];
