import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { parrot } from '../parrot.ts';
import { signedRing } from '../signed-ring.ts';
import { world, type World } from '../world.ts';

/** Rings as the demo's carrier and gives where the relay is, and the token for it. */
async function ring(w: World, callSid: string) {
  const target = { origin: w.url, account: w.demo.twilio, to: w.demo.number, callSid };
  const { body } = await w.app.server.inject(signedRing(target));
  return {
    url: /url="([^"]+)"/.exec(body)?.[1] ?? '',
    token: /name="token" value="([^"]+)"/.exec(body)?.[1] ?? '',
  };
}

function sign(w: World, content: string): string {
  return createHmac('sha1', w.demo.twilio.authToken).update(content).digest('base64');
}

function open(w: World, url: string, signature = sign(w, url)): WebSocket {
  return new WebSocket(url, { headers: { 'x-twilio-signature': signature } });
}

/** The HTTP status that refused the handshake, or the code that closed the socket. */
async function outcome(socket: WebSocket, frames: (string | Buffer)[]): Promise<number> {
  const refused = once(socket, 'unexpected-response').then(
    ([, response]) => (response as { statusCode: number }).statusCode,
  );
  const closed = once(socket, 'close').then(([code]) => code as number);
  socket.on('error', () => {});
  socket.on('open', () => frames.forEach((frame) => socket.send(frame)));
  return Promise.race([refused, closed]);
}

function setup(w: World, callSid: string, token: string): string {
  return JSON.stringify({
    type: 'setup',
    sessionId: `VX${'0'.repeat(32)}`,
    accountSid: w.demo.twilio.accountSid,
    callSid,
    from: '+14155550132',
    to: '+15005550006',
    direction: 'inbound',
    callType: 'PSTN',
    callStatus: 'RINGING',
    customParameters: { token },
  });
}

test('a socket is let in once, by its token, its call and its signature, and by nothing less', async (t) => {
  const w = await world(t, { model: parrot, speed: 1 });
  const callSid = `CA${'a'.repeat(32)}`;
  const { url, token } = await ring(w, callSid);
  assert.equal(await outcome(open(w, url, 'AAAA'), []), 403, 'a wrong signature');
  assert.equal(
    await outcome(open(w, url.replace(/[^/]+$/, '00000000-0000-7000-8000-000000000009'), sign(w, url)), []),
    403,
    'another account',
  );
  assert.equal(await outcome(open(w, url.replace(/[^/]+$/, 'nobody')), []), 404, 'no account at all');
  assert.equal(await outcome(open(w, url), [setup(w, callSid, `${token}x`)]), 1008, 'an altered token');
  assert.equal(
    await outcome(open(w, url), [setup(w, `CA${'b'.repeat(32)}`, token)]),
    1008,
    'the token of another call',
  );
  const good = open(w, url);
  good.on('open', () => good.send(setup(w, callSid, token)));
  const [first] = await once(good, 'message');
  assert.match(String(first), /How can I help/);
  assert.equal(await outcome(open(w, url), [setup(w, callSid, token)]), 1008, 'the same token a second time');
  good.close();
});

test('a token older than a minute opens nothing', async (t) => {
  const w = await world(t, { model: parrot, speed: 60 });
  const callSid = `CA${'c'.repeat(32)}`;
  const { url, token } = await ring(w, callSid);
  const from = w.clock.now();
  while (w.clock.now() - from < 61_000) await new Promise((resolve) => w.clock.after(1_000, () => resolve(undefined)));
  assert.equal(await outcome(open(w, url), [setup(w, callSid, token)]), 1008);
});

test('garbage, bytes and floods on a socket end that socket and nothing else', async (t) => {
  const w = await world(t, { model: parrot, speed: 1 });
  const frames: [string, string | Buffer, number][] = [
    ['no JSON', 'hello', 1008],
    ['deep JSON', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 1008],
    ['bytes', Buffer.from([1, 2, 3]), 1003],
    ['70 kB', `"${'x'.repeat(70_000)}"`, 1009],
  ];
  for (const [name, frame, code] of frames) {
    const { url } = await ring(w, `CA${'d'.repeat(32)}`);
    assert.equal(await outcome(open(w, url), [frame]), code, name);
  }
  assert.equal((await w.app.server.inject({ method: 'GET', url: '/readyz' })).status, 200);
});

test('every refusal is a problem document with a code, what to do, and nothing of ours', async (t) => {
  const w = await world(t, { model: parrot });
  const cases = [
    { url: '/nowhere', status: 404, code: 'not-found' },
    { url: '/api/v1/calls', status: 401, code: 'key-invalid' },
    { url: '/carriers/nobody/voice', method: 'POST' as const, status: 404, code: 'vendor-unknown' },
    { url: '/carriers/twilio/voice', method: 'POST' as const, status: 403, code: 'signature-invalid' },
  ];
  for (const { url, status, code, method = 'GET' as const } of cases) {
    const answer = await w.app.server.inject({
      method,
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      ...(method === 'POST' ? { body: 'a=b' } : {}),
    });
    const body = answer.json() as { code: string; detail: string; instance: string };
    assert.deepEqual([answer.status, body.code], [status, code], url);
    assert.match(String(answer.headers['content-type']), /problem\+json/);
    assert.ok(body.detail.length > 10 && body.instance.length > 10);
    assert.ok(!/node_modules|\.ts:|select /.test(answer.body));
  }
  const bad = await w.api('/api/v1/calls?limit=1000');
  assert.deepEqual([bad.status, bad.json.code], [400, 'input-invalid']);
  const cursor = await w.api('/api/v1/calls?before=abc');
  assert.deepEqual([cursor.status, cursor.json.code], [400, 'cursor-invalid']);
});
