import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock, Personal, seededRandom } from '#base';
import { testKeystore } from '../../../test/keys.ts';
import { addressHash, addressKeySweeper } from './address-hash.ts';

const day = 86_400_000;

function desk() {
  const clock = manualClock(Date.UTC(2026, 10, 20, 12));
  const keys = testKeystore(seededRandom('address'), clock);
  return { clock, keys, hash: (address: string) => addressHash({ keys }, new Personal(address)) };
}

test('an address has one hash a day, all of an IPv6 /64 share it, and no two installations agree', async () => {
  const { clock, hash } = desk();
  const today = await hash('192.0.2.1');
  assert.match(today, /^[0-9a-f]{32}$/);
  assert.equal(await hash('::ffff:192.0.2.1'), today);
  assert.notEqual(await hash('192.0.2.2'), today);
  assert.equal(await hash('2001:db8::1'), await hash('2001:db8::2'));
  assert.notEqual(await addressHash({ keys: testKeystore(seededRandom('other')) }, new Personal('192.0.2.1')), today);
  clock.advance(day);
  assert.notEqual(await hash('192.0.2.1'), today);
});

test('the key of an address hash is destroyed before any hash is older than 90 days, and not a day earlier', async () => {
  const { clock, keys, hash } = desk();
  const sweeper = addressKeySweeper({ keys, clock });
  const subject = { organisation: keys.id, kind: 'address', id: keys.id } as const;
  const call = { ...subject, kind: 'call' } as const;
  await hash('192.0.2.1');
  const { id } = await keys.contentKey(subject);
  const kept = await keys.contentKey(call);
  clock.advance(89 * day + day / 2 - 1); // the last millisecond of the 89th day after it
  assert.equal(await sweeper.run(), 0);
  assert.ok(await keys.openKey(keys.id, id));
  clock.advance(1);
  assert.equal(await sweeper.run(), 1);
  assert.equal(await keys.openKey(keys.id, id), undefined);
  assert.deepEqual(await keys.openKey(keys.id, kept.id), kept, 'keys of other kinds live on');
  assert.equal(await sweeper.run(), 0);
});
