import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { callId, openLineDesk } from '../../../test/line-desk.ts';
import { sotto } from '../../../test/product.ts';
import { openStream } from '../../../test/stream-caller.ts';
import { lineProgram } from './fork-line.ts';

test('the line does not run by hand, and says who starts it', async () => {
  const { code, stdout, stderr } = await sotto({}, 'line');
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /\(usage\)[\s\S]*started by serve/);
});

test('the line of the product takes sockets, asks the desk, and tells it what came of them', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-real-line-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const desk = await openLineDesk({ env: { SOTTO_DATA_DIR: dataDir }, fork: { ...lineProgram, stderr: 'ignore' } });
  t.after(() => desk.close());
  const stranger = await openStream(desk.port, 'made-up');
  assert.deepEqual(await stranger.closed, [1008, 'stream-token-invalid']);
  // The plan of this desk names a model that is not there.
  const caller = await openStream(desk.port, callId(1));
  assert.deepEqual(await caller.closed, [1008, 'vendor-unknown']);
  await desk.when(() => desk.told.length === 1);
  assert.deepEqual(desk.of(callId(1)), [{ type: 'closed', how: 'dropped' }]);
});
