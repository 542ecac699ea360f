import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Keeper } from './claim.ts';

/** Where something of ours stands in the repository: the path from its root, and the line where there is one. */
export type SourcePlace = { readonly name: string; readonly path: string; readonly line: number | null };

const root = join(import.meta.dirname, '../..');

/** The file of a claim. */
export function claimPlace(claim: string): SourcePlace {
  return { name: `${claim}.ts`, path: `src/trust/claims/${claim}.ts`, line: null };
}

/**
 * Where what keeps a claim stands: its file imports each keeper by name, so the door or file named there holds the
 * definition. A name that is not found this way has no place, and is shown as a name alone.
 */
export async function keeperPlaces(
  claim: string,
  kept: readonly Keeper[],
): Promise<readonly (SourcePlace | { readonly name: string; readonly path: null })[]> {
  const text = await readFile(join(root, claimPlace(claim).path), 'utf8');
  return Promise.all(
    kept.map(async (keeper) => {
      if (typeof keeper === 'string') return { name: keeper, path: keeper, line: null };
      const from = importsOf(text).get(keeper.name);
      const found = from === undefined ? undefined : await definitionIn(from, keeper.name);
      return found ?? { name: keeper.name, path: null };
    }),
  );
}

/** Every imported name with the folder or file that it comes from, from the root. */
function importsOf(text: string): ReadonlyMap<string, string> {
  const imports = text.matchAll(/^import \{([^}]*)\} from '([^']+)';/gm);
  return new Map(
    Array.from(imports, ([, names = '', from = '']) =>
      names.split(',').map((name) => [name.trim().replace(/^.* as /, ''), folderOf(from)] as const),
    ).flat(),
  );
}

function folderOf(from: string): string {
  return from.startsWith('#')
    ? `src/${from.slice(1)}`
    : relative(root, join(root, 'src/trust/claims', from)).replaceAll('\\', '/');
}

async function definitionIn(from: string, name: string): Promise<SourcePlace | undefined> {
  const defines = new RegExp(`^export (?:async )?(?:function\\*?|const|class) ${name}\\b`, 'm');
  for (const path of await filesAt(from)) {
    const text = await readFile(join(root, path), 'utf8');
    const at = text.search(defines);
    if (at >= 0) return { name, path, line: text.slice(0, at).split('\n').length };
  }
  return undefined;
}

async function filesAt(from: string): Promise<readonly string[]> {
  if (from.endsWith('.ts')) return [from];
  const entries = await readdir(join(root, from), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted();
}
