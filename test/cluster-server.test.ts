import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

let temporary: string;

before(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'sotto-leftovers-'));
});
after(() => rm(temporary, { recursive: true, force: true }));

/** A process of its own whose folder for temporary files is the one of this test. */
function elsewhere(program: string) {
  const module = JSON.stringify(pathToFileURL(join(import.meta.dirname, 'cluster-server.ts')).href);
  const whole = `import { startServer, sweep } from ${module};\n${program}`;
  return spawn(process.execPath, ['--input-type=module', '--eval', whole], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

test('test runs that begin together end what killed ones left, each once, and none fails over it', async () => {
  const killed = Array.from({ length: 3 }, () =>
    elsewhere(`await startServer(); console.log('started'); setInterval(() => {}, 1_000);`),
  );
  await Promise.all(killed.map((child) => once(createInterface(child.stdout), 'line')));
  const gone = killed.map((child) => once(child, 'exit'));
  for (const child of killed) child.kill('SIGKILL');
  await Promise.all(gone);
  assert.equal((await readdir(temporary)).length, 3);

  const sweepers = Array.from({ length: 3 }, () => elsewhere('await sweep();'));
  const codes = await Promise.all(sweepers.map(async (child) => ((await once(child, 'exit')) as [number])[0]));
  assert.deepEqual(codes, [0, 0, 0]);
  assert.deepEqual(await readdir(temporary), []);
});
