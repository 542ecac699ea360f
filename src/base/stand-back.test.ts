import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { test } from 'node:test';
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
