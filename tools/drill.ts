/**
 * `npm run drill`: a call for every fault of the speech model at every step of a conversation, on one running product.
 * Exit code 1 when a call did not go on as it should, or a caller heard nothing for more than two seconds; 2 when it was
 * asked for something that does not exist.
 */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { allCases, someCases, type Case } from '../test/drill/cases.ts';
import { drill, type Drilled, type DrillReport } from '../test/drill/drill.ts';

const mostSilenceMs = 2_000;
/** With more calls at once the machine would be what is measured. */
const callsForEachCpu = 40;

const options = {
  'only': { type: 'string', say: 'the cases that have this in "step | fault"' },
  'some': { type: 'boolean', say: 'every step and every fault, but not every fault at every step' },
  'at-once': { type: 'string', say: `calls at the same time (default: ${callsForEachCpu} for each processor)` },
  'json': { type: 'boolean', say: 'print one JSON document' },
  'help': { type: 'boolean', say: 'print this' },
} as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const values = parse(args);
  if (!values) return 2;
  if (values.help) {
    for (const [name, { say }] of Object.entries(options)) console.log(`  --${name.padEnd(8)} ${say}`);
    return 0;
  }
  const atOnce = Number(values['at-once'] ?? availableParallelism() * callsForEachCpu);
  const cases = chosen(values.some ? someCases() : allCases(), values.only ?? '');
  if (cases.length > 0 && Number.isInteger(atOnce) && atOnce > 0) return run(cases, atOnce, values.json ?? false);
  console.error('no such cases, or no such number of calls');
  return 2;
}

async function run(cases: readonly Case[], atOnce: number, isJson: boolean): Promise<number> {
  const startedAt = performance.now();
  const tell = ({ step, fault }: Drilled) => console.error(`done: ${step} | ${fault}`);
  const report = await drill({ cases, atOnce, tell });
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  const isSound = report.mistakes.length === 0 && report.calls.every(isWell);
  if (isJson) console.log(JSON.stringify(documentOf(report, { isSound, atOnce, seconds }), undefined, 2));
  else print(report, `${cases.length} calls, ${atOnce} at once, ${seconds} s`);
  return isSound ? 0 : 1;
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}

function chosen(cases: readonly Case[], only: string): readonly Case[] {
  return cases.filter(({ step, fault }) => `${step} | ${fault}`.includes(only));
}

function isWell({ wrong, gapMs }: Drilled): boolean {
  return wrong.length === 0 && gapMs <= mostSilenceMs;
}

function documentOf({ calls, mistakes }: DrillReport, run: object): object {
  const machine = { node: process.version, cpus: cpus().length };
  return { ...machine, ...run, mostSilenceMs, longestGapMs: longest(calls), mistakes, calls };
}

function longest(calls: readonly Drilled[]): number {
  return Math.max(...calls.map(({ gapMs }) => gapMs));
}

function print({ calls, mistakes }: DrillReport, run: string): void {
  const width = (name: 'step' | 'fault') => Math.max(...calls.map((one) => one[name].length), name.length);
  const row = (step: string, fault: string, how: string, gap: string) =>
    `  ${step.padEnd(width('step'))}  ${fault.padEnd(width('fault'))}  ${how.padEnd(12)}  ${gap.padStart(6)}`;
  console.log(row('step', 'fault', 'went on by', 'gap ms'));
  for (const one of calls) {
    console.log(`${row(one.step, one.fault, one.how, String(one.gapMs))}${isWell(one) ? '' : '  <--'}`);
  }
  for (const one of calls.filter((call) => !isWell(call))) explain(one);
  for (const mistake of mistakes) console.log(`\nthe product made a mistake: ${mistake}`);
  const count = (how: Drilled['how']) => `${calls.filter((one) => one.how === how).length} by ${how}`;
  const ways = (['same session', 'reconnect', 'relay', 'gather'] as const).map(count).join(', ');
  console.log(`\n${run}: ${ways}; longest silence ${longest(calls)} ms`);
}

function explain({ step, fault, gapMs, gapAtMs, wrong, talk, books }: Drilled): void {
  console.log(`\n${step} | ${fault}: silence of ${gapMs} ms from ${(gapAtMs / 1_000).toFixed(1)} s on`);
  for (const line of wrong) console.log(`  ${line}`);
  console.log(['  heard:', ...talk, '  in the books:', ...books].map((line) => `  ${line}`).join('\n'));
}
