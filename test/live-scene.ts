import { manualClock, problem, type Clock, readConfig, seededRandom, type Peer } from '#base';
import { carrierNamed, carriers } from '#adapters/carriers';
import type { SpeechListener, SpeechModel, SpeechPlan, SpeechSession, ToolResult } from '#adapters/models';
import type { Happening, LinePlan } from '#media';
import { liveCall } from '../src/media/call/live-call.ts';
import type { Tap } from '../src/media/call/tap.ts';
import { openTicker } from '../src/media/call/ticker.ts';

const dialect = carrierNamed(await carriers(), 'twilio').stream;

export const frameMs = 20;
export const streamId = 'MZ1';

/** A frame as loud as speech, with its number in it. */
export function speech(n: number): string {
  const bytes = Buffer.alloc(160, 0x20);
  bytes.writeUInt32BE(n, 4);
  return bytes.toString('base64');
}

/** A frame in which nobody speaks, with its number in it; no two are alike and none is what we fill in. */
export function hush(n: number): string {
  const bytes = Buffer.alloc(160, 0x7f);
  bytes.writeUInt32BE(n | 0x7f000000, 4);
  return bytes.toString('base64');
}

/** Audio of an answer: `ms` of it, telling answer and place wherever it is cut. */
export function voice(answer: number, fromMs: number, ms: number): Buffer {
  const sample = (at: number) => Math.imul(answer * 8_000_009 + fromMs * 8 + at, 2_654_435_761) >>> 24;
  return Buffer.from(Uint8Array.from({ length: ms * 8 }, (_, at) => sample(at)));
}

type Outgoing = { event: string; media?: { payload: string }; mark?: { name: string } };

/** A frame that the caller hears or would have heard. */
export type Played = {
  readonly payload: string;
  readonly at: number;
  isCleared: boolean;
};

/** The carrier's end: plays what it is sent in real time and echoes marks, as Twilio does. */
export type FakeCarrier = {
  readonly peer: Peer;
  readonly frames: Played[];
  /** Most that ever lay there, in milliseconds, by the carrier's own clock. */
  mostAheadMs: number;
  /** When our `clear` came, and every mark since the start. */
  readonly clears: number[];
  /** How many frames had been sent before each of them. */
  readonly clearedAfter: number[];
  readonly marks: string[];
  closedWith: number | undefined;
  closedAt: number | undefined;
  /** No mark comes back while true; every message we send breaks something while true. */
  keepsMarks: boolean;
  fails: boolean;
  backlog: number;
  /** Delays of marks on their way back. */
  echoMs: number;
};

export type FakeSession = SpeechSession & {
  readonly plan: SpeechPlan;
  readonly tell: SpeechListener;
  readonly openedAt: number;
  readonly heard: string[];
  readonly cuts: (readonly [answer: string, playedMs: number])[];
  readonly results: (readonly [callId: string, result: ToolResult])[];
  readonly prompts: string[];
  readonly keys: string[];
  isClosed: boolean;
  backlogBytes: number;
  probes: number;
  /** Whether it answers probes. */
  isThere: boolean;
};

export type SceneOptions = {
  readonly sessionMs?: number;
  /** What becomes of each session that is opened. Default: ready after 300 ms. */
  readonly opened?: (session: FakeSession, count: number, clock: Clock) => void;
  readonly plan?: Partial<LinePlan['speech']>;
  readonly tap?: Tap;
  readonly announce?: string;
};

export type Scene = ReturnType<typeof liveScene>;

/** One live call between a carrier and a model that are both in the test, on a clock that moves when told. */
export function liveScene(options: SceneOptions = {}) {
  const clock = manualClock(1_000_000);
  const sessions: FakeSession[] = [];
  const told: Happening[] = [];
  const errors: unknown[] = [];
  const { carrier, take } = fakeCarrier(clock, () => call);
  const ready = (session: FakeSession) => clock.after(300, () => session.isClosed || session.tell.ready());
  const model: SpeechModel = {
    sessionMs: options.sessionMs ?? 3_600_000,
    open(_reach, _access, plan, listener) {
      const session = fakeSession(plan, listener, clock.now());
      sessions.push(session);
      (options.opened ?? ready)(session, sessions.length, clock);
      return session;
    },
  };
  const http = Object.assign(() => Promise.reject(problem('host-not-listed', '')), {
    connect: () => Promise.reject(problem('host-not-listed', '')),
  });
  const ticker = openTicker(clock);
  const send = (text: string) => take(JSON.parse(text) as Outgoing);
  const call: ReturnType<typeof liveCall> = liveCall({
    peer: { ...carrier.peer, send, sendAll: (texts) => texts.forEach(send) },
    dialect,
    streamId,
    plan: planFor(options),
    tell: (happening) => void told.push(happening),
    reach: {
      clock,
      random: seededRandom('scene'),
      config: readConfig({}),
      http,
      log: (event, fields) => void errors.push([event, fields]),
    },
    model,
    ticker,
    tap: options.tap,
  });
  return { clock, call, carrier, sessions, told, errors, caller: fakeCaller(clock, (message) => call.frame(message)) };
}

/** A call whose model is ready and whose caller has been silent for 500 ms. */
export function begun(options: SceneOptions = {}): Scene & { readonly session: FakeSession } {
  const scene = liveScene(options);
  scene.caller.isSilent(500);
  return { ...scene, session: scene.sessions[0]! };
}

/** The model gives out a whole answer at once. */
export function giveAnswer({ tell }: FakeSession, name: string, ms: number, text: string): void {
  tell.answering(name);
  tell.audio(name, voice(1, 0, ms).toString('base64'));
  tell.answered(name, text, true);
  tell.rests();
}

