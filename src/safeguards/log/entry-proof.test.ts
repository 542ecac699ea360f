import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteKey } from '#tlog';
import { openScene, shop, type Scene } from '../../../test/attack/scene.ts';
import { entryProofText, verifyEntryProof } from './entry-proof.ts';
import { logKeys, openingOf, proofOf } from './index.ts';

async function proven(scene: Scene) {
  const entry = await scene.act(shop, { note: 'a detail' });
  await scene.live(3);
  const text = await scene.ctx.db.tenant(shop, async (tx) => {
    const opening = await openingOf(scene.ctx, tx, shop, entry);
    return entryProofText((await proofOf(tx, shop, entry))!, opening);
  });
  const keys = (await logKeys(scene.ctx)).map((vkey) => noteKey(vkey)!);
  return { entry, text, trusted: { keys, witnesses: [], seen: new Map() } };
}

test('a stranger with public keys alone confirms one entry, its details, and its place in the global tree', async (t) => {
  const { entry, text, trusted } = await proven(await openScene(t));
  const check = verifyEntryProof(text, trusted);
  assert.deepEqual(check.faults, []);
  assert.equal(check.entry?.id, entry);
  assert.deepEqual(check.details, { note: 'a detail' });
  assert.equal(check.global?.origin, trusted.keys[0]!.name);
});

test('a proof of which anything was changed shows nothing', async (t) => {
  const { text, trusted } = await proven(await openScene(t));
  const [head, extra, ...rest] = text.split('\n');
  const inner = Buffer.from(extra!.slice('extra '.length), 'base64').toString('utf8');
  const bend = (from: RegExp | string, to: string) =>
    [head, `extra ${Buffer.from(inner.replace(from, to)).toString('base64')}`, ...rest].join('\n');
  const others = {
    'the entry': bend('call.answered', 'call.finished'),
    'the details': bend('a detail', 'a defail'),
    'the salt': bend(/"salt":"[0-9a-f]{2}/, '"salt":"00'),
    'the head in the global tree': bend('\\"size\\":', '\\"size\\":1'),
    'the global checkpoint': bend(/log\\n\d/, 'log\\n7'),
    'the path in the global tree': bend(/"hashes":\[[^\]]*\]/, '"hashes":5'),
    'the place': text.replace(/\nindex \d+/, '\nindex 1'),
    'the checkpoint': text.replace(/(\/of\/[0-9a-f]{32})\n(\d)/, '$1\n9$2'),
    'the extra': text.replace('extra ', 'extra A'),
    'all of it': 'c2sp.org/tlog-proof@v1\n',
  };
  for (const [what, other] of Object.entries(others)) {
    assert.notEqual(other, text, what);
    assert.ok(verifyEntryProof(other, trusted).faults.length > 0, what);
  }
  assert.ok(verifyEntryProof(text, { ...trusted, keys: [] }).faults.length > 0);
});
