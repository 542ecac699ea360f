import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import {
  appendHashes,
  checkpointText,
  consistencyProof,
  emptyRange,
  emptyRoot,
  leafHash,
  noteKey,
  noteSigner,
  noteSigners,
  openNote,
  rootOfRange,
  signNote,
} from '#tlog';
import { openWitness, type WitnessedHead } from './witness.ts';

const origin = 'phone.example.com/log';
const own = (name: string, seed = 1) =>
  noteSigners(name, { ed25519: Buffer.alloc(32, seed), mldsa44: Buffer.alloc(32, seed + 1) });
const logs = own(origin).map(({ vkey }) => noteKey(vkey)!);
const signers = [
  noteSigner('witness.example/w1', Buffer.alloc(32, 9), 'ml-dsa-44'),
  noteSigner('witness.example/w1', Buffer.alloc(32, 10), 'cosignature'),
];
const keys = signers.map(({ vkey }) => noteKey(vkey)!);
const now = Date.UTC(2026, 10, 20, 12);

function witness(heads: ReadonlyMap<string, WitnessedHead> = new Map()) {
  const saved: ReadonlyMap<string, WitnessedHead>[] = [];
  const save = async (all: ReadonlyMap<string, WitnessedHead>) => void saved.push(all);
  return { ...openWitness({ signers, logs, heads, save, now: () => now }), saved };
}

/** A log of that many leaves; `word` makes another history. */
async function request(old: number, size: number, { word = 'leaf', name = origin, seed = 1 } = {}) {
  const nodes = new Map<string, Buffer>();
  const leaves = Array.from({ length: size }, (_, at) =>
    leafHash(Buffer.from(at < 3 ? `leaf ${at}` : `${word} ${at}`)),
  );
  const root = rootOfRange(
    appendHashes(emptyRange, leaves, (level, index, hash) => nodes.set(`${level}/${index}`, hash)),
  );
  const hashAt = (level: number, index: number) => nodes.get(`${level}/${index}`)!;
  const proof = old > 0 && old <= size ? await consistencyProof(hashAt, old, size) : [];
  const note = signNote(checkpointText({ origin: name, size, root }), own(name, seed), now);
  return { note, body: bodyOf(old, proof, note) };
}

const bodyOf = (old: number, proof: readonly Buffer[], note: string) =>
  Buffer.from(`old ${old}\n${proof.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${note}`);

test('a head that continues the last one is kept and then signed, with the time', async () => {
  const one = witness();
  for (const [old, size] of [
    [0, 5],
    [5, 5],
    [5, 9],
    [9, 300],
  ] as const) {
    const { note, body } = await request(old, size);
    const answer = await one.addCheckpoint(body);
    assert.equal(answer.status, 200);
    const opened = openNote(Buffer.from(note + answer.body), keys);
    assert.ok(typeof opened === 'object');
    assert.deepEqual(
      opened.signatures.map(({ kind, at }) => [kind, at]),
      [
        ['ml-dsa-44', now],
        ['cosignature', now],
      ],
    );
    assert.equal(one.saved.at(-1)!.get(origin)!.size, size);
  }
  const shown = one.checkpoint(createHash('sha256').update(origin).digest('hex'))!;
  const opened = openNote(Buffer.from(shown), [...logs, ...keys]);
  assert.ok(typeof opened === 'object' && opened.signatures.length === 4);
  assert.equal(one.checkpoint('00'), undefined);
});

test('another history is refused, whoever signed it, and so is an older one', async () => {
  const one = witness();
  assert.equal((await one.addCheckpoint((await request(0, 5)).body)).status, 200);
  const fork = await one.addCheckpoint((await request(5, 9, { word: 'other' })).body);
  assert.equal(fork.status, 422);
  assert.equal((await one.addCheckpoint((await request(5, 5, { word: 'other' })).body)).status, 422);
  assert.deepEqual(await one.addCheckpoint((await request(0, 9)).body), { status: 409, body: '5\n' });
  assert.deepEqual(await one.addCheckpoint((await request(3, 4)).body), { status: 409, body: '5\n' });
  assert.equal((await one.addCheckpoint((await request(5, 3)).body)).status, 400);
  assert.equal(one.saved.length, 1);
  assert.equal((await one.addCheckpoint((await request(5, 9)).body)).status, 200);
});

test('a log that is not known, or did not sign, gets nothing', async () => {
  const one = witness();
  assert.equal((await one.addCheckpoint((await request(0, 5, { name: 'other.example/log' })).body)).status, 404);
  assert.equal((await one.addCheckpoint((await request(0, 5, { seed: 50 })).body)).status, 403);
  const { body } = await request(0, 5);
  assert.equal((await one.addCheckpoint(Buffer.from(body.toString().replace('\n5\n', '\n6\n')))).status, 403);
  assert.deepEqual(one.saved, []);
});

test('the trees below a log are known by its keys, each with a memory of its own', async () => {
  const one = witness();
  assert.equal((await one.addCheckpoint((await request(0, 5, { name: `${origin}/of/ab` })).body)).status, 200);
  assert.equal((await one.addCheckpoint((await request(0, 4)).body)).status, 200);
  assert.equal((await one.addCheckpoint((await request(0, 4, { name: `${origin}s` })).body)).status, 404);
});

test('what is not exactly a request is refused', async () => {
  const one = witness();
  const { note, body } = await request(0, 5);
  const others = [
    '',
    'old 0',
    `old 0\n${note}`,
    `old 00\n\n${note}`,
    `old -1\n\n${note}`,
    `0\n\n${note}`,
    `old 0\nAAAA\n\n${note}`,
  ];
  others.push(`old 0\n${`${emptyRoot.toString('base64')}\n`.repeat(64)}\n${note}`);
  for (const other of others)
    assert.equal((await one.addCheckpoint(Buffer.from(other))).status, 400, other.slice(0, 30));
  assert.equal((await one.addCheckpoint(bodyOf(0, [emptyRoot], note))).status, 422);
  assert.equal((await one.addCheckpoint(body)).status, 200);
});

test('requests at the same time are taken one after the other', async () => {
  const one = witness();
  const [first, second] = await Promise.all([
    one.addCheckpoint((await request(0, 5)).body),
    one.addCheckpoint((await request(0, 6, { word: 'other' })).body),
  ]);
  assert.deepEqual([first.status, second.status], [200, 409]);
});

test('nothing is signed that could not be kept', async () => {
  const failing = openWitness({
    signers,
    logs,
    heads: new Map(),
    save: () => Promise.reject(new Error('disk full')),
    now: () => now,
  });
  await assert.rejects(failing.addCheckpoint((await request(0, 5)).body), /disk full/);
  assert.equal(failing.checkpoint(createHash('sha256').update(origin).digest('hex')), undefined);
  assert.equal((await failing.addCheckpoint((await request(5, 9)).body)).status, 409);
});

test('a witness that was started again remembers', async () => {
  const before = witness();
  await before.addCheckpoint((await request(0, 5)).body);
  const after = witness(before.saved.at(-1));
  assert.equal((await after.addCheckpoint((await request(5, 9, { word: 'other' })).body)).status, 422);
  assert.equal((await after.addCheckpoint((await request(5, 9)).body)).status, 200);
});
