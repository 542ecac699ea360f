import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import pg from 'pg';
import { readConfig, seededRandom, systemClock } from '#base';
import { automatonOf, longestMatch } from './byte-search-automaton.ts';
import { searchFiles, type FileSearch } from './byte-search-files.ts';
import { formsOf, type Mark } from './byte-search-forms.ts';
import { readFiles } from './byte-search-read.ts';
import { inTurn, turnsFor } from './byte-search-turn.ts';
import { openMarks } from './canary-visit-marks.ts';
import { cloneDatabase, testDerive } from '../../test/cluster.ts';

const marks: readonly Mark[] = [
  { kind: 'word', text: 'zuqivoxaje' },
  { kind: 'digits', text: '99948211234' },
];
const forms = formsOf(marks);

/** As what something is found in these bytes. */
function foundIn(bytes: Buffer | string): readonly string[] {
  return [
    ...new Set(
      automatonOf(forms)
        .feed(Buffer.from(bytes))
        .map((form) => forms[form]!.as),
    ),
  ];
}

test('a word and a number are found in each of their spellings, and as what is told', () => {
  const word = 'Zuqivoxajeba';
  const around = [0, 1, 2].map((before) => Buffer.from(`${'a'.repeat(before)}${word} and more`).toString('base64'));
  const expected: readonly (readonly [string, string | Buffer])[] = [
    ['text', `my name is ${word}.`],
    ['text', word.toUpperCase()],
    ['UTF-16', Buffer.from(word, 'utf16le')],
    ['UTF-16', Buffer.from(`:${word}`, 'utf16le').swap16()],
    ['hexadecimal', Buffer.from(`x${word}`).toString('hex')],
    ['hexadecimal', Buffer.from(`x${word.toLowerCase()}`).toString('hex').toUpperCase()],
    ...around.map((text) => ['base64', text] as const),
    ['digits', 'tel:+99948211234'],
    ['digits', '+999 (482) 1-12 34'],
    ['number words', 'Nine nine nine, four eight two. One one two three four'],
    ['UTF-16', Buffer.from('+99948211234', 'utf16le')],
    ['base64', Buffer.from('a:+99948211234,').toString('base64')],
  ];
  for (const [as, bytes] of expected) assert.deepEqual(foundIn(bytes), [as], String(bytes));
});

test('what differs in one letter or digit is not found, and neither is anything in what is there by chance', () => {
  for (const text of [
    'zuqivoxajf',
    'zuqivoxaj e',
    '9994821123',
    '99948211235',
    'nine nine nine four',
    'zuqivozuqivoxa',
  ])
    assert.deepEqual(foundIn(text), [], text);
  assert.deepEqual(foundIn('zuqivozuqivoxaje'), ['text'], 'a beginning within a beginning');
  const random = seededRandom('noise');
  const automaton = automatonOf(forms);
  for (let at = 0; at < 64; at += 1) {
    const bytes = random.bytes(64 * 1_024);
    assert.deepEqual([automaton.feed(bytes), automaton.feed(Buffer.from(bytes.toString('hex')))], [[], []]);
  }
});

test('what comes in pieces is found wherever it is cut', () => {
  const text = Buffer.from('.. Zuqivoxaje ..');
  for (let cut = 0; cut <= text.length; cut += 1) {
    const automaton = automatonOf(forms);
    const found = [...automaton.feed(text.subarray(0, cut)), ...automaton.feed(text.subarray(cut))];
    assert.deepEqual(
      found.map((form) => forms[form]!.as),
      ['text'],
      String(cut),
    );
  }
});

test('every part has its turn, and no turn is much longer than it may be', () => {
  for (const count of [0, 1, 7, 100, 1_000]) {
    const parts = Array.from({ length: count }, (_, at) => ({ at, bytes: 1 + (at % 3) }));
    const turns = turnsFor(parts, 64);
    const read = Array.from({ length: turns }, (_, turn) => inTurn(parts, { mostBytes: 64, turn: 1_000_003 + turn }));
    assert.deepEqual(
      read
        .flat()
        .map(({ at }) => at)
        .toSorted((a, b) => a - b),
      parts.map(({ at }) => at),
    );
    for (const one of read) assert.ok(one.reduce((sum, { bytes }) => sum + bytes, 0) <= 64 + 3 * 8);
  }
});

test('what two installations say differs, and of one it is the same after every start', () => {
  const keys = (seed: string) => ({ derive: (purpose: string) => seededRandom(seed + purpose).bytes(32) });
  const visit = { id: '01a1f8d3-ea00-7568-bce3-fbdfddad946d', number: 7 };
  const [one, again, other] = ['a', 'a', 'b'].map((seed) => openMarks(keys(seed)));
  assert.deepEqual(one!.of(visit), again!.of(visit));
  assert.notDeepEqual(one!.common, other!.common);
  const said = Object.values(one!.of(visit));
  const found = formsOf(one!.common);
  const hits = said.map((text) => automatonOf(found).feed(Buffer.from(text)).length > 0);
  assert.deepEqual(hits, [true, true, true, true, false], 'all but the name of the call, which is no secret');
  assert.match(one!.of(visit).number, /^\+999\d{12}$/);
});

