/**
 * `npm run mutate`: breaks the control behind every proven claim on purpose, and sees the claim fail. Exit code 1 when one
 * was not noticed, or for another reason than it should; 2 when it was asked for a claim that does not exist.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { startCluster } from '../test/cluster-server.ts';
import { provenClaims } from '../test/mutating/load.ts';
import { tryMutations, type Tried } from '../test/mutating/run.ts';

const options = {
  jobs: { type: 'string', say: 'how many at the same time (default: one for each processor)' },
  quick: { type: 'boolean', say: 'only those that npm test tries' },
  json: { type: 'boolean', say: 'print one JSON document' },
  help: { type: 'boolean', say: 'print this' },
} as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const asked = parse(args);
  if (!asked) return 2;
  const { values, positionals } = asked;
  if (values.help) {
    console.log('npm run mutate -- [options] [claim ...]');
    for (const [name, { say }] of Object.entries(options)) console.log(`  --${name.padEnd(6)} ${say}`);
    return 0;
  }
  const proven = await provenClaims();
  const unknown = positionals.filter((id) => !proven.includes(id));
  const jobs = Number(values.jobs ?? availableParallelism());
  if (unknown.length > 0 || !Number.isInteger(jobs) || jobs < 1) {
    console.error(unknown.length > 0 ? `no such proven claim: ${unknown.join(', ')}` : 'no such number of jobs');
    return 2;
  }
  const claims = positionals.length > 0 ? positionals : proven;
  return run({ claims, jobs, isQuickOnly: values.quick ?? false }, values.json ?? false);
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}

async function run(
  asked: Pick<Parameters<typeof tryMutations>[0], 'claims' | 'jobs' | 'isQuickOnly'>,
  isJson: boolean,
): Promise<number> {
  const startedMs = performance.now();
  const cluster = await startCluster();
  const tried = await tryMutations({ ...asked, ...(isJson ? {} : { tell: print }) }, cluster).finally(cluster.stop);
  const seconds = Math.round((performance.now() - startedMs) / 1_000);
  const missed = tried.filter(({ isCaught }) => !isCaught);
  if (isJson) {
    const caught = tried.length - missed.length;
    console.log(JSON.stringify({ caught, tried: tried.length, seconds, mutations: tried }, undefined, 2));
  } else {
    console.log(`\ncaught ${tried.length - missed.length} of ${tried.length}, ${seconds} s`);
    if (missed.length > 0) console.log(`not caught: ${missed.map(({ claim }) => claim).join(', ')}`);
  }
  return missed.length === 0 ? 0 : 1;
}

function print({ claim, breaks, isCaught, why, tookMs }: Tried): void {
  const seconds = (tookMs / 1_000).toFixed(1).padStart(5);
  console.log(`${isCaught ? 'caught' : 'MISSED'} ${seconds} s  ${claim}: ${breaks}\n                 ${why}`);
}
