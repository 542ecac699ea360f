import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { parrot } from '../../../test/parrot.ts';
import { freshCallSid, signedRing, signedWebhook } from '../../../test/signed-ring.ts';
import { world, type World } from '../../../test/world.ts';

type Relay = { readonly url: string; readonly token: string; readonly next: string };

/** What an answer offers the carrier. */
function relayIn(body: string): Relay {
  const part = (pattern: RegExp) => pattern.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const next = new URL(part(/action="([^"]+)"/));
  const url = part(/<ConversationRelay url="([^"]+)"/);
  return { url, token: part(/name="token" value="([^"]+)"/), next: next.pathname + next.search };
}

async function enter(w: World, { url, token }: Relay, callSid: string): Promise<WebSocket> {
  const signature = createHmac('sha1', w.demo.twilio.authToken).update(url).digest('base64');
  const socket = new WebSocket(url, { headers: { 'x-twilio-signature': signature } });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'setup', callSid, customParameters: { token } }));
  return socket;
}

const said = (voicePrompt: string) => JSON.stringify({ type: 'prompt', voicePrompt, last: true });

/** Why the socket was shut; an answer instead of that is not waited out. */
async function closing(socket: WebSocket): Promise<string> {
  const shut = once(socket, 'close').then(([, why]) => String(why));
  const answered = once(socket, 'message').then(([message]) => `answered ${String(message)}`);
  return Promise.race([shut, answered]);
}

test('a call listens to the socket it offered last: an older one is shut and nothing it says is written down', async (t) => {
  const w = await world(t, { model: parrot });
  const callSid = freshCallSid();
  const post = (request: ReturnType<typeof signedWebhook>) => w.app.server.inject(request);
  const at = { origin: w.url, account: w.demo.twilio };
  const first = relayIn((await post(signedRing({ ...at, to: w.demo.number, callSid }))).body);
  const older = await enter(w, first, callSid);
  await once(older, 'message');
  const lost = { CallSid: callSid, CallStatus: 'in-progress', SessionStatus: 'failed' };
  const second = relayIn((await post(signedWebhook(at, first.next, lost))).body);
  const newer = await enter(w, second, callSid);
  await once(newer, 'message');

  older.send(said('say something late'));
  assert.equal(await closing(older), 'stream-token-invalid');
  newer.send(said('say hello'));
  const [answer] = (await once(newer, 'message')) as [Buffer];
  assert.match(answer.toString(), /"hello"/);
  const { transcript } = await w.lastCall();
  assert.deepEqual(
    transcript.filter(({ speaker }) => speaker === 'caller').map(({ heard }) => heard),
    ['say hello'],
  );
  newer.close();
});
