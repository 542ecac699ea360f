import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A Chromium that can be started: the program, and the environment that it needs besides ours. */
export type Chromium = { readonly program: string; readonly env: Readonly<Record<string, string>> };

const root = join(import.meta.dirname, '..');
const delivered = join(root, 'node_modules/@sparticuz/chromium');
const unpacked = join(root, 'node_modules/.cache/sotto-chromium');

/**
 * The one that CHROME_PATH names, else an installed one, else the one that npm delivers. Rejects with what to do when
 * there is none. Any number of processes may ask at once.
 */
export async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<Chromium> {
  const named = env['CHROME_PATH'];
  if (named && !existsSync(named)) throw new Error(`CHROME_PATH names ${named}, and there is no such file.`);
  const program = named || installedOn(process.platform, env).find((path) => existsSync(path));
  if (program) return { program, env: {} };
  // It is built for this one alone.
  if (process.platform === 'linux' && process.arch === 'x64' && existsSync(delivered)) return unpack();
  throw new Error(
    'The tests of the pages need Chromium or Chrome and found none. Install one, or name one in CHROME_PATH.',
  );
}

/** Where Chrome and Chromium are when somebody has installed them, the steadiest first. */
export function installedOn(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly string[] {
  if (platform === 'darwin') {
    const programs = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `${name}.app/Contents/MacOS/${name}`,
    );
    const folders = ['/Applications', ...(env['HOME'] ? [`${env['HOME']}/Applications`] : [])];
    return programs.flatMap((program) => folders.map((folder) => `${folder}/${program}`));
  }
  if (platform === 'win32') {
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe'];
    const edge = 'Microsoft\\Edge\\Application\\msedge.exe';
    const folders = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((name) => env[name] ?? []);
    return [...programs, edge].flatMap((program) => folders.map((folder) => `${folder}\\${program}`));
  }
  // A snap sees neither our folder for temporary files nor the profile in it.
  const isSnap = existsSync('/snap/bin/chromium');
  const names = ['google-chrome-stable', 'google-chrome', ...(isSnap ? [] : ['chromium', 'chromium-browser'])];
  return names.map((name) => `/usr/bin/${name}`);
}

/**
 * Unpacks the delivered one beside the packages, once per version: into a folder of our own, which is moved into its
 * place when it is complete. Whoever comes second takes the first one's.
 */
async function unpack(): Promise<Chromium> {
  const { version } = JSON.parse(readFileSync(join(delivered, 'package.json'), 'utf8')) as { version: string };
  const place = join(unpacked, version);
  if (!existsSync(place)) {
    await mkdir(unpacked, { recursive: true });
    const aside = await mkdtemp(join(unpacked, 'unpacking-'));
    try {
      await fill(aside, place);
      await rename(aside, place).catch((error: unknown) => {
        if (!existsSync(place)) throw error;
      });
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
    await sweep(version);
  }
  return {
    program: join(place, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(place, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: join(place, 'fonts.conf') }),
    },
  };
}

async function fill(aside: string, place: string): Promise<void> {
  // Its package unpacks into the folder for temporary files, and its libraries only where it takes itself to be in AWS.
  const env = { ...process.env, TMPDIR: aside, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' };
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'children/unpack-chromium.ts')], {
    env,
    timeout: 120_000,
  });
  const fonts = `<?xml version="1.0"?><fontconfig><dir>${place}/fonts/fonts</dir><cachedir>${place}/cache</cachedir></fontconfig>`;
  await writeFile(join(aside, 'fonts.conf'), fonts);
}

/** Takes away the versions before this one. */
async function sweep(version: string): Promise<void> {
  const others = (await readdir(unpacked)).filter((name) => name !== version && !name.startsWith('unpacking-'));
  await Promise.all(others.map((name) => rm(join(unpacked, name), { recursive: true, force: true })));
}
