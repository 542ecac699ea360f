/**
 * `npm run soak`: fifty rounds of killing processes in the middle of calls, of rotations, of erasures and of ending what is
 * due; then two thousand worlds in which things are forgotten, and every control broken once. Takes some hours;
 * `npm run soak 5` takes a tenth of it. Exit code 1 when a control that was broken was not noticed.
 */
import { availableParallelism } from 'node:os';
import { startCluster } from '../test/cluster-server.ts';
import { erasureRounds } from '../test/erasure-rounds.ts';
import { playSeeds } from '../test/forgetting/play.ts';
import { killRounds } from '../test/kill-rounds.ts';
import { provenClaims } from '../test/mutating/load.ts';
import { tryMutations } from '../test/mutating/run.ts';
import { purgeRounds } from '../test/purge-rounds.ts';
import { rotationRounds } from '../test/rotation-rounds.ts';

const rounds = Number(process.argv[2] ?? 50);
const seed = process.argv[3] ?? String(Date.now());
console.log(`seed ${seed}`);
const report = await killRounds({ rounds, callsPerRound: 6, seed, tell: console.log });
console.log(JSON.stringify(report));
console.log(JSON.stringify(await rotationRounds({ rounds, seed, tell: console.log })));
console.log(JSON.stringify(await erasureRounds({ rounds, seed, tell: console.log })));
console.log(JSON.stringify(await purgeRounds({ rounds, seed, tell: console.log })));
console.log(JSON.stringify(await playSeeds({ worlds: rounds * 40, seed, tell: console.log })));

const cluster = await startCluster();
const run = { claims: await provenClaims(), jobs: availableParallelism() };
const tried = await tryMutations(run, cluster).finally(cluster.stop);
const missed = tried.filter(({ isCaught }) => !isCaught);
console.log(JSON.stringify({ mutations: tried.length, missed }));
if (missed.length > 0) process.exitCode = 1;
