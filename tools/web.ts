/**
 * `npm run build`, and what `npm start` does first: builds the dashboard when it is not what its sources say.
 * Without the tools to build with (`npm ci --omit=dev`) what is there is taken as it is.
 */
import { buildScreens, isStale } from './web/build.ts';

process.exitCode = await main(process.argv.slice(2));

async function main([word]: readonly string[]): Promise<number> {
  if (word === '--if-stale' && !isStale()) return 0;
  console.error('Building the dashboard …');
  const startedMs = performance.now();
  await buildScreens();
  console.error(`Built in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`);
  return 0;
}
