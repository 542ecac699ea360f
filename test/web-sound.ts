import type { TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { pause, systemClock, type Cancel } from '#base';
import { audioToWords, wordsToAudio } from '#adapters/carriers';

/** What a browser is told to begin its stream with. */
export type Offer = {
  readonly account: string;
  readonly callId: string;
  readonly streamId: string;
  readonly parameters: Readonly<Record<string, string>>;
};

/** The browser's end of the sound of a call: a microphone and a loudspeaker. */
export type WebSound = {
  /** Says it, frame after frame, as fast as a microphone does. */
  says(text: string): Promise<void>;
  /** Resolves once this was heard to its end. */
  hears(words: RegExp): Promise<void>;
  /** Resolves once so many words of what is being said have been heard. */
  hearsBeginning(words: number): Promise<void>;
  /** What was heard, cut off or whole. */
  readonly heard: readonly string[];
  /** How often the secretary fell silent because it was spoken over. */
  cleared(): number;
  readonly closed: Promise<readonly [number, string]>;
  leave(): void;
};

const frameBytes = 160;
const frameMs = 20;
const bytesPerMs = 8;
const silence = Buffer.alloc(frameBytes, 0xff);

/** Opens the stream that was offered. Resolves when it is open; `closed` tells how it ended. */
export async function webSound(
  t: Pick<TestContext, 'after'>,
  url: string,
  { cookie, offer, origin = url }: { readonly cookie: string; readonly offer: Offer; readonly origin?: string },
): Promise<WebSound> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/v1/call/stream`, { headers: { origin, cookie } });
  t.after(() => socket.terminate());
  const { account: accountSid, callId: callSid, streamId: streamSid, parameters: customParameters } = offer;
  const send = (message: object) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(message));
  const heard: string[] = [];
  const waiting: Buffer[] = [];
  const bells = new Set<() => void>();
  const told = (words: readonly string[]) => {
    heard.push(...words);
    bells.forEach((bell) => bell());
  };
  const speaker = openSpeaker(told, (name) => send({ event: 'mark', streamSid, mark: { name } }));
  socket.on('message', (data: Buffer) => {
    const { event, media, mark } = JSON.parse(data.toString('utf8')) as Order;
    if (media) speaker.play(Buffer.from(media.payload, 'base64'));
    if (mark) speaker.mark(mark.name);
    if (event === 'clear') speaker.clear();
  });
  const closed = new Promise<readonly [number, string]>((resolve) =>
    socket.on('close', (code, reason) => {
      stopped = true;
      told(speaker.stop());
      resolve([code, reason.toString()]);
    }),
  );
  let stopped = false;
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  send({ event: 'connected', protocol: 'Call', version: '1.0.0' });
  const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 };
  const start = { accountSid, callSid, streamSid, tracks: ['inbound'], mediaFormat, customParameters };
  send({ event: 'start', sequenceNumber: '1', start, streamSid });
  void microphone();

  async function microphone(): Promise<void> {
    for (let chunk = 1; !stopped; chunk += 1) {
      const payload = (waiting.shift() ?? silence).toString('base64');
      const about = { track: 'inbound', chunk: String(chunk), timestamp: String((chunk - 1) * frameMs) };
      send({ event: 'media', sequenceNumber: String(chunk + 1), media: { ...about, payload }, streamSid });
      await pause(systemClock, frameMs);
    }
  }

  return {
    heard,
    closed,
    cleared: speaker.cleared,
    leave: () => socket.terminate(),
    async says(text) {
      const audio = wordsToAudio(text);
      for (let at = 0; at < audio.length; at += frameBytes) waiting.push(audio.subarray(at, at + frameBytes));
      while (waiting.length > 0 && !stopped) await pause(systemClock, frameMs);
    },
    hears: (words) => until(() => heard.some((one) => words.test(one))),
    hearsBeginning: (words) => until(() => speaker.wordsHeard() >= words),
  };

  function until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = isSo();
        if (!found && !stopped) return;
        bells.delete(look);
        if (found) resolve();
        else reject(new Error(`the stream ended after ${JSON.stringify(heard)}`));
      };
      bells.add(look);
      look();
    });
  }
}

type Order = {
  readonly event: string;
  readonly media?: { readonly payload: string };
  readonly mark?: { readonly name: string };
};

/** Plays at the speed of speech, says when a mark has been reached, and forgets what waits when it is cleared. */
function openSpeaker(told: (words: readonly string[]) => void, reached: (name: string) => void) {
  const words = audioToWords();
  let endsAt = systemClock.now();
  let clears = 0;
  const due = new Set<{ readonly cancel: Cancel; readonly name: string | undefined }>();
  const later = (work: () => void, name?: string) => {
    const one = {
      name,
      cancel: systemClock.after(Math.max(0, endsAt - systemClock.now()), () => {
        due.delete(one);
        work();
      }),
    };
    due.add(one);
  };
  return {
    play(audio: Buffer) {
      endsAt = Math.max(endsAt, systemClock.now()) + audio.length / bytesPerMs;
      later(() => told(words.hear(audio).map(({ text }) => text)));
    },
    mark: (name: string) => later(() => reached(name), name),
    clear() {
      clears += 1;
      const left = [...due];
      due.clear();
      endsAt = systemClock.now();
      left.forEach(({ cancel }) => cancel());
      told([words.stop()?.text ?? ''].filter(Boolean));
      left.forEach(({ name }) => name !== undefined && reached(name));
    },
    stop: () => [words.stop()?.text ?? ''].filter(Boolean),
    cleared: () => clears,
    wordsHeard: words.count,
  };
}
