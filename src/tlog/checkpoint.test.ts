import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkpointText, parseCheckpoint } from './checkpoint.ts';
import { leafHash } from './merkle.ts';
import { keyNamed, noteKey, noteSigner, noteSigners, vkeyOf } from './note-key.ts';
import { openNote, signatureLine, signNote } from './note.ts';
import { parseProof, proofText } from './proof.ts';

const origin = 'example.com/behind-the-sofa';
const root = Buffer.from('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=', 'base64');
const text = `${origin}\n20852163\n${root.toString('base64')}\n`;
const signers = noteSigners(origin, { ed25519: Buffer.alloc(32, 1), mldsa44: Buffer.alloc(32, 2) });
const keys = signers.map(({ vkey }) => noteKey(vkey)!);
const at = Date.UTC(2026, 10, 20, 12);

test('a checkpoint is the three lines of the specification', () => {
  assert.equal(checkpointText({ origin, size: 20_852_163, root }), text);
  assert.deepEqual(parseCheckpoint(text), { origin, size: 20_852_163, root });
  assert.deepEqual(parseCheckpoint(`${text}more\n`), { origin, size: 20_852_163, root });
});

test('what is not exactly a checkpoint is none', () => {
  const others = ['', origin, text.trimEnd(), `${text}\n`, text.replace('2085', '02085'), text.replace('2085', '-1')];
  others.push(
    text.replace('2085', '1e3'),
    text.replace('=', ''),
    text.replace(origin, ''),
    text.replace('20', '99999999999'),
  );
  others.push(text.replace('2I=', '2J='));
  for (const other of others) assert.equal(parseCheckpoint(other), undefined, other);
  for (const wrong of ['', 'a\nb']) assert.throws(() => checkpointText({ origin: wrong, size: 1, root }), TypeError);
  assert.throws(() => checkpointText({ origin, size: 1.5, root }), TypeError);
  assert.throws(() => checkpointText({ origin, size: 1, root: root.subarray(1) }), TypeError);
});

test('a log signs its checkpoint with Ed25519 and with ML-DSA-44, and the second says when', () => {
  const opened = openNote(Buffer.from(signNote(text, signers, at)), keys);
  assert.deepEqual(opened, {
    text,
    by: origin,
    signatures: [
      { by: origin, kind: 'ed25519' },
      { by: origin, kind: 'ml-dsa-44', at },
    ],
  });
});

test('a witness adds its line, of both kinds that the specification has', () => {
  for (const kind of ['cosignature', 'ml-dsa-44'] as const) {
    const witness = noteSigner('witness.example/w1', Buffer.alloc(32, 3), kind);
    const note = Buffer.from(signNote(text, signers) + signatureLine(witness, text, at + 999));
    const opened = openNote(note, [...keys, noteKey(witness.vkey)!]);
    assert.deepEqual(typeof opened === 'string' ? opened : opened.signatures[2], { by: witness.name, kind, at });
  }
});

test('no bit of a signature over a checkpoint may change: time, name and tree are all signed', () => {
  for (const kind of ['cosignature', 'ml-dsa-44'] as const) {
    const witness = noteSigner('witness.example/w1', Buffer.alloc(32, 3), kind);
    const key = noteKey(witness.vkey)!;
    const bytes = witness.sign(text, at);
    const opens = (signature: Buffer, body = text, one = key) =>
      typeof openNote(Buffer.from(`${body}\n— ${one.name} ${signature.toString('base64')}\n`), [one]) === 'object';
    assert.equal(opens(bytes), true);
    for (let byte = 4; byte < bytes.length; byte += kind === 'cosignature' ? 1 : 97) {
      const changed = Buffer.from(bytes);
      changed[byte]! ^= 1;
      assert.equal(opens(changed), false, `${kind} ${byte}`);
    }
    assert.equal(opens(bytes, text.replace('163', '164')), false);
    assert.equal(opens(bytes, text.replace('sofa', 'sofb')), false);
    assert.equal(opens(bytes.subarray(0, -1)), false);
    assert.throws(() => witness.sign('no checkpoint\n', at), TypeError);
  }
});

test('the name of the witness is part of what ML-DSA-44 signs', () => {
  const witness = noteSigner('witness.example/w1', Buffer.alloc(32, 3), 'ml-dsa-44');
  const renamed = keyNamed(noteKey(witness.vkey)!, 'witness.example/w2');
  const signature = Buffer.concat([renamed.id, witness.sign(text, at).subarray(4)]);
  const note = `${text}\n— ${renamed.name} ${signature.toString('base64')}\n`;
  assert.equal(openNote(Buffer.from(note), [renamed]), 'signature-wrong');
});

test('verifier keys of all kinds are read as they are written, and follow a log to its other trees', () => {
  const other = noteSigners('example.com/other', { ed25519: Buffer.alloc(32, 1), mldsa44: Buffer.alloc(32, 2) });
  for (const [index, key] of keys.entries()) {
    assert.equal(vkeyOf(key), signers[index]!.vkey);
    assert.equal(vkeyOf(keyNamed(key, 'example.com/other')), other[index]!.vkey);
  }
});

test('a proof is read as it is written, and nothing else is one', () => {
  const checkpoint = signNote(text, signers, at);
  const hashes = [leafHash(Buffer.of(1)), leafHash(Buffer.of(2))];
  for (const proof of [
    { index: 0, hashes: [], checkpoint },
    { index: 73_894, hashes, checkpoint, extra: Buffer.from('what') },
  ]) {
    assert.deepEqual(parseProof(proofText(proof)), proof);
  }
  const good = proofText({ index: 7, hashes, checkpoint });
  assert.match(good, /^c2sp\.org\/tlog-proof@v1\nindex 7\n[^\n]{44}\n[^\n]{44}\n\nexample\.com/);
  const others = [
    '',
    good.replace('@v1', '@v2'),
    good.replace('index 7', 'index 07'),
    good.replace('index 7', 'extra'),
  ];
  others.push(
    good.replace('index 7\n', ''),
    good.replace('index 7', 'extra *\nindex 7'),
    good.replace('index 7\n', 'index 7\nAAAA\n'),
  );
  for (const other of others) assert.equal(parseProof(other), undefined, other.slice(0, 80));
});
