import { createHash } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { pageRoutes, type PageRoute } from '../../web/routes.ts';
import { root } from '../program.ts';

const web = join(root, 'web');
const dist = join(web, 'dist');
const stamp = 'sources.txt';

/** True when the dashboard can be built here and what was built, if anything, was built from other sources. */
export function isStale(): boolean {
  if (!existsSync(join(root, 'node_modules/vite'))) return false;
  const file = join(dist, stamp);
  return !existsSync(file) || readFileSync(file, 'utf8') !== sourcesHash();
}

/** Builds the dashboard when it is stale. Two at once do not disturb each other: each builds aside and moves it into place. */
export async function ensureScreens(): Promise<void> {
  if (isStale()) await buildScreens();
}

/** Builds `web/dist`: the bundles, each packed for sending, the list of pages, and what it was built from. */
export async function buildScreens(): Promise<void> {
  const sources = sourcesHash();
  const { build } = await import('vite');
  forgetUnfinished();
  const aside = join(web, `.dist-${process.pid}`);
  await build({ configFile: join(web, 'vite.config.ts'), logLevel: 'warn', build: { outDir: aside } });
  for (const file of filesIn(aside)) pack(file);
  const screens = pageRoutes.map((page) => ({ path: page.path.replaceAll('$', ':'), opens: openedBy(page) }));
  writeFileSync(join(aside, 'screens.json'), JSON.stringify(screens));
  writeFileSync(join(aside, stamp), sources);
  rmSync(dist, { recursive: true, force: true });
  renameSync(aside, dist);
}

/** Whoever is signed in can be asked for their second factor on every page. */
function openedBy({ may, opens = [] }: PageRoute): readonly string[] {
  return may === 'all' ? opens : [...opens, 'second-factor'];
}

/** What builds that were killed have left: theirs is the number of a process that is no more. */
function forgetUnfinished(): void {
  for (const folder of globSync('.dist-*', { cwd: web })) {
    if (!isRunning(Number(folder.slice('.dist-'.length)))) rmSync(join(web, folder), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Everything that decides what is built. */
function sourcesHash(): string {
  const files = globSync('**/*', { cwd: web, exclude: (name) => name === 'dist' || name.startsWith('.dist-') })
    .filter((file) => !/^(?:dist|\.dist-)/.test(file) && statSync(join(web, file)).isFile())
    .toSorted();
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const file of [...files, '../tools/web/build.ts'])
    hash.update(`\0${file}\0`).update(readFileSync(join(web, file)));
  return hash.digest('hex');
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name));
}

/** What is text, and large enough to be worth it, is sent packed; that is done once, here. */
function pack(file: string): void {
  const bytes = readFileSync(file);
  if (!['.js', '.css', '.svg'].includes(extname(file)) || bytes.length < 1_024) return;
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}
