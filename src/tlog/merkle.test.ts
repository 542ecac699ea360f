import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { merkleRoot } from './merkle.ts';

/**
 * The test vectors of the Certificate Transparency project (google/certificate-transparency, merkle_tree_test.cc): eight
 * entries, and the root over the first of them, the first two, and so on.
 */
const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const all = entries.map((hex) => Buffer.from(hex, 'hex'));

test('a root is that of RFC 6962, for every number of entries', () => {
  for (const [at, root] of roots.entries()) {
    assert.equal(merkleRoot(all.slice(0, at + 1)).toString('hex'), root, `${at + 1} entries`);
  }
});

test('of no entries the root is the hash of nothing', () => {
  assert.deepEqual(merkleRoot([]), createHash('sha256').digest());
});

test('another entry, another order and one entry less give another root', () => {
  const root = merkleRoot(all);
  for (let at = 0; at < all.length; at++) {
    assert.notDeepEqual(merkleRoot(all.with(at, Buffer.from('other'))), root);
    assert.notDeepEqual(merkleRoot(all.toSpliced(at, 1)), root);
  }
  assert.notDeepEqual(merkleRoot(all.toReversed()), root);
});
