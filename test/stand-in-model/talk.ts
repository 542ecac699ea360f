import type { TestContext } from 'node:test';
import { openHttp, Personal, readConfig, seededRandom, systemClock, turnEnd } from '#base';
import type { Clock, LogEvent, LogFields } from '#base';
import { audioToWords, wordsToAudio } from '#adapters/carriers';
import type { SpeechListener, SpeechModel, SpeechPlan, SpeechSession } from '#adapters/models';
import { openStandIn, standInKey, type StandIn, type StandInOptions } from './stand-in.ts';

/** Everything a session told, in the order it told it. */
export type Told = {
  [Name in keyof SpeechListener]: { readonly what: Name; readonly with: Parameters<SpeechListener[Name]> };
}[keyof SpeechListener];

export const plan: SpeechPlan = {
  instructions: 'You are Sunny, the assistant of Hill Street Dental.',
  tools: [
    {
      name: 'find-slot',
      describe: 'Finds free times.',
      input: { type: 'object', properties: { from: { type: 'string' } }, required: ['from'] },
    },
  ],
  language: 'en-US',
  voice: undefined,
  terms: ['Hill Street Dental', 'Sunny'],
  history: [],
};

/** A session with the stand-in, seen from the side of the line. */
export type Talk = {
  readonly session: SpeechSession;
  readonly told: readonly Told[];
  readonly logged: readonly { readonly event: LogEvent; readonly fields: LogFields | undefined }[];
  /** Speaks whole frames, as fast as it goes. */
  say(words: string): void;
  /** How often something was told. */
  count(what: Told['what']): number;
  /** Arguments of everything of the kind that was told. */
  all<Name extends Told['what']>(what: Name): readonly Parameters<SpeechListener[Name]>[];
  /** Words in the audio that was given out for an answer, or for all of them. */
  heardFrom(answer?: string): readonly string[];
};

export type TalkOptions = {
  readonly plan?: Partial<SpeechPlan>;
  readonly clock?: Clock;
  readonly key?: string;
  /** The organisation's own base URL. */
  readonly baseUrl?: string;
  readonly env?: Record<string, string>;
  /** Called for everything that is told, before it is kept. */
  readonly during?: (told: Told, session: SpeechSession) => void;
};

/** Opens a stand-in that ends with the test. */
export async function standInFor(t: TestContext, options: StandInOptions = {}): Promise<StandIn> {
  const standIn = await openStandIn(options);
  t.after(() => standIn.close());
  return standIn;
}

/** Opens a session with the stand-in. It is closed with the test; whether it is ready is for the test to await. */
export function openTalk(t: TestContext, model: SpeechModel, standIn: StandIn, options: TalkOptions = {}): Talk {
  const { clock = systemClock, key = standInKey, baseUrl } = options;
  const config = readConfig({ SOTTO_OPENAI_BASE_URL: standIn.url, ...options.env });
  const logged: { event: LogEvent; fields: LogFields | undefined }[] = [];
  const log = (event: LogEvent, fields?: LogFields) => void logged.push({ event, fields });
  const http = openHttp({ config, log });
  const told: Told[] = [];
  const tell = (one: Told) => {
    told.push(one);
    options.during?.(one, session);
  };
  const listener = listenerOf(tell);
  const reach = { clock, random: seededRandom(t.name), config, http, log };
  const access = { key: new Personal(key), baseUrl };
  const session = model.open(reach, access, { ...plan, ...options.plan }, listener);
  t.after(async () => {
    session.close();
    await http.close();
  });
  const all = <Name extends Told['what']>(what: Name) =>
    told.filter((one) => one.what === what).map((one) => one.with as Parameters<SpeechListener[Name]>);
  return {
    session,
    told,
    logged,
    say: (words) => framesOf(wordsToAudio(words)).forEach((frame) => session.hear(frame)),
    count: (what) => all(what).length,
    all,
    heardFrom(answer) {
      const ear = audioToWords();
      const pieces = all('audio').filter(([of]) => answer === undefined || of === answer);
      const ended = pieces.flatMap(([, payload]) => ear.hear(Buffer.from(payload, 'base64')));
      const open = ear.stop();
      return [...ended, ...(open ? [open] : [])].map(({ text }) => text);
    },
  };
}

function listenerOf(tell: (told: Told) => void): SpeechListener {
  return {
    ready: (...given) => tell({ what: 'ready', with: given }),
    callerBegan: (...given) => tell({ what: 'callerBegan', with: given }),
    callerEnded: (...given) => tell({ what: 'callerEnded', with: given }),
    heard: (...given) => tell({ what: 'heard', with: given }),
    answering: (...given) => tell({ what: 'answering', with: given }),
    audio: (...given) => tell({ what: 'audio', with: given }),
    answered: (...given) => tell({ what: 'answered', with: given }),
    rests: (...given) => tell({ what: 'rests', with: given }),
    asks: (...given) => tell({ what: 'asks', with: given }),
    used: (...given) => tell({ what: 'used', with: given }),
    alive: (...given) => tell({ what: 'alive', with: given }),
    lost: (...given) => tell({ what: 'lost', with: given }),
  };
}

/** Base64 of frames of 20 ms. */
export function framesOf(audio: Buffer): readonly string[] {
  const count = Math.ceil(audio.length / 160);
  return Array.from({ length: count }, (_, at) => audio.subarray(at * 160, (at + 1) * 160).toString('base64'));
}

/** Waits until it is so. A test that waits for what never comes fails with `what`. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const givenUpAt = systemClock.now() + 20_000;
  while (!isSo()) {
    if (systemClock.now() > givenUpAt) throw new Error(`never came: ${what}`);
    await turnEnd();
  }
}
