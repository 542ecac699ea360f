/** `npm run soak`: fifty rounds of killing processes in the middle of calls. Takes about ten minutes. */
import { killRounds } from '../test/kill-rounds.ts';

const rounds = Number(process.argv[2] ?? 50);
const seed = process.argv[3] ?? String(Date.now());
console.log(`seed ${seed}`);
const report = await killRounds({ rounds, callsPerRound: 6, seed, tell: console.log });
console.log(JSON.stringify(report));
