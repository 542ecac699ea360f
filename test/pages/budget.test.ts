import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ensureScreens } from '../../tools/web/build.ts';
import { root } from '../../tools/program.ts';

const dist = join(root, 'web/dist');
/** What a browser has to load and run before it can show any page; a slow telephone line takes a second for 100 kB. */
const budgetBytes = 250 * 1024;

/** A script and all that it imports before it runs. */
function scriptsFrom(entry: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(entry)) return found;
  found.add(entry);
  const text = readFileSync(join(dist, entry), 'utf8');
  const imported = text.matchAll(/(?:^|[;\s}])(?:import|export)\b[^;'"()]*?["']\.\/([\w.-]+\.js)["']/g);
  for (const [, name] of imported) scriptsFrom(`assets/${name}`, found);
  return found;
}

test('the scripts that every page begins with are at most 250 kB, packed', async () => {
  await ensureScreens();
  const document = readFileSync(join(dist, 'index.html'), 'utf8');
  const entries = [...document.matchAll(/(?:src|href)="\/(assets\/[\w.-]+\.js)"/g)].map(([, path]) => path!);
  assert.ok(entries.length > 0, 'the document loads a script');
  const all = new Set(entries.flatMap((entry) => [...scriptsFrom(entry)]));
  const bytes = [...all].reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0);
  assert.ok(bytes > 50_000 && bytes <= budgetBytes, `${[...all].join(', ')}: ${bytes} bytes`);
});

test('the build puts nothing into data: addresses and writes no script into the document', async () => {
  await ensureScreens();
  const document = readFileSync(join(dist, 'index.html'), 'utf8');
  assert.doesNotMatch(document, /<script(?![^>]*\ssrc=)/);
  assert.doesNotMatch(document, /data:|style=/);
});
