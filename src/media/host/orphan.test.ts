import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { childEnvironment, pause as wait, readConfig, systemClock } from '#base';
import { callId, openLineDesk, organisation, type Told } from '../../../test/line-desk.ts';
import { frame, openStream } from '../../../test/stream-caller.ts';
import type { Notice } from './place.ts';

const program = join(import.meta.dirname, '../../../test/children/line-desk.ts');

/** A desk in a process of its own, that can be killed. */
async function deskProcess(t: TestContext, dataDir: string) {
  const child = spawn(process.execPath, [program], {
    env: childEnvironment(readConfig({ SOTTO_DATA_DIR: dataDir })),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  t.after(() => child.kill('SIGKILL'));
  const told: Told[] = [];
  const lines = createInterface({ input: child.stdout });
  const [first] = (await once(lines, 'line')) as [string];
  const { port, line } = JSON.parse(first) as { port: number; line: number };
  lines.on('line', (text) => told.push(JSON.parse(text) as Told));
  const pause = () => void child.kill('SIGSTOP');
  return { port, line, told, pause, kill: () => killed(child) };
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function folder(t: TestContext): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-orphan-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  return dataDir;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await wait(systemClock, 5);
}

/** Whether a process runs. One that ended and that nobody has noticed yet does not, where the system tells. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const state = process.platform === 'linux' ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
    return !/^[ZX]/.test(state.slice(state.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

/** The notice of the only line there is. */
async function noticeIn(dataDir: string): Promise<Notice> {
  const [name] = (await readdir(join(dataDir, 'line'))).filter((file) => file.endsWith('.json'));
  return JSON.parse(await readFile(join(dataDir, 'line', name ?? ''), 'utf8')) as Notice;
}

test('nothing that a carrier sends right after its handshake is lost between the two processes', async (t) => {
  const { port } = await deskProcess(t, await folder(t));
  for (let n = 1; n <= 300; n += 1) {
    const caller = await openStream(port, callId(n));
    await caller.echoes(frame(n));
    caller.cut();
  }
});

test('a call outlives the desk: its audio goes on, the next desk hears of everything in order, and the line then ends', async (t) => {
  const dataDir = await folder(t);
  const first = await deskProcess(t, dataDir);
  const caller = await openStream(first.port, callId(1));
  await caller.echoes(frame(1));
  for (const name of ['1', '2', '3']) caller.mark(name);
  await until(() => first.told.length === 4);
  await first.kill();
  await caller.echoes(frame(2));
  for (const name of ['4', '5', '6']) caller.mark(name);
  await caller.echoes(frame(3));

  const second = await openLineDesk({ env: { SOTTO_DATA_DIR: dataDir } });
  t.after(() => second.close());
  assert.deepEqual(second.resumed, [callId(1)]);
  await second.when(() => second.told.some(({ n }) => n === 7));
  // What the first had written down may come again, because its word for it may have been lost with it.
  const all = [...first.told, ...second.told.filter(({ n }) => n > first.told.length)];
  assert.deepEqual(
    all.map(({ n, happening }) => [n, 'text' in happening ? happening.text : happening.type]),
    [[1, 'opened'], ...[1, 2, 3, 4, 5, 6].map((at) => [at + 1, String(at)])],
  );
  const numbers = second.told.map(({ n }) => n);
  assert.deepEqual(
    numbers,
    numbers.toSorted((a, b) => a - b),
  );

  const call = { organisation, id: callId(1), turn: 1 };
  assert.equal(second.lines.order(call, { do: 'prompt', instruction: 'Hello again.' }), true);
  await second.when(() => second.of(callId(1)).at(-1)?.type === 'spoke');
  const next = await openStream(second.port, callId(2));
  await next.echoes(frame(4));
  await caller.echoes(frame(5));
  caller.cut();
  await second.when(() => second.of(callId(1)).at(-1)?.type === 'closed');
  await until(() => !isAlive(first.line));
  await next.echoes(frame(6));
});

test('a line without a desk that has nothing to carry ends by itself and leaves nothing behind', async (t) => {
  const dataDir = await folder(t);
  const first = await deskProcess(t, dataDir);
  await first.kill();
  await until(() => !isAlive(first.line));
  assert.deepEqual(await readdir(join(dataDir, 'line')), []);
});

test('a line whose calls have ended while no desk was there waits for one to tell it', async (t) => {
  const dataDir = await folder(t);
  const first = await deskProcess(t, dataDir);
  const caller = await openStream(first.port, callId(1));
  await caller.echoes(frame(1));
  await until(() => first.told.length === 1);
  await first.kill();
  caller.mark('late');
  await caller.echoes(frame(2));
  caller.cut();
  await caller.closed;
  const second = await openLineDesk({ env: { SOTTO_DATA_DIR: dataDir } });
  t.after(() => second.close());
  await second.when(() => second.of(callId(1)).at(-1)?.type === 'closed');
  assert.deepEqual(second.of(callId(1)).slice(-2), [
    { type: 'heard', text: 'late' },
    { type: 'closed', how: 'dropped' },
  ]);
  await until(() => !isAlive(first.line));
});

test('a line without a desk ends when it is told to by a signal, its calls in order', async (t) => {
  const dataDir = await folder(t);
  const first = await deskProcess(t, dataDir);
  const caller = await openStream(first.port, callId(1));
  await caller.echoes(frame(1));
  await first.kill();
  // It hears of the death a moment later, and until then the signal is not for it.
  await until(() => {
    if (isAlive(first.line)) process.kill(first.line, 'SIGTERM');
    return !isAlive(first.line);
  });
  assert.deepEqual(await caller.closed, [1000, '']);
});

test('a line whose data directory was taken away waits for nobody once its last call has ended', async (t) => {
  const dataDir = await folder(t);
  const first = await deskProcess(t, dataDir);
  const caller = await openStream(first.port, callId(1));
  await caller.echoes(frame(1));
  await first.kill();
  await rm(dataDir, { recursive: true });
  caller.mark('untold');
  await caller.echoes(frame(2));
  caller.cut();
  await until(() => !isAlive(first.line));
});

test('a line whose data directory went before its desk waits for nobody either', async (t) => {
  const dataDir = await folder(t);
  const first = await deskProcess(t, dataDir);
  const caller = await openStream(first.port, callId(1));
  await caller.echoes(frame(1));
  await rm(dataDir, { recursive: true });
  first.pause();
  caller.mark('untold');
  caller.cut();
  await caller.closed;
  await first.kill();
  await until(() => !isAlive(first.line));
});

test('what a dead line left behind is taken away, and is no line', async (t) => {
  const dataDir = await folder(t);
  const first = await deskProcess(t, dataDir);
  const caller = await openStream(first.port, callId(1));
  await caller.echoes(frame(1));
  await first.kill();
  process.kill(first.line, 'SIGKILL');
  await caller.closed;
  const left = await readdir(join(dataDir, 'line'));
  assert.equal(left.length, 2);
  await writeFile(join(dataDir, 'line', 'odd.json'), '{"socket":7}');
  const second = await openLineDesk({ env: { SOTTO_DATA_DIR: dataDir } });
  t.after(() => second.close());
  await until(async () => !(await readdir(join(dataDir, 'line'))).some((name) => left.includes(name)));
  assert.deepEqual(second.resumed, []);
  assert.equal(second.lines.ready(), true);
});

test('whoever says the wrong thing at the line is sent away, and desk and calls do not notice', async (t) => {
  const dataDir = await folder(t);
  const desk = await openLineDesk({ env: { SOTTO_DATA_DIR: dataDir } });
  t.after(() => desk.close());
  const caller = await openStream(desk.port, callId(1));
  const { socket, heirWord } = await noticeIn(dataDir);
  const answers = {
    'no JSON at all\n': '',
    '{"protocol":1}\n': '',
    '{"protocol":2,"word":"guessed"}\n{"end":true}\n': '{"refused":"stranger"}\n',
    [`{"protocol":0,"word":"${heirWord}"}\n`]: '{"refused":"protocol"}\n',
    // Even the right word opens nothing while the desk that started the line lives.
    [`{"protocol":2,"word":"${heirWord}"}\n{"end":true}\n`]: '{"refused":"busy"}\n',
  };
  for (const [said, answer] of Object.entries(answers)) {
    const stranger = connect(socket);
    stranger.on('error', () => {});
    let heard = '';
    stranger.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    const gone = once(stranger, 'close');
    stranger.write(said);
    await gone;
    assert.equal(heard, answer, said);
  }
  await caller.echoes(frame(1));
  assert.deepEqual(
    desk.logged.map(([event]) => event),
    ['line.started'],
  );
});
