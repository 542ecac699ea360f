/**
 * `npm run bench [name …] [-- --json]`: runs the benchmarks of `bench/` and prints what each variant took.
 * Ratios within a run mean something; times belong to the machine.
 */
import { globSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { measure, type Bench, type Figures } from '../bench/bench.ts';
import { root } from './program.ts';

type Result = {
  readonly bench: string;
  readonly say: string;
  readonly atOnce: number;
  readonly figures: readonly Figures[];
};

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
process.exitCode = await main(positionals, values.json ?? false);

async function main(names: readonly string[], asJson: boolean): Promise<number> {
  const known = globSync('bench/*.bench.ts', { cwd: root })
    .map((file) => basename(file, '.bench.ts'))
    .toSorted();
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`no such benchmark: ${unknown.join(', ')}; there are: ${known.join(', ')}`);
    return 2;
  }
  const results: Result[] = [];
  for (const name of names.length > 0 ? names : known) {
    const result = await run(name);
    results.push(result);
    if (!asJson) print(result);
  }
  if (asJson) console.log(JSON.stringify({ node: process.version, cpus: cpus().length, results }, undefined, 2));
  return 0;
}

async function run(name: string): Promise<Result> {
  const file = pathToFileURL(join(root, 'bench', `${name}.bench.ts`)).href;
  const { default: bench } = (await import(file)) as { default: Bench };
  const bed = await bench.open();
  try {
    return { bench: name, say: bench.say, atOnce: bench.atOnce, figures: await measure(bench, bed.variants) };
  } finally {
    await bed.close();
  }
}

function print({ bench, say, atOnce, figures }: Result): void {
  const width = Math.max(...figures.map(({ variant }) => variant.length), 'variant'.length);
  console.log(`\n${bench}: ${say} (${atOnce} at once)`);
  console.log(`  ${'variant'.padEnd(width)}   p50 ms   p95 ms   adds ms   per second   ratio`);
  for (const { variant, p50Ms, p95Ms, addsMs, perSecond, ratio } of figures) {
    const cells = [
      p50Ms.toFixed(2).padStart(8),
      p95Ms.toFixed(2).padStart(8),
      addsMs.toFixed(2).padStart(9),
      perSecond.toFixed(0).padStart(12),
      ratio.toFixed(2).padStart(7),
    ];
    console.log(`  ${variant.padEnd(width)} ${cells.join(' ')}`);
  }
}
