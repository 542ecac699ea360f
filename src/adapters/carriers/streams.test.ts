import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { isProblem, Personal } from '#base';
import { carriers } from './catalogue.ts';
import { readStreamOrder } from './emulator/stream-orders.ts';
import { readVerbs } from './emulator/verbs.ts';
import type { StreamEvent } from './stream.ts';

const types: readonly StreamEvent['type'][] = ['start', 'audio', 'digit', 'mark', 'stop', 'unknown'];
const streamId = `MZ${'4'.repeat(32)}`;
const socketUrl = 'wss://phone.sotto.example/sockets/x';
const thenUrl = 'https://phone.sotto.example/carriers/x/relay-ended?turn=1&a=2';
const base64 = fc.uint8Array({ minLength: 1, maxLength: 2_000 }).map((bytes) => Buffer.from(bytes).toString('base64'));

type Recorded = { stream: { text: string; event: object }[] };

function recorded(id: string): Recorded['stream'] {
  const file = join(import.meta.dirname, 'fixtures', id, 'stream-frames.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as Recorded).stream;
}

/** The event as it is written in a fixture: revealed, and null where nothing was given. */
function plain(event: StreamEvent): object {
  const shown = (value: unknown) => (value instanceof Personal ? value.reveal() : (value ?? null));
  return Object.fromEntries(Object.entries(event).map(([name, value]) => [name, shown(value)]));
}

const refused = (error: unknown) => isProblem(error, 'frame-malformed') && !error.message.includes('private');

for (const { id, item: carrier } of await carriers()) {
  const { stream } = carrier;

  test(`${id}: every recorded message of a media stream is read, and there is one of each type`, () => {
    const read = recorded(id).map(({ text, event }) => {
      const found = stream.read(Buffer.from(text));
      assert.deepEqual(plain(found), event, text);
      return found.type;
    });
    assert.deepEqual(
      types.filter((type) => !read.includes(type)),
      [],
    );
  });

  test(`${id}: a message of a media stream is only lent, and what was read of it stays`, () => {
    for (const { text, event } of recorded(id)) {
      const message = Buffer.from(text);
      const found = stream.read(message);
      message.fill(0);
      assert.deepEqual(plain(found), event);
    }
  });

  test(`${id}: a message of a media stream without what is due, or with what cannot be, is refused and not quoted`, () => {
    const media = { track: 'inbound', chunk: '1', timestamp: '5', payload: 'AAAA' };
    const messages: readonly unknown[] = [
      { event: 7 },
      { event: 'media' },
      { event: 'media', media: [] },
      { event: 'media', media: { ...media, payload: 'private' } },
      { event: 'media', media: { ...media, payload: '' } },
      { event: 'media', media: { ...media, payload: 'AAA' } },
      { event: 'media', media: { ...media, payload: ['AAAA'] } },
      { event: 'media', media: { ...media, timestamp: 5 } },
      { event: 'media', media: { ...media, timestamp: '-5' } },
      { event: 'media', media: { ...media, track: undefined } },
      { event: 'media', media: { ...media, payload: 'A'.repeat(16 * 1_024) } },
      { event: 'start' },
      { event: 'start', start: { streamSid: 'private', callSid: 'private' } },
      { event: 'dtmf', dtmf: { digit: 'private' } },
      { event: 'dtmf', dtmf: { digit: 1 } },
      { event: 'mark', mark: 'private' },
      { event: 'mark', mark: { name: 7 } },
    ];
    const deep = `{"event":"x","a":${'['.repeat(9)}${']'.repeat(9)}}`;
    for (const text of [...messages.map((one) => JSON.stringify(one)), '', 'null', '[]', '{', '"start"', '{}', deep]) {
      assert.throws(() => stream.read(Buffer.from(text)), refused, text.slice(0, 80));
    }
  });

  test(`${id}: no bytes make the reader of a media stream crash`, () => {
    const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
    const json = fc
      .record({ event: fc.constantFrom('start', 'media', 'dtmf', 'mark', 'stop'), more: fc.jsonValue() })
      .map(({ event, more }) =>
        Buffer.from(JSON.stringify({ event, start: more, media: more, dtmf: more, mark: more })),
      );
    fc.assert(
      fc.property(fc.oneof(bytes, json), (message) => {
        try {
          stream.read(message);
        } catch (error) {
          if (!isProblem(error, 'frame-malformed')) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });

  test(`${id}: what we send over a media stream is taken by the carrier as it was meant`, () => {
    fc.assert(
      fc.property(base64, fc.string(), (payload, name) => {
        const played = readStreamOrder(stream.audio(streamId, payload), streamId);
        assert.equal(played?.do === 'play' && played.audio.toString('base64'), payload);
        assert.deepEqual(readStreamOrder(stream.mark(streamId, name), streamId), { do: 'mark', name });
      }),
    );
    assert.deepEqual(readStreamOrder(stream.clear(streamId), streamId), { do: 'clear' });
    assert.equal(readStreamOrder(stream.clear(streamId), `MZ${'5'.repeat(32)}`), undefined);
  });

  test(`${id}: a media stream is offered with its token as a parameter, and in the clear on this machine only`, () => {
    const offer = (url: string) =>
      carrier.render([{ do: 'stream', socketUrl: url, token: 't<o>ken', thenUrl }, { do: 'hang-up' }]).body;
    assert.deepEqual(readVerbs(offer(socketUrl)), [
      { verb: 'stream', socketUrl, parameters: { token: 't<o>ken' }, action: thenUrl },
      { verb: 'hang-up' },
    ]);
    for (const url of ['ws://phone.sotto.example/s', 'https://phone.sotto.example/s', `${socketUrl}?token=t`]) {
      assert.throws(() => offer(url), /wss/, url);
    }
    assert.doesNotThrow(() => offer('ws://127.0.0.1:8080/sockets/x'));
  });
}
