import { audioOf, type CallAudio } from './call-audio.ts';
import { callOver, earWhen } from './ear.ts';
import type { Ear, Ended, Leg, LoggedStep, Spoken } from './leg.ts';
import { wordsToAudio } from './spoken-audio.ts';
import { spokenMs } from './voice.ts';

/**
 * A caller on the emulated carrier. Every method that waits rejects once the call is over. Over a media stream, words are
 * spoken and understood as `wordsToAudio` has them.
 */
export type EmulatedCall = CallAudio & {
  /** The carrier's name for the call. */
  readonly callId: string;
  /** Who said what as the caller heard it; `atMs` is emulated time since the call began. */
  readonly transcript: readonly Spoken[];
  /** What happened on the wire. */
  readonly steps: readonly LoggedStep[];
  /** Resolves when the call is over and its last status webhook answered. */
  readonly ended: Promise<Ended>;
  /** The next thing the secretary said, in the words that were heard of it. */
  said(): Promise<string>;
  /** Says something as soon as the secretary listens and is quiet; resolves when it has been spoken. */
  say(text: string): Promise<void>;
  /** Resolves to all keys that the secretary has pressed so far, in order, once there are that many. */
  keysHeard(count: number): Promise<string>;
  /** Keys digits one after the other as soon as they are listened for. */
  press(digits: string): Promise<void>;
  /** Speaks over the secretary once that many words of what it is saying have been heard. */
  interrupt(afterWords: number, text: string): Promise<void>;
  hangUp(): Promise<Ended>;
  /** Cuts the connection of the relay or the stream without a word; the call itself lives on. */
  dropSocket(): Promise<void>;
  /** Sends a frame as it is over the relay or the stream: text, or bytes as a binary frame. */
  sendFrame(raw: string | Buffer): Promise<void>;
};

/** How long a person takes to answer, and to move to the next key; emulated milliseconds. */
const reactionMs = 300;
const keyMs = 200;

/** The caller's side of a call that is being followed. */
export function callerOf(leg: Leg, ended: Promise<Ended>): EmulatedCall {
  return {
    ...audioOf(leg),
    callId: leg.callId,
    transcript: leg.transcript,
    steps: leg.steps,
    ended,
    async said() {
      const found = await leg.until(() => leg.unheard.shift() ?? leg.over);
      if (typeof found === 'string') return found;
      throw callOver(found);
    },
    async keysHeard(count) {
      const found = await leg.until(() => (leg.keysHeard.length >= count ? leg.keysHeard : leg.over));
      if (typeof found === 'string') return found;
      throw callOver(found);
    },
    async say(text) {
      await politely(leg);
      await speak(leg, text);
    },
    async press(digits) {
      for (const digit of digits) {
        const ear = await present(leg);
        await leg.wait(keyMs);
        ear.key(digit);
      }
      leg.spoke('caller', digits);
    },
    async interrupt(afterWords, text) {
      await earWhen(leg, (ear) => !ear.isQuiet() && ear.wordsHeard() >= afterWords);
      await speak(leg, text);
    },
    async hangUp() {
      hangUp(leg, 'caller-hung-up');
      return ended;
    },
    async dropSocket() {
      (await earWhen(leg, (ear) => ear.dropSocket !== undefined)).dropSocket?.();
    },
    async sendFrame(raw) {
      (await earWhen(leg, (ear) => ear.frame !== undefined)).frame?.(raw);
    },
  };
}

/** Ends a call from either side; a call that is over stays as it ended. */
export function hangUp(leg: Leg, by: 'caller-hung-up' | 'api-hung-up'): void {
  if (leg.over) return;
  leg.cut = { by };
  leg.log(by);
  leg.tell();
}

/** Waits until nobody speaks, takes the time a person takes, and looks again. */
async function politely(leg: Leg): Promise<void> {
  for (;;) {
    await earWhen(leg, (ear) => ear.isQuiet());
    await leg.wait(reactionMs);
    if (leg.ear?.isQuiet()) return;
  }
}

async function speak(leg: Leg, text: string): Promise<void> {
  const { takes } = await present(leg);
  const heard = takes.what === 'audio' ? sayAloud(leg, takes, text) : dictate(leg, takes, text);
  if (!(await heard)) leg.log('caller-unheard');
}

function sayAloud(leg: Leg, takes: Ear['takes'] & { what: 'audio' }, text: string): Promise<boolean> {
  leg.spoke('caller', text);
  return takes.play(wordsToAudio(text));
}

/** Words arrive when they have been spoken, if whoever began to listen is still there. */
async function dictate(leg: Leg, takes: Ear['takes'] & { what: 'words' }, text: string): Promise<boolean> {
  const listened = takes.begins();
  leg.spoke('caller', text);
  await leg.wait(spokenMs(text));
  if (!listened || leg.ear?.takes !== takes) return false;
  takes.speech(text);
  return true;
}

function present(leg: Leg): Promise<Ear> {
  return earWhen(leg, () => true);
}