const mib = 1_024 * 1_024;

async function folder(t: TestContext, files: Readonly<Record<string, Buffer | string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'sotto-search-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), bytes);
  }
  return root;
}

const search = (roots: readonly string[], more: Partial<FileSearch> = {}): FileSearch => ({
  roots,
  forms,
  mostBytes: 1_024 * mib,
  mostMs: 60_000,
  turn: 0,
  ...more,
});

test('every file below is read to its last byte, in a process of its own', async (t) => {
  const edge = (at: number) => Buffer.concat([Buffer.alloc(at - 5, '.'), Buffer.from('zuqivoxaje'), Buffer.alloc(9)]);
  const root = await folder(t, {
    'postgres/pg_wal/000000010000000000000001': edge(4 * mib),
    'postgres/base/5/16384.1': edge(8 * mib + 3),
    'postgres/base/5/16385': Buffer.alloc(5 * mib, 'zuqivoxaj.'),
    'keys/keystore.db': edge(100).subarray(0, 105),
    'postgres.log': 'tel +999 482-11234',
    'empty': '',
  });
  await symlink(join(root, 'postgres.log'), join(root, 'a-link'));
  const { found, files, bytes, missed, turns } = await searchFiles(readConfig({}), search([root]));
  assert.deepEqual(found.map(({ path, as }) => `${path} ${as}`).toSorted(), [
    'keys/keystore.db text',
    'postgres.log digits',
    'postgres/base/5/16384.1 text',
    'postgres/pg_wal/000000010000000000000001 text',
  ]);
  assert.deepEqual([files, missed, turns], [5, 0, 1]);
  assert.ok(bytes > 17 * mib);
});

test('what is larger than one search may read is read in turns', async (t) => {
  const root = await folder(t, {
    a: Buffer.alloc(9 * mib),
    b: Buffer.concat([Buffer.alloc(6 * mib), Buffer.from('zuqivoxaje')]),
  });
  const looks = Array.from({ length: 8 }, (_, turn) =>
    readFiles(search([root], { mostBytes: 4 * mib, turn }), systemClock),
  );
  assert.deepEqual(new Set(looks.map(({ turns }) => turns)), new Set([4]));
  assert.ok(looks.every(({ bytes }) => bytes < 9 * mib));
  assert.deepEqual(
    looks.map(({ found }) => found.length).reduce((sum, one) => sum + one),
    2,
    'once in each round',
  );
});

test('what cannot be read, or not in time, is counted', async (t) => {
  const root = await folder(t, { a: 'zuqivoxaje', b: 'x' });
  const late = readFiles(search([root], { mostMs: -1 }), systemClock);
  assert.deepEqual([late.found.length, late.missed, late.files], [0, 2, 0]);
  const gone = readFiles(search([join(root, 'nowhere')]), systemClock);
  assert.deepEqual([gone.missed, gone.files], [0, 0]);
  const closed = readFiles(search([join(root, 'a', 'below-a-file')]), systemClock);
  assert.equal(closed.missed, 1);
});

test('what PostgreSQL was told once is found in its files, deleted or not, until it is gone', async (t) => {
  const database = await cloneDatabase();
  const client = new pg.Client(database.admin());
  await client.connect();
  t.after(() => client.end().then(() => database.drop()));
  const told = openMarks({ derive: (purpose) => testDerive(`${purpose} ${database.name}`) }).common;
  const [word] = told;
  // The server may know its folder under a name that means another one here (src/database/place.ts).
  const cluster = (await readdir(tmpdir())).find((name) => name.startsWith(`sotto-test-${process.pid}-`))!;
  const look = async () => {
    // The databases of all tests lie there, and all of it is read at once.
    const whole = { ...search([join(tmpdir(), cluster)]), forms: formsOf(told), mostBytes: Number.MAX_SAFE_INTEGER };
    const { found, turns } = await searchFiles(readConfig({}), whole);
    assert.equal(turns, 1);
    return new Set(found.map(({ path }) => path.split('/').slice(0, 2).join('/')));
  };
  assert.deepEqual(await look(), new Set());
  await client.query('create table public.said as select $1::text as words from generate_series(1, 200)', [word!.text]);
  await client.query('analyze public.said');
  await client.query('delete from public.said');
  await client.query('checkpoint');
  assert.deepEqual(await look(), new Set(['postgres/base', 'postgres/pg_wal']));
  assert.ok(longestMatch(formsOf(told)) < 100);
});
