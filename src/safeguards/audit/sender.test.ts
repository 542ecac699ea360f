import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Personal, seededRandom } from '#base';
import { testKeystore } from '../../../test/keys.ts';
import { senderDetails } from './sender.ts';

const keys = () => testKeystore(seededRandom('sender'));

test('what is kept of a sender holds neither the address nor the country, and at most 200 characters of the program', async () => {
  const from = { address: new Personal('192.0.2.77'), agent: new Personal('x'.repeat(300)), country: 'ES' };
  const kept = await senderDetails({ keys: keys() }, from);
  assert.deepEqual(Object.keys(kept), ['address', 'agent']);
  assert.equal(kept['agent'], 'x'.repeat(200));
  assert.doesNotMatch(JSON.stringify(kept), /192\.0\.2|ES/);
});

test('a program that does not name itself, or names itself in broken characters, is kept without harm', async () => {
  const sender = (agent?: string) => ({
    address: new Personal('::1'),
    agent: agent === undefined ? undefined : new Personal(agent),
    country: undefined,
  });
  assert.deepEqual(Object.keys(await senderDetails({ keys: keys() }, sender())), ['address']);
  const cut = await senderDetails({ keys: keys() }, sender(`${'x'.repeat(199)}😀`));
  assert.equal(cut['agent'], `${'x'.repeat(199)}�`);
});
