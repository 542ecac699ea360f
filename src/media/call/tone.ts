import { bytesPerMs, frameBytes } from './audio.ts';

/** Two soft notes, falling: "one moment". 320 ms, about −24 dBFS, as frames to be sent. */
export function momentTone(): readonly string[] {
  const samples = [...note(notes[0]), ...note(notes[1])];
  const bytes = Buffer.from(samples.map(toMuLaw));
  return Array.from({ length: bytes.length / frameBytes }, (_, at) =>
    bytes.toString('base64', at * frameBytes, (at + 1) * frameBytes),
  );
}

/** E5 and C5. */
const notes = [659, 523] as const;
const noteMs = 160;
const fadeMs = 30;
const loudest = 2_000;

/** One note of 16-bit samples, faded in and out so that it does not click. */
function note(hertz: number): readonly number[] {
  const count = noteMs * bytesPerMs;
  return Array.from({ length: count }, (_, at) => {
    const fade = Math.min(1, at / (fadeMs * bytesPerMs), (count - at) / (fadeMs * bytesPerMs));
    return Math.round(loudest * fade * Math.sin((2 * Math.PI * hertz * at) / (bytesPerMs * 1_000)));
  });
}

const bias = 0x84;
const clip = 32_635;

/** The µ-law code of a 16-bit sample (ITU-T G.711): sign, segment, position in it, all bits inverted. */
export function toMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), clip) + bias;
  const segment = Math.floor(Math.log2(magnitude)) - 7;
  const position = (magnitude >> (segment + 3)) & 0x0f;
  return ~(sign | (segment << 4) | position) & 0xff;
}
