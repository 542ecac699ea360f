/**
 * `npm run screens`: a picture of every page of the dashboard at 390 and 1440 px, light and dark, with a week of calls in
 * it, and all of them on one sheet: `docs/screens.webp`. With any option only what was asked for, and no sheet.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { roles, type Role } from '#access';
import { closeBrowser } from '../test/browser.ts';
import { closeStage, theStage } from '../test/pages/stage.ts';
import { pageRoutes } from '../web/routes.ts';
import { root } from './program.ts';
import { looks, take, type Shot, type Wanted } from './screens/shots.ts';
import { composeSheet } from './screens/sheet.ts';

const options = {
  page: { type: 'string', say: 'the page of this name, as in web/pages' },
  path: { type: 'string', say: 'this address instead' },
  as: { type: 'string', say: `who looks: ${roles.join(', ')} or nobody (default: owner, or nobody where anybody may)` },
  of: {
    type: 'string',
    say: 'how much there is: empty, one, lively (default), many; or nobody, where nobody has come yet',
  },
  language: { type: 'string', say: 'in which language, such as es' },
  width: { type: 'string', say: 'at this width alone' },
  out: { type: 'string', say: 'where the pictures go (default: a new temporary folder)' },
  help: { type: 'boolean', say: 'print this' },
} as const;

type Values = ReturnType<typeof parse>;

process.exitCode = await main(parse(process.argv.slice(2)));

function parse(args: string[]) {
  return parseArgs({ args, options }).values;
}

async function main(values: Values): Promise<number> {
  if (values.help) {
    for (const [name, { say }] of Object.entries(options)) console.log(`  --${name.padEnd(8)} ${say}`);
    return 0;
  }
  const wanted = chosen(values);
  if (wanted.length === 0) {
    console.error('no such page');
    return 2;
  }
  const folder = values.out ?? mkdtempSync(join(tmpdir(), 'sotto-screens-'));
  mkdirSync(folder, { recursive: true });
  try {
    // Evidence is what the page of promises shows; seeing each check fail takes the owner's rights, as at a start.
    if (wanted.some(({ path }) => path === '/promises')) await (await theStage()).world.app.proveNow();
    const shots = await takeAll(wanted, folder, looksOf(values));
    if (Object.keys(values).every((name) => name === 'out')) await composeSheet(shots, join(root, 'docs/screens.webp'));
    for (const { wrong } of shots) if (wrong) console.error(wrong);
    console.log(folder);
    return shots.some(({ wrong }) => wrong) ? 1 : 0;
  } finally {
    await closeBrowser();
    await closeStage();
  }
}

function looksOf({ width }: Values) {
  return width === undefined
    ? looks
    : looks.filter((one) => one.width === 390).map((one) => ({ ...one, width: Number(width) }));
}

function chosen({ page, path, as, of, language }: Values): readonly Wanted[] {
  const guest = { ...(of && { of: of as NonNullable<Wanted['guest']['of']> }), ...(language && { language }) };
  const who = (needs: string) => as ?? (needs === 'all' ? 'nobody' : 'owner');
  const asked = (needs: string): Wanted['guest'] =>
    who(needs) === 'nobody' ? guest : { ...guest, as: who(needs) as Role };
  if (path !== undefined)
    return [{ name: path.replace(/\W+/g, '-').replace(/^-/, '') || 'home', path, guest: asked('owner') }];
  return pageRoutes
    .filter((one) => page === undefined || one.page === page)
    .map((one) => ({
      name: one.path.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home',
      path: one.path,
      guest: asked(one.may),
    }));
}

/** A few at a time: a browser that draws too much at once only gets slower. */
async function takeAll(wanted: readonly Wanted[], folder: string, at: typeof looks): Promise<readonly Shot[]> {
  // What tells of sessions and visits first, before the others have made many.
  const isEarly = ({ path }: Wanted) => path === '/audit' || path === '/account';
  const isLate = ({ path }: Wanted) => path === '/call';
  const rank = (one: Wanted) => (isEarly(one) ? 0 : isLate(one) ? 2 : 1);
  const sorted = wanted.toSorted((a, b) => rank(a) - rank(b));
  const queue = sorted.flatMap((one) => at.map((look) => ({ ...one, look })));
  const shots: Shot[] = [];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) shots.push(...(await take(next, folder)));
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return shots;
}
