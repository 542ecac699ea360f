import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { acceptPeer, openHttp, readConfig, systemClock, systemRandom, type LogEvent } from '#base';
import { audioToWords, carrierNamed, carriers, wordsToAudio } from '#adapters/carriers';
import { models } from '#adapters/models';
import type { Happening, LinePlan } from '#media';
import { carryWith } from '../src/media/carry.ts';
import type { LiveCall } from '../src/media/host/live-call.ts';
import { testObjects } from './objects.ts';
import { standInKey, type StandIn } from './stand-in-model/stand-in.ts';

const streamSid = `MZ${'1'.repeat(32)}`;
const silence = Buffer.alloc(160, 0xff).toString('base64');
const frameMs = 20;

/** A telephone on a real socket: speaks words as audio, plays what comes in real time, and reads the words in it. */
export type Phone = {
  readonly told: readonly Happening[];
  readonly logged: readonly LogEvent[];
  /** Sentences that were heard, in order; those that were broken off end with a dash. */
  readonly sentences: readonly string[];
  /** Words of the sentence that is being heard. */
  wordsSoFar(): number;
  /** Says words; resolves when they have been said. */
  say(words: string): Promise<void>;
  /** Resolves when it is so: looks again whenever anything is heard or told. */
  when(isSo: () => boolean): Promise<void>;
  hangUp(): void;
};

/** Opens a line with one call of it, to a stand-in for a speech model. It ends with the test. */
export async function openPhone(t: TestContext, standIn: StandIn): Promise<Phone> {
  const told: Happening[] = [];
  const logged: LogEvent[] = [];
  const waiting = new Set<() => void>();
  const look = () => waiting.forEach((one) => one());
  const port = await serve(t, standIn, {
    tell(happening) {
      told.push(happening);
      look();
    },
    log: (event) => void logged.push(event),
  });
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false });
  const ear = earOf(look, (name) => send({ event: 'mark', streamSid, mark: { name } }));
  const mouth: { left: string[]; said: () => void } = { left: [], said: () => {} };
  let chunk = 0;
  const send = (message: object) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(message));
  const startedAt = systemClock.now();
  const beat = () => {
    // As many frames as are due: a test that is held up sends none less.
    for (; chunk * frameMs <= systemClock.now() - startedAt; chunk += 1) {
      const payload = mouth.left.shift() ?? silence;
      const place = { sequenceNumber: `${chunk + 2}`, streamSid };
      send({
        event: 'media',
        ...place,
        media: { track: 'inbound', chunk: `${chunk}`, timestamp: `${chunk * frameMs}`, payload },
      });
      if (mouth.left.length === 0) mouth.said();
    }
    ear.beat();
    cancel = systemClock.after(frameMs / 2, beat);
  };
  let cancel = () => {};
  socket.on('message', (data: Buffer) => ear.take(JSON.parse(data.toString('utf8')) as Outgoing));
  await new Promise((resolve) => socket.once('open', resolve));
  beat();
  t.after(() => {
    cancel();
    socket.terminate();
  });
  return {
    told,
    logged,
    sentences: ear.sentences,
    wordsSoFar: ear.wordsSoFar,
    say: (words) =>
      new Promise((resolve) => {
        mouth.left = framesOf(wordsToAudio(words));
        mouth.said = resolve;
      }),
    async when(isSo) {
      if (isSo()) return;
      await new Promise<void>((resolve) => {
        const one = () => {
          if (!isSo()) return;
          waiting.delete(one);
          resolve();
        };
        waiting.add(one);
      });
    },
    hangUp: () =>
      void send({ event: 'stop', sequenceNumber: '9', streamSid, stop: { accountSid: 'AC1', callSid: 'CA1' } }),
  };
}

type Outgoing = { event: string; media?: { payload: string }; mark?: { name: string } };

/** Plays audio at its speed, gives marks back when they are reached or cleared, and reads the words. */
function earOf(look: () => void, echo: (name: string) => void) {
  const sentences: string[] = [];
  const reader = audioToWords();
  let queue: (Buffer | string)[] = [];
  let playedUntil = 0;
  const end = (text: string | undefined) => text !== undefined && sentences.push(text);
  return {
    sentences,
    wordsSoFar: () => reader.count(),
    take(message: Outgoing) {
      if (message.media) queue.push(Buffer.from(message.media.payload, 'base64'));
      else if (message.mark) queue.push(message.mark.name);
      else if (message.event === 'clear') {
        const broken = reader.stop();
        end(broken && `${broken.text} -`);
        const marks = queue.filter((one) => typeof one === 'string');
        queue = [];
        marks.forEach(echo);
        look();
      }
    },
    beat() {
      const now = systemClock.now();
      if (queue.length === 0 || playedUntil < now - 1_000) playedUntil = Math.max(playedUntil, now);
      for (let next = queue[0]; next !== undefined; next = queue[0]) {
        if (typeof next !== 'string' && playedUntil > now) return;
        queue.shift();
        if (typeof next === 'string') echo(next);
        else {
          playedUntil += frameMs;
          reader.hear(next).forEach(({ text }) => end(text));
          look();
        }
      }
    },
  };
}

/** A process's part of the line, in this one: accepts the carrier's socket and carries its call. */
async function serve(
  t: TestContext,
  standIn: StandIn,
  { tell, log }: { tell: (happening: Happening) => void; log: (event: LogEvent) => void },
): Promise<number> {
  const config = readConfig({ SOTTO_OPENAI_BASE_URL: standIn.url });
  const http = openHttp({ config, log });
  const objects = await testObjects(t);
  const senses = { config, clock: systemClock, random: systemRandom, http, log };
  const carry = carryWith({ ...senses, models: await models(), objects });
  const dialect = carrierNamed(await carriers(), 'twilio').stream;
  const calls: LiveCall[] = [];
  const server = createServer();
  server.on('upgrade', (request, socket: Socket) => {
    const key = request.headers['sec-websocket-key'] ?? '';
    const listener = {
      text: (message: Buffer) => calls.forEach((call) => call.frame(message)),
      closed: (code: number) => calls.forEach((call) => call.closed(code)),
    };
    const onError = (error: unknown) => t.diagnostic(String(error));
    const peer = acceptPeer(socket, { key, onError }, listener, { clock: systemClock });
    calls.push(carry({ peer, dialect, streamId: streamSid, plan, tell }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(async () => {
    server.close();
    await http.close();
  });
  return (server.address() as AddressInfo).port;
}

const plan: LinePlan = {
  call: { organisation: '00000000-0000-7000-8000-000000000001', id: '00000000-0000-7000-8000-000000000002', turn: 1 },
  speech: { instructions: 'Be kind.', tools: [], language: 'en-US', voice: undefined, terms: [], history: [] },
  model: { vendor: 'openai', key: standInKey, baseUrl: null, by: 'organisation' },
  taken: 0,
  recording: null,
};

function framesOf(audio: Buffer): string[] {
  return Array.from({ length: audio.length / 160 }, (_, at) => audio.toString('base64', at * 160, (at + 1) * 160));
}
