import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A feature that one page may use and the others may not; `second-factor` is a passkey that is shown and not made. */
export type Opens = 'microphone' | 'passkeys' | 'second-factor';

/** One page as the build lists it: its path as a route writes it (`/calls/:id`), and what it opens. */
export type Screen = { readonly path: string; readonly opens: readonly Opens[] };

/** A file that never changes under its name, in the forms in which it is sent. */
export type Asset = {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzip: Buffer | undefined;
  readonly br: Buffer | undefined;
};

/** The dashboard as `npm run build` left it: the document that every page begins with, and what it loads. */
export type Screens = {
  readonly document: string;
  readonly screens: readonly Screen[];
  /** By their path, such as `/assets/index-1a2b.js`. */
  readonly assets: ReadonlyMap<string, Asset>;
};

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.json': 'application/json',
};

/** Where the build puts it. */
const folder = join(import.meta.dirname, '../../web/dist');

/** What the build left; undefined when nothing was built. */
export function builtScreens(from: string = folder): Screens | undefined {
  try {
    const document = readFileSync(join(from, 'index.html'), 'utf8');
    const screens = JSON.parse(readFileSync(join(from, 'screens.json'), 'utf8')) as readonly Screen[];
    return { document, screens, assets: assetsIn(from) };
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
    throw error;
  }
}

function assetsIn(from: string): ReadonlyMap<string, Asset> {
  const names = readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && Object.hasOwn(types, extname(one.name)) && one.name !== 'screens.json')
    .map((one) => join(one.parentPath, one.name));
  return new Map(
    names.map((file) => [
      file.slice(from.length).replaceAll('\\', '/'),
      {
        type: types[extname(file)]!,
        plain: readFileSync(file),
        gzip: packed(`${file}.gz`),
        br: packed(`${file}.br`),
      },
    ]),
  );
}

function packed(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
