import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { standBack } from '#base';

test('a process can be told to stand back, and one that is not there is no mistake', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const before = getPriority(child.pid);
  standBack(child.pid);
  assert.equal(getPriority(child.pid), Math.max(before, 5));
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.doesNotThrow(() => standBack(child.pid));
});

/** Keeps 40 MB and always replaces the oldest of it; prints the most that the heap held, in MB. */
const churn = `
  const kept = [];
  let most = 0;
  for (let round = 0; round < 5_000; round += 1) {
    kept[round % 1_000] = Array.from({ length: 5_000 }, () => round);
    if (round % 50 === 0) most = Math.max(most, process.memoryUsage().heapUsed);
  }
  console.log(most / 1e6);
`;

async function mostHeld(before: string): Promise<number> {
  const program = `${before}\n${churn}`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  return Number(stdout);
}

test('a process that collects sooner holds less of what it does not need', async () => {
  const from = JSON.stringify(new URL('stand-back.ts', import.meta.url).href);
  const sooner = await mostHeld(`const { collectSooner } = await import(${from}); collectSooner();`);
  const alone = await mostHeld('');
  assert.ok(sooner < alone * 0.9, `${sooner} MB instead of ${alone} MB`);
});
