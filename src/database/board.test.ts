import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import pg from 'pg';
import { seededRandom, systemClock, turnEnd, type Clock, type LogEvent } from '#base';
import { cloneDatabase, type TestDatabase } from '../../test/cluster.ts';
import { openBoard, type Board, type News } from './board.ts';

const one = '00000000-0000-7000-8000-00000000a001';
const other = '00000000-0000-7000-8000-00000000a002';

let database: TestDatabase;

before(async () => {
  database = await cloneDatabase();
});
after(() => database.drop());

/** Real time, of which nothing is waited for: every pause is over with the next turn. */
const hasty: Clock = { ...systemClock, after: (waitMs, work) => systemClock.after(Math.min(waitMs, 5), work) };

type Node = { readonly board: Board; readonly heard: News[]; missed: number; readonly logged: LogEvent[] };

/** A node of the installation, listening. */
async function node(t: TestContext, seed: string): Promise<Node> {
  const logged: LogEvent[] = [];
  const board = openBoard({
    clock: hasty,
    random: seededRandom(seed),
    log: (event) => logged.push(event),
    connection: database.connection('app'),
  });
  t.after(() => board.close());
  const opened: Node = { board, heard: [], missed: 0, logged };
  board.listen({ news: (news) => opened.heard.push(news), missed: () => void (opened.missed += 1) });
  await until(() => opened.missed > 0);
  return opened;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turnEnd();
}

/** What was heard, whatever it came in. */
function all(heard: readonly News[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { organisation, objects } of heard) {
    const so = found.get(organisation) ?? new Set();
    for (const object of objects === 'everything' ? ['everything'] : objects) so.add(object);
    found.set(organisation, so);
  }
  return found;
}

/** Ends the connections of all boards, as an administrator or a failover would. */
async function cutOff(): Promise<void> {
  const admin = new pg.Client(database.admin());
  await admin.connect();
  await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sotto-board' and datname = current_database()",
  );
  await admin.end();
}

test('what one node tells all nodes hear, under one name and in one order', async (t) => {
  const [first, second] = [await node(t, 'a'), await node(t, 'b')];
  first.board.tell(one, ['call:a', 'lead:b']);
  second.board.tell(other, ['call:c']);
  await until(() => first.heard.length >= 2 && second.heard.length >= 2);
  assert.deepEqual(first.heard, second.heard);
  assert.equal(new Set(first.heard.map(({ id }) => id)).size, 2);
  assert.deepEqual(all(first.heard).get(one), new Set(['call:a', 'lead:b']));
  assert.deepEqual(all(first.heard).get(other), new Set(['call:c']));
});

test('what is told over and over in a moment is told once', async (t) => {
  const { board, heard } = await node(t, 'c');
  for (let count = 0; count < 1_000; count += 1) board.tell(one, ['call:a']);
  board.tell(one, ['call:end']);
  await until(() => all(heard).get(one)?.has('call:end') ?? false);
  assert.ok(heard.length < 5, `${heard.length} news`);
});

test('more than fits in one notification comes in several, and too much of it as everything', async (t) => {
  const { board, heard } = await node(t, 'd');
  const names = Array.from({ length: 250 }, (_, at) => `call:${'x'.repeat(60)}${String(at).padStart(3, '0')}`);
  board.tell(one, names);
  await until(() => all(heard).get(one)?.size === 250);
  assert.ok(heard.length > 1);
  heard.length = 0;
  board.tell(
    one,
    Array.from({ length: 2_000 }, (_, at) => `call:${at}`),
  );
  await until(() => heard.length > 0);
  assert.deepEqual(
    heard.map(({ objects }) => objects),
    ['everything'],
  );
});

test('what is no name of a thing goes nowhere', async (t) => {
  const { board, heard } = await node(t, 'e');
  board.tell(one, ['no kind', 'call:two words', 'call:', `call:${'x'.repeat(100)}`, 'person:+1 555', 'call:last']);
  await until(() => heard.length > 0);
  assert.deepEqual(all(heard), new Map([[one, new Set(['call:last'])]]));
});

test('a lost connection comes back by itself, says that something was missed, and then tells what waited', async (t) => {
  const opened = await node(t, 'f');
  await cutOff();
  opened.board.tell(one, ['call:meanwhile']);
  await until(() => opened.missed > 1);
  // Where nobody knows whether it was told, everything is missed once more.
  await until(() => all(opened.heard).get(one)?.has('call:meanwhile') === true || opened.missed > 2);
  assert.ok(opened.logged.includes('board.lost'));
  opened.board.tell(one, ['call:after']);
  await until(() => all(opened.heard).get(one)?.has('call:after') ?? false);
});

test('a board whose database does not answer takes what it is told, holds little of it, and closes', async () => {
  const board = openBoard({
    clock: hasty,
    random: seededRandom('g'),
    log: () => {},
    connection: { ...database.connection('app'), host: '127.0.0.1', port: 9 },
  });
  for (let count = 0; count < 5_000; count += 1) {
    board.tell(`00000000-0000-7000-8000-${String(count).padStart(12, '0')}`, ['call:a']);
  }
  await board.close();
});

test('what was told last is told before the board closes', async (t) => {
  const listening = await node(t, 'h');
  const teller = openBoard({
    clock: { ...systemClock, after: () => () => {} },
    random: seededRandom('i'),
    log: () => {},
    connection: database.connection('app'),
  });
  let isThere = false;
  teller.listen({ news: () => {}, missed: () => void (isThere = true) });
  await until(() => isThere);
  teller.tell(one, ['call:last']);
  await teller.close();
  await until(() => all(listening.heard).get(one)?.has('call:last') ?? false);
});
