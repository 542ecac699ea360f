import { callOver, earWhen } from './ear.ts';
import type { Ear, HeardAudio, Leg } from './leg.ts';

/**
 * The caller's side of a media stream. Audio is G.711 µ-law, 8 kHz, mono: 160 bytes are 20 ms. Every method that waits
 * waits for a stream first, and rejects once the call is over.
 */
export type CallAudio = {
  /** Says it in frames of 20 ms after what is being said, whoever else speaks; resolves when the last was sent. */
  playAudio(audio: Buffer): Promise<void>;
  /** The same as soon as something is being played to the caller. */
  interruptWith(audio: Buffer): Promise<void>;
  /** What was played to the caller, in order; only the first half hour is kept. */
  readonly heardAudio: readonly HeardAudio[];
  /** Resolves when so much audio has been played to the caller in all, in milliseconds. */
  waitForAudio(ms: number): Promise<void>;
  /** The most audio that ever waited at the carrier to be played, in milliseconds. */
  mostWaitingMs(): number;
  /** The carrier stops reading from the stream's socket; it goes on sending, and plays what it has. */
  stallSocket(): Promise<void>;
  resumeSocket(): Promise<void>;
};

export function audioOf(leg: Leg): CallAudio {
  return {
    playAudio: (audio) => play(leg, audio, () => true),
    interruptWith: (audio) => play(leg, audio, (ear) => !ear.isQuiet()),
    heardAudio: leg.audio.heard,
    async waitForAudio(ms) {
      const enough = await leg.until(() => (leg.audio.heardMs >= ms ? true : leg.over));
      if (enough !== true) throw callOver(enough);
    },
    mostWaitingMs: () => leg.audio.mostWaitingMs,
    stallSocket: () => stall(leg, true),
    resumeSocket: () => stall(leg, false),
  };
}

async function play(leg: Leg, audio: Buffer, suits: (ear: Ear) => boolean): Promise<void> {
  const { takes } = await earWhen(leg, (ear) => ear.takes.what === 'audio' && suits(ear));
  if (takes.what !== 'audio' || !(await takes.play(audio))) leg.log('caller-unheard');
}

async function stall(leg: Leg, stalled: boolean): Promise<void> {
  (await earWhen(leg, (ear) => ear.stallSocket !== undefined)).stallSocket?.(stalled);
}
