import type { Ear, EarListener } from './ear.ts';

/** µ-law at 8 kHz (ITU-T G.711). */
const bytesPerMs = 8;
/** Of 32,124: what echo cancelling leaves of silence stays below it. */
const loud = 1_500;
const quietMs = 700;

/**
 * Detects turns in sound that went through a microphone, in which no words can be read: what was said in a turn is told by
 * `words`, asked once for each.
 */
export function openSoundEar(listener: EarListener, words: () => string): Ear {
  let bytes = 0;
  let lastLoud: number | undefined;
  let from = 0;

  function take(byte: number): void {
    bytes += 1;
    if (magnitude(byte) > loud) {
      if (lastLoud === undefined) begin();
      lastLoud = bytes;
    } else if (lastLoud !== undefined && bytes - lastLoud > quietMs * bytesPerMs) end();
  }

  function begin(): void {
    from = Math.floor(bytes / bytesPerMs);
    listener.began(from);
  }

  function end(): void {
    const at = Math.floor(bytes / bytesPerMs);
    lastLoud = undefined;
    listener.ended(words(), at, at - from);
  }

  return { hear: (audio) => audio.forEach(take) };
}

function magnitude(byte: number): number {
  const code = ~byte & 0x7f;
  return (((code & 0x0f) << 3) + 132) * 2 ** (code >> 4) - 132;
}