function planFor({ plan, announce }: SceneOptions): LinePlan {
  return {
    call: { organisation: '00000000-0000-7000-8000-000000000001', id: '00000000-0000-7000-8000-000000000002', turn: 1 },
    speech: {
      instructions: 'Be kind.',
      tools: [],
      language: 'en-US',
      voice: undefined,
      terms: [],
      history: [],
      ...plan,
    },
    model: { vendor: 'fake', key: 'k', baseUrl: null, by: 'organisation' },
    taken: 0,
    recording: announce === undefined ? null : { key: '', prefix: '', announce },
  };
}

function fakeCarrier(clock: ReturnType<typeof manualClock>, callOf: () => ReturnType<typeof liveCall>) {
  let playsUntil = 0;
  let waiting: { name: string; cancel: () => void }[] = [];
  const peer: Peer = {
    send: () => {},
    sendAll: () => {},
    backlog: () => carrier.backlog,
    close(code) {
      if (carrier.closedWith !== undefined) return;
      carrier.closedWith = code;
      carrier.closedAt = clock.now();
      clock.after(10, () => callOf().closed(code));
    },
    cut: () => {},
  };
  const carrier: FakeCarrier = {
    peer,
    frames: [],
    mostAheadMs: 0,
    clears: [],
    clearedAfter: [],
    marks: [],
    closedWith: undefined,
    closedAt: undefined,
    keepsMarks: false,
    fails: false,
    backlog: 0,
    echoMs: 0,
  };
  const echo = (name: string) => {
    if (!carrier.keepsMarks)
      callOf().frame(Buffer.from(JSON.stringify({ event: 'mark', streamSid: streamId, mark: { name } })));
  };
  const clear = () => {
    const now = clock.now();
    carrier.clears.push(now);
    carrier.clearedAfter.push(carrier.frames.length);
    for (const frame of carrier.frames) if (frame.at > now) frame.isCleared = true;
    playsUntil = Math.min(playsUntil, now);
    const due = waiting;
    waiting = [];
    for (const { name, cancel } of due) {
      cancel();
      clock.after(carrier.echoMs, () => echo(name));
    }
  };
  const take = (message: Outgoing) => {
    if (carrier.closedWith !== undefined) return;
    if (carrier.fails) throw new Error('Mrs. Miller said');
    const now = clock.now();
    if (message.media) {
      const at = Math.max(playsUntil, now);
      playsUntil = at + frameMs;
      carrier.frames.push({ payload: message.media.payload, at, isCleared: false });
      carrier.mostAheadMs = Math.max(carrier.mostAheadMs, playsUntil - now);
    } else if (message.mark) {
      const { name } = message.mark;
      carrier.marks.push(name);
      const cancel = clock.after(Math.max(0, playsUntil - now) + carrier.echoMs, () => {
        waiting = waiting.filter((one) => one.name !== name);
        echo(name);
      });
      waiting.push({ name, cancel });
    } else if (message.event === 'clear') clear();
  };
  return { carrier, take };
}

function fakeSession(plan: SpeechPlan, tell: SpeechListener, openedAt: number): FakeSession {
  const session: FakeSession = {
    plan,
    tell,
    openedAt,
    heard: [],
    cuts: [],
    results: [],
    prompts: [],
    keys: [],
    isClosed: false,
    backlogBytes: 0,
    probes: 0,
    isThere: true,
    hear: (payload) => void session.heard.push(payload),
    cut: (answer, playedMs) => void session.cuts.push([answer, playedMs]),
    result: (callId, result) => void session.results.push([callId, result]),
    prompt: (instruction) => void session.prompts.push(instruction),
    keyed: (digits) => void session.keys.push(digits),
    probe() {
      session.probes += 1;
      if (session.isThere) tell.alive();
    },
    backlog: () => session.backlogBytes,
    close() {
      session.isClosed = true;
    },
  };
  return session;
}

/** The caller's side of the carrier: a frame every 20 ms, numbered, as Twilio sends it. */
function fakeCaller(clock: ReturnType<typeof manualClock>, frame: (message: Buffer) => void) {
  const sent: string[] = [];
  let chunk = 0;
  let sequence = 1;
  const say = (payload: string) => {
    sequence += 1;
    sent.push(payload);
    const message = `{"event":"media","sequenceNumber":"${sequence}","streamSid":"${streamId}","media":{"track":"inbound","chunk":"${chunk}","timestamp":"${chunk * frameMs}","payload":"${payload}"}}`;
    chunk += 1;
    frame(Buffer.from(message));
  };
  /** Frames for so long, each followed by its 20 ms. */
  const run = (ms: number, make: (n: number) => string) => {
    for (let left = ms / frameMs; left > 0; left -= 1) {
      say(make(chunk));
      clock.advance(frameMs);
    }
  };
  return {
    sent,
    /** Sounds so long. */
    speaks: (ms: number) => run(ms, speech),
    isSilent: (ms: number) => run(ms, hush),
    /** Frames that the carrier loses; its clock goes on. */
    loses(ms: number) {
      chunk += ms / frameMs;
      clock.advance(ms);
    },
    /** Nothing comes, and nothing is lost. */
    stalls: (ms: number) => clock.advance(ms),
    /** A frame out of turn. */
    say,
    presses(keys: string) {
      for (const digit of keys) {
        frame(
          Buffer.from(
            JSON.stringify({
              event: 'dtmf',
              streamSid: streamId,
              sequenceNumber: '9',
              dtmf: { track: 'inbound_track', digit },
            }),
          ),
        );
      }
    },
    stops: () =>
      frame(
        Buffer.from(
          JSON.stringify({
            event: 'stop',
            sequenceNumber: '9',
            streamSid: streamId,
            stop: { accountSid: 'AC1', callSid: 'CA1' },
          }),
        ),
      ),
    messes: () => frame(Buffer.from('not json')),
  };
}
