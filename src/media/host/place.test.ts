import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { seededRandom } from '#base';
import { callId, openLineDesk } from '../../../test/line-desk.ts';
import { frame, openStream } from '../../../test/stream-caller.ts';
import { clearPlace, clearUnborn, findPlaces, isFindable, settle } from './place.ts';

const posix = process.platform === 'win32' ? 'pipes of Windows have no files' : false;

async function folder(t: TestContext, ...below: string[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'sotto-place-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  return join(root, ...below);
}

async function settled(t: TestContext, dataDir: string) {
  const server = createServer((socket) => void socket.end('here'));
  t.after(() => server.close());
  return settle({ config: { dataDir }, random: seededRandom(dataDir) }, server);
}

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

async function answers(path: string): Promise<string> {
  const socket = connect(path);
  const [data] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return data.toString();
}

test(
  'a line is found by its notice, and only this user can read it or reach the socket',
  { skip: posix },
  async (t) => {
    const dataDir = await folder(t, 'data');
    // A folder from before, and open to others.
    await mkdir(join(dataDir, 'line'), { recursive: true, mode: 0o755 });
    const place = await settled(t, dataDir);
    assert.deepEqual(await findPlaces({ dataDir }), [place]);
    assert.equal(await modeOf(join(dataDir, 'line')), '700');
    assert.equal(await modeOf(place.file), '600');
    assert.equal(dirname(place.notice.socket), join(dataDir, 'line'));
    assert.equal(await answers(place.notice.socket), 'here');
    assert.ok(place.notice.heirWord.length === 64 && place.notice.heirWord !== place.notice.lineWord);
  },
);

test(
  'a data directory whose path is too long for a socket gets one elsewhere, as private',
  { skip: posix },
  async (t) => {
    const dataDir = await folder(t, 'a'.repeat(60), 'b'.repeat(60));
    const place = await settled(t, dataDir);
    const { socket } = place.notice;
    assert.ok(!socket.startsWith(dataDir) && Buffer.byteLength(socket) <= 100, socket);
    assert.equal(await modeOf(dirname(socket)), '700');
    assert.equal(await answers(socket), 'here');
    await clearPlace(place);
    await assert.rejects(stat(dirname(socket)), { code: 'ENOENT' });
    assert.deepEqual(await readdir(join(dataDir, 'line')), []);
  },
);

test('a notice that was taken away is not found, and taking it away twice harms nobody', async (t) => {
  const dataDir = await folder(t);
  const [first, second] = [await settled(t, dataDir), await settled(t, join(dataDir, 'other'))];
  assert.equal(await isFindable(first), true);
  await clearPlace(first);
  await clearPlace(first);
  assert.equal(await isFindable(first), false);
  assert.deepEqual(await findPlaces({ dataDir }), []);
  assert.deepEqual(await findPlaces({ dataDir: join(dataDir, 'other') }), [second]);
  assert.deepEqual(await findPlaces({ dataDir: join(dataDir, 'nowhere') }), []);
});

test('what a line left that died at birth is taken away, and nothing of a living one', { skip: posix }, async (t) => {
  const dataDir = await folder(t);
  const place = await settled(t, dataDir);
  const born = await readdir(join(dataDir, 'line'));
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const name = '0123456789abcdef';
  for (const file of [
    `${dead}-${name}.sock`,
    `${dead}-${name}.json.part`,
    `${process.pid}-${name}.json.part`,
    'odd.sock',
  ])
    await writeFile(join(dataDir, 'line', file), '');
  await clearUnborn({ dataDir });
  const kept = await readdir(join(dataDir, 'line'));
  assert.deepEqual(kept.toSorted(), [...born, `${process.pid}-${name}.json.part`, 'odd.sock'].toSorted());
  assert.equal(await answers(place.notice.socket), 'here');
});

test('calls are carried over a socket that lies elsewhere', { skip: posix }, async (t) => {
  const dataDir = await folder(t, 'a'.repeat(60), 'b'.repeat(60));
  const desk = await openLineDesk({ env: { SOTTO_DATA_DIR: dataDir } });
  t.after(() => desk.close());
  const caller = await openStream(desk.port, callId(1));
  await caller.echoes(frame(1));
});
