import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadCatalogue } from '#base';
import type { Claim } from '#trust';
import type { Mutation } from '../mutations/mutation.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'test', 'mutations');

/** The mutations of a claim. Throws when it has none. */
export async function mutationsOf(claim: string): Promise<readonly Mutation[]> {
  const module = (await import(pathToFileURL(join(folder, `${claim}.ts`)).href)) as {
    readonly default?: Mutation | readonly Mutation[];
  };
  const found = [module.default ?? []].flat();
  if (found.length === 0) throw new Error(`test/mutations/${claim}.ts has no mutation`);
  return found;
}

/** The ids of all proven claims, sorted. */
export async function provenClaims(): Promise<readonly string[]> {
  const claims = await loadCatalogue<Claim>(join(root, 'src', 'trust', 'claims'));
  return claims.filter(({ item }) => item.kind === 'proven').map(({ id }) => id);
}

/** The ids that files of mutations are named by, sorted. */
export async function mutationFiles(): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name !== 'mutation.ts' && name.endsWith('.ts'));
  return names.map((name) => name.slice(0, -3)).toSorted();
}
