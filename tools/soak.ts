/** `npm run soak`: fifty rounds of killing processes in the middle of calls, then of rotations, then of erasures. Takes about half an hour. */
import { erasureRounds } from '../test/erasure-rounds.ts';
import { killRounds } from '../test/kill-rounds.ts';
import { rotationRounds } from '../test/rotation-rounds.ts';

const rounds = Number(process.argv[2] ?? 50);
const seed = process.argv[3] ?? String(Date.now());
console.log(`seed ${seed}`);
const report = await killRounds({ rounds, callsPerRound: 6, seed, tell: console.log });
console.log(JSON.stringify(report));
console.log(JSON.stringify(await rotationRounds({ rounds, seed, tell: console.log })));
console.log(JSON.stringify(await erasureRounds({ rounds, seed, tell: console.log })));
