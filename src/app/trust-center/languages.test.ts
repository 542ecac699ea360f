import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadClaims, loadFrameworks, processorsOutside } from '#trust';
import { parrot } from '../../../test/parrot.ts';
import { publish } from '../../../test/publish.ts';
import { world, type World } from '../../../test/world.ts';

/** Every page that the navigation leads to, every law, a promise of each kind, and what is answered instead of one. */
async function everyPath(w: World): Promise<readonly string[]> {
  const { body } = await ask(w, '/trust');
  const navigation = /<nav class="pages"[^]*?<\/nav>/.exec(body)?.[0] ?? '';
  const pages = [...navigation.matchAll(/href="([^"?]+)/g)].map(([, path]) => path!);
  const frameworks = (await loadFrameworks()).map(({ id }) => `/trust/frameworks/${id}`);
  const claims = [...Map.groupBy(await loadClaims(), ({ item }) => item.kind).values()];
  const others = [
    '/trust/processors/versions',
    '/trust/processors/subscription',
    '/trust/of/harbour',
    '/trust/nowhere',
  ];
  return [...pages, ...frameworks, ...claims.map(([first]) => `/trust/claims/${first!.id}`), ...others];
}

function ask(w: World, path: string) {
  return w.app.server.inject({ method: 'GET', url: `${path}?lang=hi`, headers: { accept: 'text/html' } });
}

/** What is read on a page, in pieces, without what is the same in every language and what says that it is English. */
function wordsOn(page: string): readonly string[] {
  return page
    .replace(/<style>[^]*?<\/style>|<nav class="languages"[^]*?<\/nav>/g, '')
    .replace(/<(code|time|q|span|td)(?: [^>]*)? lang="en"[^>]*>[^]*?<\/\1>/g, '')
    .replace(/<(code|time)\b[^>]*>[^]*?<\/\1>|<a href="(?:mailto:|https?:)[^>]*>[^]*?<\/a>/g, '')
    .replace(/<span id="line-[^>]*>[^]*?<\/span>|<a href="[^"]*#line-[^>]*>[^]*?<\/a>/g, '')
    .replace(/ (?:aria-label|placeholder|title|data-head)="([^"]*)"/g, '>$1<')
    .split(/<[^>]*>|[>\n]/)
    .map((piece) => piece.trim());
}

test('whoever reads Hindi reads no English below /trust, but for names and what is said to be English', async (t) => {
  const w = await world(t, { model: parrot });
  await publish(w.ctx);
  await publish(w.ctx, { organisation: w.demo.organisation, slug: 'harbour' });
  const names = [
    'Sotto',
    'Harbour Dental Group LLC',
    '1 Pier Road',
    ...(await processorsOutside()).map(({ name }) => name),
  ];
  const laws = (await loadFrameworks()).flatMap(({ item: { name, edition } }) => [name.hi, edition.hi]);
  const paths = await everyPath(w);
  assert.ok(paths.length > 25);
  for (const path of paths) {
    const { body } = await ask(w, path);
    assert.match(body, /<html lang="hi">/, path);
    const left = wordsOn(body).filter(
      (piece) =>
        /[a-z]{3}/.test(piece) &&
        !/\p{Script=Devanagari}/u.test(piece) &&
        !/^(?:\/trust|src\/|migrations\/)/.test(piece) &&
        ![...names, ...laws].some((name) => piece.startsWith(name)),
    );
    assert.deepEqual(left, [], path);
  }
});
