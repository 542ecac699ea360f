import { frameBytes, silence } from './spoken-audio.ts';

/** What the caller says into the telephone, a frame at a time. */
export type Mouth = {
  /** Says it after what is being said; the rest of its last frame is silence. */
  say(audio: Buffer): Saying;
  /** The next 20 ms; undefined when the caller is silent. Calls `finished` of what has been said with it. */
  frame(): Buffer | undefined;
};

export type Saying = { isSaid(): boolean };

/** More than this, nobody says at once. */
const mostBytes = 10 * 60 * 8_000;

export function openMouth(finished: () => void): Mouth {
  const left: { readonly audio: Buffer; at: number }[] = [];
  return {
    say(audio) {
      if (audio.length > mostBytes) throw new Error('a caller says ten minutes at most at once');
      const saying = { audio, at: 0 };
      left.push(saying);
      return { isSaid: () => saying.at >= audio.length };
    },
    frame() {
      const first = left[0];
      if (!first) return undefined;
      const frame = Buffer.alloc(frameBytes, silence);
      first.audio.copy(frame, 0, first.at, first.at + frameBytes);
      first.at += frameBytes;
      if (first.at < first.audio.length) return frame;
      left.shift();
      finished();
      return frame;
    },
  };
}
