import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bytesOf, cutAudioDelta, isAudio, noPlace } from '../speech/audio-delta.ts';
import { readEvent } from '../speech/server-event.ts';
import fixtures from './fixtures/server-events.json' with { type: 'json' };

for (const { say, event, means } of fixtures) {
  test(`what the vendor says is read: ${say}`, () => {
    const read = readEvent(Buffer.from(JSON.stringify(event)));
    // What is undefined in a reading is absent in the fixture.
    assert.deepEqual(read === undefined ? null : JSON.parse(JSON.stringify(read)), means);
  });
}

test('what is no JSON is garbage, whatever it is', () => {
  for (const text of ['', '{', '{"type":"session.updated"', 'null', '"session.updated"', '\u0000', 'ping']) {
    assert.equal(readEvent(Buffer.from(text)), undefined, JSON.stringify(text));
  }
});

const names = ['type', 'event_id', 'response_id', 'item_id', 'output_index', 'content_index', 'delta', 'x'];
const word = fc.oneof(
  fc.constantFrom('response.output_audio.delta', 'resp_1', 'item_1', '', 'a"b', 'a\\b', 'ü', '"delta":"', '{}', '\n'),
  fc.string({ unit: 'binary' }),
);
const audio = fc.uint8Array({ minLength: 1, maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const value = fc.oneof(word, audio, fc.integer(), fc.constantFrom(null, true, 1.5, -0, { delta: 'AAAA' }, ['AAAA']));
const member = fc.tuple(fc.constantFrom(...names), value).map(([name, one]) => `"${name}":${JSON.stringify(one)}`);

const id = fc.stringMatching(/^[a-zA-Z0-9_-]{1,40}$/);

/** As the vendor writes it: the event's id before its type or after it. */
const usual = fc
  .tuple(fc.boolean(), id, id, id, fc.nat(9), audio)
  .map(([first, event_id, response_id, item_id, at, delta]) => {
    const type = 'response.output_audio.delta';
    const named = first ? { event_id, type } : { type, event_id };
    return JSON.stringify({ ...named, response_id, item_id, output_index: at, content_index: 0, delta });
  });

/** Anything that looks like it: members twice, strange values, a byte changed, more behind it. */
const unusual = fc
  .tuple(fc.array(member, { maxLength: 9 }), fc.option(fc.tuple(fc.nat(500), fc.integer({ min: 0, max: 255 }))))
  .map(([members, change]) => {
    const bytes = Buffer.from(`{${members.join(',')}}`);
    if (change) bytes[change[0] % bytes.length] = change[1];
    return bytes;
  });

/** The usual shape with anything for an id. */
const odd = fc.tuple(word, word, word, audio).map(([event_id, response_id, item_id, delta]) => {
  const event = {
    type: 'response.output_audio.delta',
    event_id,
    response_id,
    item_id,
    output_index: 0,
    content_index: 0,
    delta,
  };
  return Buffer.from(JSON.stringify(event));
});

/** What a full parse reads of it. */
function parsed(message: Buffer): unknown {
  const event = JSON.parse(message.toString('utf8')) as Record<string, unknown>;
  assert.equal(event['type'], 'response.output_audio.delta');
  return { type: 'audio', response: event['response_id'], item: event['item_id'], payload: event['delta'] };
}

test('audio in the usual shape is always cut by position, and read as a full parse reads it', () => {
  fc.assert(
    fc.property(usual, (text) => {
      const message = Buffer.from(text);
      const last = noPlace();
      assert.deepEqual(cutAudioDelta(message, last), parsed(message));
      assert.deepEqual(cutAudioDelta(message, last), parsed(message), 'the place of the last one is known');
    }),
    { seed: 20_261_121 },
  );
});

test('whatever is cut by position, a full parse reads the same', () => {
  let cut = 0;
  const last = noPlace();
  fc.assert(
    fc.property(
      fc.oneof(
        unusual,
        odd,
        usual.map((text) => Buffer.from(text)),
      ),
      (message) => {
        const found = cutAudioDelta(message, last);
        assert.deepEqual(cutAudioDelta(message), found, 'whatever came before it');
        if (!found) return;
        cut += 1;
        assert.deepEqual(found, parsed(message));
      },
    ),
    { seed: 20_261_121, numRuns: 5_000 },
  );
  assert.ok(cut > 1_000);
});

test('audio that cannot be cut by position is read all the same', () => {
  const delta = Buffer.from('some audio').toString('base64');
  const rest = '"response_id":"r","item_id":"i"';
  const means = { type: 'audio', response: 'r', item: 'i', payload: delta };
  const type = '"type":"response.output_audio.delta"';
  for (const text of [
    `{"delta":"${delta}",${type},${rest}}`,
    `{${type},${rest},"delta":"${delta}","obfuscation":"x"}`,
    `{ ${type}, ${rest}, "delta": "${delta}" }`,
    `{${type},${rest},"delta":"${delta.replace('b', '\\u0062')}"}`,
    `{${type},"note":{"item_id":"other"},${rest},"delta":"${delta}"}`,
    `{${type},"item_id":"first",${rest},"delta":"${delta}"}`,
  ]) {
    assert.deepEqual(readEvent(Buffer.from(text)), means, text);
  }
});

test('only base64 passes for audio', () => {
  const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  const letters = fc.string({ unit: fc.constantFrom(...'AZaz09+/=-_" \\\n\u0000ÿé€'), maxLength: 12 });
  fc.assert(
    fc.property(
      fc.oneof(
        letters,
        audio,
        fc.tuple(audio, letters).map((both) => both.join('')),
      ),
      (text) => assert.equal(isAudio(text), text !== '' && base64.test(text), JSON.stringify(text)),
    ),
    { seed: 20_261_121, numRuns: 5_000 },
  );
});

test('the length of audio follows from its base64', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => assert.equal(bytesOf(Buffer.from(bytes).toString('base64')), bytes.length)),
  );
});
