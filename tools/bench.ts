/**
 * `npm run bench [name …] [-- --json]`: runs the benchmarks of `bench/` and prints what each variant took.
 * `npm run bench media -- --help` tells the options of one that has its own.
 * Ratios within a run mean something; times belong to the machine.
 */
import { globSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { measure, type Bench, type Custom, type CustomValues, type Figures } from '../bench/bench.ts';
import { root } from './program.ts';

type Result = { readonly document: object; readonly text: string; readonly isSound: boolean };

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const known = globSync('bench/*.bench.ts', { cwd: root })
    .map((file) => basename(file, '.bench.ts'))
    .toSorted();
  const names = args.filter((arg) => known.includes(arg));
  const [only] = names.length === 1 && args[0] === names[0] ? [await load(names[0]!)] : [];
  const options = only && 'options' in only ? only.options : {};
  const given = parse([...args], options);
  if (!given) return 2;
  const { positionals, values } = given;
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`no such benchmark: ${unknown.join(', ')}; there are: ${known.join(', ')}`);
    return 2;
  }
  if (values['help']) {
    for (const [name, { say }] of Object.entries({ ...options, json: { say: 'print one JSON document' } }))
      console.log(`  --${name.padEnd(10)} ${say}`);
    return 0;
  }
  return runAll(names.length > 0 ? names : known, { values, isOnly: names.length === 1 });
}

function parse(args: string[], own: Custom['options']) {
  try {
    const options = { ...own, json: { type: 'boolean' }, help: { type: 'boolean' } } as const;
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
    return { positionals, values: values as CustomValues };
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}

type Wish = { readonly values: CustomValues; readonly isOnly: boolean };

async function runAll(names: readonly string[], { values, isOnly }: Wish): Promise<number> {
  const documents: object[] = [];
  let isSound = true;
  for (const name of names) {
    const bench = await load(name);
    const result = await ('options' in bench
      ? runCustom(name, bench, isOnly ? values : bench.short)
      : run(name, bench));
    documents.push({ bench: name, say: bench.say, ...result.document });
    isSound &&= result.isSound;
    if (!values['json']) console.log(`\n${result.text}`);
  }
  const machine = { node: process.version, cpus: cpus().length };
  if (values['json']) console.log(JSON.stringify({ ...machine, results: documents }, undefined, 2));
  return isSound ? 0 : 1;
}

async function load(name: string): Promise<Bench | Custom> {
  const file = pathToFileURL(join(root, 'bench', `${name}.bench.ts`)).href;
  return ((await import(file)) as { default: Bench | Custom }).default;
}

async function runCustom(name: string, bench: Custom, values: CustomValues): Promise<Result> {
  const result = await bench.run(values, (line) => console.error(`${name}: ${line}`));
  return { ...result, text: `${name}: ${bench.say}\n${result.text}` };
}

async function run(name: string, bench: Bench): Promise<Result> {
  const bed = await bench.open();
  try {
    const figures = await measure(bench, bed.variants);
    const text = [`${name}: ${bench.say} (${bench.atOnce} at once)`, ...table(figures)].join('\n');
    return { document: { atOnce: bench.atOnce, figures }, text, isSound: true };
  } finally {
    await bed.close();
  }
}

function table(figures: readonly Figures[]): readonly string[] {
  const width = Math.max(...figures.map(({ variant }) => variant.length), 'variant'.length);
  const head = `  ${'variant'.padEnd(width)}   p50 ms   p95 ms   adds ms   per second   ratio`;
  const rows = figures.map(({ variant, p50Ms, p95Ms, addsMs, perSecond, ratio }) => {
    const cells = [
      p50Ms.toFixed(2).padStart(8),
      p95Ms.toFixed(2).padStart(8),
      addsMs.toFixed(2).padStart(9),
      perSecond.toFixed(0).padStart(12),
      ratio.toFixed(2).padStart(7),
    ];
    return `  ${variant.padEnd(width)} ${cells.join(' ')}`;
  });
  return [head, ...rows];
}
