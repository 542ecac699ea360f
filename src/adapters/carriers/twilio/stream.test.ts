import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isProblem } from '#base';
import { cutMedia, isBase64 } from './media.ts';
import { parseStream, twilioStream } from './stream.ts';

const streamId = `MZ${'4'.repeat(32)}`;
const payload = Buffer.alloc(160, 0x5a).toString('base64');
const sent = { track: 'inbound', chunk: '2', timestamp: '20', payload };
const before = { event: 'media', sequenceNumber: '3', streamSid: streamId, media: sent };
const after = { event: 'media', sequenceNumber: '3', media: sent, streamSid: streamId };
const bytes = (message: unknown) => Buffer.from(JSON.stringify(message));

function outcome(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (!isProblem(error, 'frame-malformed')) throw error;
    return 'frame-malformed';
  }
}

function mostly<T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T | number>): fc.Arbitrary<T | number> {
  return fc.oneof({ arbitrary: usual, weight: 9 }, { arbitrary: other, weight: 1 });
}

/** A message as the carrier writes it, perhaps with one byte changed, inserted or taken away. */
const almostMedia = fc
  .record({
    message: fc
      .record({
        id: mostly(fc.constant(streamId), fc.string()),
        count: mostly(fc.nat().map(String), fc.oneof(fc.string(), fc.constant('1234567890123'))),
        atMs: mostly(fc.nat().map(String), fc.oneof(fc.string(), fc.constant('1234567890123'), fc.nat())),
        track: mostly(fc.constant('inbound'), fc.string()),
        audio: mostly(
          fc.uint8Array({ minLength: 1, maxLength: 200 }).map((array) => Buffer.from(array).toString('base64')),
          fc.stringMatching(/^[A-Za-z0-9+/]{0,9}={0,4}$/),
        ),
        early: fc.boolean(),
      })
      .map(({ id, count, atMs, track, audio, early }) => {
        const media = { track, chunk: count, timestamp: atMs, payload: audio };
        const head = { event: 'media', sequenceNumber: count };
        return bytes(early ? { ...head, streamSid: id, media } : { ...head, media, streamSid: id });
      }),
    at: fc.nat(),
    change: fc.constantFrom('none', 'replace', 'insert', 'remove'),
    byte: fc.oneof(fc.nat(127), fc.constantFrom(...Buffer.from('"\\/={}:,19 aZ'))),
  })
  .map(({ message, at: seed, change, byte }) => {
    const at = seed % message.length;
    const middle = { none: message.subarray(at, at + 1), replace: [byte], insert: [byte, message[at]!], remove: [] };
    return Buffer.concat([message.subarray(0, at), Buffer.from(middle[change]), message.subarray(at + 1)]);
  });

test('audio is cut out of its message in both orders the carrier writes, and never of any other message', () => {
  const event = { type: 'audio', payload, atMs: 20 };
  assert.deepEqual(cutMedia(bytes(before)), event);
  assert.deepEqual(cutMedia(bytes(after)), event);
  const others = [{ ...before, more: 1 }, { ...before, media: { ...sent, track: 'outbound' } }, { event: 'stop' }];
  for (const other of others) assert.equal(cutMedia(bytes(other)), undefined);
  for (let end = 0; end < bytes(after).length; end += 1)
    assert.equal(cutMedia(bytes(after).subarray(0, end)), undefined);
});

test('what is cut by position is what a parser reads, whatever the message', () => {
  let cut = 0;
  fc.assert(
    fc.property(almostMedia, (message) => {
      const parsed = outcome(() => parseStream(message));
      const found = cutMedia(message);
      if (found) cut += 1;
      assert.deepEqual(found ?? parsed, parsed, message.toString('utf8'));
      assert.deepEqual(
        outcome(() => twilioStream.read(message)),
        parsed,
      );
    }),
    { numRuns: 3_000 },
  );
  assert.ok(cut > 100, 'the property looked at messages that are cut');
});

test('a message with its fields in another order, with space or escapes is read all the same', () => {
  const turned = { media: Object.fromEntries(Object.entries(sent).toReversed()), event: 'media' };
  const event = { type: 'audio', payload, atMs: 20 };
  assert.deepEqual(twilioStream.read(bytes(turned)), event);
  assert.deepEqual(twilioStream.read(Buffer.from(JSON.stringify(before, null, 2))), event);
  const slashes = JSON.stringify({ ...before, media: { ...sent, payload: '/w==' } }).replace('/', '\\/');
  assert.deepEqual(twilioStream.read(Buffer.from(slashes)), { ...event, payload: '/w==' });
});

test('base64 is whole groups of four, padded at the end alone', () => {
  for (const text of ['AAAA', 'AA==', 'AAA=', '+/09azAZ']) assert.ok(isBase64(text), text);
  for (const text of ['', 'A', 'AAA', 'A===', '====', 'AA=A', 'AA==AAAA', 'AA-_', 'AAAA\n', ' AAA', 'AAÄA']) {
    assert.ok(!isBase64(text), text);
  }
});

test('a stream of another format, or with a name that would break out of our messages, is refused', () => {
  const format = { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 };
  const begun = { streamSid: streamId, callSid: `CA${'2'.repeat(32)}`, customParameters: {}, mediaFormat: format };
  assert.equal(twilioStream.read(bytes({ event: 'start', start: begun })).type, 'start');
  const wrong = [
    { mediaFormat: { ...format, sampleRate: 16_000 } },
    { mediaFormat: { ...format, sampleRate: '8000' } },
    { mediaFormat: { ...format, channels: 2 } },
    { mediaFormat: { ...format, encoding: 'audio/l16' } },
    { mediaFormat: undefined },
    { streamSid: 'MZ"},"event":"clear' },
    { streamSid: undefined },
    { callSid: '' },
    { callSid: 7 },
    { customParameters: [] },
    { customParameters: { token: 7 } },
  ];
  for (const one of wrong) {
    const message = bytes({ event: 'start', streamSid: streamId, start: { ...begun, ...one } });
    assert.equal(
      outcome(() => twilioStream.read(message)),
      'frame-malformed',
      JSON.stringify(one),
    );
  }
  const another = bytes({ event: 'start', streamSid: `MZ${'5'.repeat(32)}`, start: begun });
  assert.equal(
    outcome(() => twilioStream.read(another)),
    'frame-malformed',
  );
});

test('our messages are JSON, whatever a mark is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const mark = JSON.parse(twilioStream.mark(streamId, name)) as object;
      assert.deepEqual(mark, { event: 'mark', streamSid: streamId, mark: { name } });
    }),
  );
  assert.deepEqual(JSON.parse(twilioStream.audio(streamId, payload)), {
    event: 'media',
    streamSid: streamId,
    media: { payload },
  });
  assert.deepEqual(JSON.parse(twilioStream.clear(streamId)), { event: 'clear', streamSid: streamId });
});
