/**
 * `npm run soak`: fifty rounds of killing processes in the middle of calls, of rotations, of erasures and of ending what is
 * due; then two thousand worlds in which things are forgotten. Takes some hours; `npm run soak 5` takes a tenth of it.
 */
import { erasureRounds } from '../test/erasure-rounds.ts';
import { playSeeds } from '../test/forgetting/play.ts';
import { killRounds } from '../test/kill-rounds.ts';
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
