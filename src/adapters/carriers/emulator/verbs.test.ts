import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem } from '#base';
import { readOrder } from './relay-orders.ts';
import { readVerbs } from './verbs.ts';

const response = (inside: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`;
const relay = (inside: string, more = '') =>
  response(`<Connect><ConversationRelay url="wss://a.example/s"${more}>${inside}</ConversationRelay></Connect>`);

test('an answer that the carrier would only warn about is refused, so that a slip of ours shows', () => {
  const bad = [
    '<Response>text</Response>',
    '<response/>',
    response('<Say/>'),
    response('<Say>a<b/></Say>'),
    response('<Say colour="red">a</Say>'),
    response('<Dial><Number>+1</Number><Number>+2</Number></Dial>'),
    response('<Dial>+15005550006</Dial>'),
    response('<Dial timeout="soon"><Number>+15005550006</Number></Dial>'),
    response('<Gather method="GET"/>'),
    response('<Connect/>'),
    response('<Redirect/>'),
    response('<Redirect method="GET">https://a.example/next</Redirect>'),
    response('<Record/>'),
    response('<constructor/>'),
    relay('<Param name="a" value="b"/>'),
    relay('<Parameter name="a"/>'),
    relay('', ' welcome="hi"'),
    response('<Connect><Stream/></Connect>'),
    response('<Connect><Stream url="wss://a.example/s" track="both_tracks"/></Connect>'),
    response('<Connect><Stream url="wss://a.example/s"><Param name="a" value="b"/></Stream></Connect>'),
    response('<Connect><Stream url="wss://a.example/s"/><Stream url="wss://a.example/s"/></Connect>'),
    response('<Play>https://a.example/x.mp3</Play>'),
    response('<Play digits="1,2"/>'),
    response('<Play digits="1">2</Play>'),
    response('<Play digits="1" loop="2"/>'),
    response('<Start><Stream url="wss://a.example/s"/></Start>'),
  ];
  for (const document of bad) {
    assert.throws(
      () => readVerbs(document),
      (error) => isProblem(error, 'body-malformed'),
      document,
    );
  }
  assert.deepEqual(readVerbs(response('<Pause length="2"/>')), [{ verb: 'pause', waitS: 2 }]);
});

test('what a verb leaves unsaid is what the carrier takes for it', () => {
  assert.deepEqual(readVerbs(response('<Gather/>')), [
    {
      verb: 'gather',
      speech: false,
      digits: true,
      action: undefined,
      waitS: 5,
      finishOnKey: '#',
      tellsSilence: false,
      prompts: [],
    },
  ]);
  const [session] = readVerbs(relay('', ' interruptible="none"'));
  assert.ok(session?.verb === 'relay' && !session.interruptible && !session.keypad && !session.tellsPlayed);
});

test('orders over the relay are read as the carrier would, and anything else is refused', () => {
  const read = (message: unknown) => readOrder(JSON.stringify(message), true);
  assert.deepEqual(read({ type: 'text', token: 'hi' }), {
    do: 'speak',
    piece: { text: 'hi', last: false, interruptible: true },
  });
  assert.deepEqual(read({ type: 'end' }), { do: 'end', data: undefined });
  assert.deepEqual(read({ type: 'language', ttsLanguage: 'es-ES', transcriptionLanguage: 'es-ES' }), {
    do: 'language',
  });
  assert.deepEqual(read({ type: 'sendDigits', digits: '1w#' }), { do: 'press', digits: '1w#' });
  const bad = [
    null,
    [],
    'x',
    {},
    { type: 'text' },
    { type: 'text', token: 'a', last: 'yes' },
    { type: 'end', handoffData: {} },
  ];
  for (const message of [...bad, { type: 'sendDigits', digits: 'x' }, { type: 'play' }, { foo: 'bar' }]) {
    assert.equal(read(message), undefined, JSON.stringify(message));
  }
  assert.equal(readOrder('{', true), undefined);
});
