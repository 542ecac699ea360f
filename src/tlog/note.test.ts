import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteKey, noteSigner, type NoteKey } from './note-key.ts';
import { openNote, signNote } from './note.ts';

const signer = noteSigner('example.com/deletions', Buffer.alloc(32, 7));
const other = noteSigner('example.com/other', Buffer.alloc(32, 8));
const keyOf = (vkey: string): NoteKey => noteKey(vkey)!;
const open = (note: string | Buffer, ...vkeys: readonly string[]) => openNote(Buffer.from(note), vkeys.map(keyOf));

const opened = (text: string) => ({ text, by: signer.name, signatures: [{ by: signer.name, kind: 'ed25519' }] });

test('the note of the specification verifies with the key of the specification', () => {
  const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  const note =
    'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
  const by = 'example.com/foo';
  const signatures = [{ by, kind: 'ed25519' }];
  assert.deepEqual(open(note, vkey), { text: 'This is an example message.\n', by, signatures });
});

test('what was signed opens with its key, empty lines and other alphabets included', () => {
  const text = 'one\n\n\ntwo — ñ\n';
  assert.deepEqual(open(signNote(text, [signer]), signer.vkey), opened(text));
});

test('a note of which any one bit was changed is refused', () => {
  const note = Buffer.from(signNote('a line\n\nand “another”\n', [signer]), 'utf8');
  for (let at = 0; at < note.length; at += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const changed = Buffer.from(note);
      changed[at]! ^= 1 << bit;
      assert.equal(typeof open(changed, signer.vkey), 'string', `bit ${bit} of byte ${at}`);
    }
    const cut = Buffer.concat([note.subarray(0, at), note.subarray(at + 1)]);
    assert.equal(typeof open(cut, signer.vkey), 'string', `without byte ${at}`);
  }
});

test('signatures of unknown keys are ignored, and none of a known one is no signature', () => {
  const both = signNote('x\n', [other, signer]);
  assert.deepEqual(open(both, signer.vkey), opened('x\n'));
  assert.equal(open(signNote('x\n', [other]), signer.vkey), 'unknown-key');
  const sameName = noteSigner(signer.name, Buffer.alloc(32, 9));
  assert.equal(open(signNote('x\n', [sameName]), signer.vkey), 'unknown-key');
});

test('one wrong signature of a known key refuses the note, whoever else signed it', () => {
  const right = signNote('x\n', [other]);
  const wrong = signNote('y\n', [signer]).split('\n\n')[1]!;
  assert.equal(open(right + wrong, signer.vkey, other.vkey), 'signature-wrong');
});

test('a key that signed twice is one signature', () => {
  const note = signNote('x\n', [signer, signer, other]);
  const seen = open(note, signer.vkey, other.vkey);
  assert.ok(typeof seen === 'object');
  assert.deepEqual(
    seen.signatures.map(({ by }) => by),
    [signer.name, other.name],
  );
});

test('what is no note is malformed', () => {
  const line = signNote('x\n', [signer]).split('\n\n')[1]!;
  const latin = Buffer.concat([Buffer.of(0xe9), Buffer.from(`\n\n${line}`)]);
  for (const note of ['', 'x\n', `x\n${line}`, `x\r\n\n${line}`, `x\n\n${line.trimEnd()}`, `x\n\n${line}\n`, latin]) {
    assert.equal(open(note, signer.vkey), 'malformed');
  }
  assert.equal(open(`x\n\n${line.repeat(16)}`, signer.vkey) instanceof Object, true);
  assert.equal(open(`x\n\n${line.repeat(17)}`, signer.vkey), 'malformed');
});

test('a verifier key that is not whole, or of another kind, is none', () => {
  const [name, id, key] = signer.vkey.split('+') as [string, string, string];
  assert.ok(noteKey(`${signer.vkey}\n`));
  const cosigner = Buffer.from(key, 'base64');
  cosigner[0] = 0x04;
  for (const vkey of [
    '',
    name,
    `${name}+${id}`,
    `${name}+00000000+${key}`,
    `a b+${id}+${key}`,
    `${name}+${id}+${key.slice(4)}`,
    `${name}+${id}+${cosigner.toString('base64')}`,
  ]) {
    assert.equal(noteKey(vkey), undefined, vkey);
  }
  assert.throws(() => noteSigner('a b', Buffer.alloc(32)));
  assert.throws(() => signNote('no newline', [signer]));
  assert.throws(() => signNote('a\ttab\n', [signer]));
});
