import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Personal } from '#base';
import { noteSigner, signNote } from '#tlog';
import { openErasing } from '../../../test/erasing.ts';
import { certificateSigner, readCertificate } from './index.ts';

test('a certificate of which one byte was changed is refused, whichever it is', async (t) => {
  const erasing = await openErasing(t);
  const [mine] = erasing.keeping.businesses;
  await erasing.keeping.leave(mine, { isRecorded: true });
  const asked = await erasing.erase(mine, { person: new Personal('+34600111222') });
  const note = Buffer.from(await erasing.note(asked));
  const { vkey } = certificateSigner(erasing.ctx);
  assert.ok(readCertificate(note, vkey).isGood);
  for (let at = 0; at < note.length; at += 1) {
    const changed = Buffer.from(note);
    changed[at]! ^= 1 << (at % 8);
    assert.equal(readCertificate(changed, vkey).isGood, false, `byte ${at}`);
  }
});

test('what the key of another installation signed, and what is no certificate, is refused', async (t) => {
  const { ctx } = await openErasing(t);
  const signer = certificateSigner(ctx);
  const other = noteSigner(signer.name, Buffer.alloc(32, 1));
  const text = 'Sotto deletion certificate, version 1\n{}\n';
  const why = (note: string, vkey: string) => {
    const read = readCertificate(Buffer.from(note), vkey);
    return read.isGood ? 'good' : read.why;
  };
  assert.equal(why(signNote(text, [signer]), signer.vkey), 'good');
  assert.equal(why(signNote(text, [other]), signer.vkey), 'unknown-key');
  assert.equal(why(signNote('Something else\n{}\n', [signer]), signer.vkey), 'no-certificate');
  assert.equal(
    why(signNote('Sotto deletion certificate, version 1\nnot json\n', [signer]), signer.vkey),
    'no-certificate',
  );
  assert.equal(why(text, signer.vkey), 'malformed');
  assert.equal(why(text, 'no key'), 'key-malformed');
});
