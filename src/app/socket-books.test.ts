import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pause, systemClock } from '#base';
import { proveAll } from '#trust';
import { socketBooks } from './socket-books.ts';
import { echoLine, openLineDesk } from '../../test/line-desk.ts';
import { openProvingGround } from '../../test/proving.ts';

const origin = 'http://127.0.0.1:8080';
const ledger = (egress: number, ...peers: string[]) => ({
  egress,
  database: egress * 10,
  unexpected: peers.map((peer) => ({ peer, count: 1 })),
});

test('the books hold what every process opened, but for the way to ourselves', () => {
  const lines = [{ sockets: ledger(2, '192.0.2.1:443') }, { sockets: ledger(4) }];
  const books = socketBooks({ desk: ledger(1, '127.0.0.1:8080', '192.0.2.2:25'), lines, origin });
  assert.deepEqual(books, ledger(7, '192.0.2.2:25', '192.0.2.1:443'));
});

test("a connection that the process with the live audio opened behind everybody's back breaks the claim", async (t) => {
  const ground = await openProvingGround();
  t.after(() => ground.close());
  const dataDir = await mkdtemp(join(tmpdir(), 'sotto-books-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const stranger = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  t.after(() => stranger.close());
  const { port } = stranger.address() as AddressInfo;
  const fork = { ...echoLine, program: [...echoLine.program, String(port)] as const };
  const desk = await openLineDesk({ env: { SOTTO_DATA_DIR: dataDir }, fork });
  t.after(() => desk.close());
  const sockets = async () => socketBooks({ desk: ledger(0), lines: desk.lines.load(), origin });
  while ((await sockets()).unexpected.length === 0) await pause(systemClock, 5);
  const [verdict] = await proveAll({ ...ground.means, sockets }, { which: ['nothing-goes-to-an-unlisted-host'] });
  assert.equal(verdict?.status, 'failing');
  assert.ok(verdict.why.includes(`1 connections nobody accounts for (127.0.0.1:${port})`), verdict.why);
});
