import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStreamOrder } from './stream-orders.ts';

const streamSid = 'MZ1';
const read = (message: unknown) => readStreamOrder(JSON.stringify(message), streamSid);

test('audio of any length is taken for playing', () => {
  const long = Buffer.alloc(200_000, 0x55);
  const order = read({ event: 'media', streamSid, media: { payload: long.toString('base64') } });
  assert.ok(order?.do === 'play' && order.audio.equals(long));
});

test('what is no message for this stream is refused', () => {
  const media = { payload: 'AAAA' };
  const bad: readonly unknown[] = [
    null,
    [],
    'x',
    { event: 'media', media },
    { event: 'media', streamSid: 'MZ2', media },
    { event: 'media', streamSid },
    { event: 'media', streamSid, media: { payload: '' } },
    { event: 'media', streamSid, media: { payload: 'AAA' } },
    { event: 'media', streamSid, media: { payload: 'RIFF?' } },
    { event: 'media', streamSid, media: { payload: [] } },
    { event: 'mark', streamSid },
    { event: 'mark', streamSid, mark: { name: 1 } },
    { event: 'stop', streamSid },
  ];
  for (const message of bad) assert.equal(read(message), undefined, JSON.stringify(message));
  assert.equal(readStreamOrder('{', streamSid), undefined);
});
