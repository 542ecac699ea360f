import { bytesPerMs, frameBytes, frameMs, silentFrame } from './audio.ts';
import { toMuLaw } from './tone.ts';

/**
 * Keys as a telephone sounds them, in frames to be sent: a pair of tones (ITU-T Q.23) of 100 ms each, with 100 ms of
 * silence around it, well above the 40 ms that a receiver may ask for (ITU-T Q.24). `w` is half a second of silence.
 */
export function keyFrames(digits: string): readonly string[] {
  return [...pause, ...[...digits].flatMap((key) => (key === 'w' ? wait : [...(tones.get(key) ?? []), ...pause]))];
}

const toneMs = 100;
const pause: readonly string[] = frames(100);
const wait: readonly string[] = frames(500);

/** Tones of a row and of a column of the keypad, in hertz (ITU-T Q.23). */
const rows = [697, 770, 852, 941] as const;
const columns = [1_209, 1_336, 1_477, 1_633] as const;
const keypad = ['123A', '456B', '789C', '*0#D'] as const;

/**
 * A sine as loud as the scale of 16 bits allows is 3.17 dBm0 (ITU-T G.711). The higher tone is 2 dB louder, as telephones
 * have it, because lines take more of it away; together they stay far below the end of the scale.
 */
const fullScale = 32_124;
const loudness = { row: amplitude(-9), column: amplitude(-7) } as const;
const fadeSamples = 5 * bytesPerMs;

const tones: ReadonlyMap<string, readonly string[]> = new Map(
  keypad.flatMap((keys, row) => [...keys].map((key, column) => [key, toneOf(rows[row]!, columns[column]!)] as const)),
);

function toneOf(low: number, high: number): readonly string[] {
  const count = toneMs * bytesPerMs;
  const bytes = Buffer.from(Array.from({ length: count }, (_, at) => toMuLaw(sampleOf({ low, high, at, count }))));
  return Array.from({ length: count / frameBytes }, (_, at) =>
    bytes.toString('base64', at * frameBytes, (at + 1) * frameBytes),
  );
}

/** Faded in and out by half a wave of a cosine, so that it does not click. */
function sampleOf({ low, high, at, count }: { low: number; high: number; at: number; count: number }): number {
  const fromEdge = Math.min(at + 0.5, count - at - 0.5, fadeSamples) / fadeSamples;
  const fade = (1 - Math.cos(Math.PI * fromEdge)) / 2;
  const wave = (hertz: number) => Math.sin((2 * Math.PI * hertz * at) / (bytesPerMs * 1_000));
  return Math.round(fade * (loudness.row * wave(low) + loudness.column * wave(high)));
}

function amplitude(dbm0: number): number {
  return fullScale * 10 ** ((dbm0 - 3.17) / 20);
}

function frames(ms: number): readonly string[] {
  return Array.from({ length: ms / frameMs }, () => silentFrame);
}
