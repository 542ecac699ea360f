import { silence } from './spoken-audio.ts';

/**
 * Hears keys in audio (ITU-T Q.23, judged as Q.24 has it): a pair of tones, one of each group, both loud enough, about
 * as loud as each other, and hardly anything beside them, for two blocks in a row; and then a pause before the next one.
 */
export type KeyEar = {
  /** Takes the next piece, of any length; returns the keys that were recognised within it. */
  hear(audio: Buffer): string;
  /** The line has fallen silent: a key that comes next is another one. */
  stop(): void;
};

const rows = [697, 770, 852, 941] as const;
const columns = [1_209, 1_336, 1_477, 1_633] as const;
const keypad = ['123A', '456B', '789C', '*0#D'] as const;

/** 205 samples at 8 kHz are 25.6 ms: two of them lie in any key of 80 ms, and they tell neighbouring tones apart. */
const blockSamples = 205;
/** Blocks of a tone, and of anything else, that make a key and end it. */
const onBlocks = 2;
/** −26 dBm0, in terms of the amplitude of a sample. */
const softest = 1_115;
/** Twist, in amplitude: 8 dB either way. */
const mostTwist = 2.5;
/** Of the block's power, what is found at the two tones at least; tones 1.5 % off still give that. */
const leastShare = 0.5;
/** How much stronger than any other of its group a tone is, in amplitude: 6 dB. */
const leastLead = 2;
/** A block of a tone crosses zero at least twice in a period of 697 Hz. */
const fewestCrossings = 30;

/** Opens an ear that has heard nothing. */
export function openKeyEar(): KeyEar {
  const block = new Float64Array(blockSamples);
  let filled = 0;
  let candidate: string | undefined;
  let run = 0;
  let sounding: string | undefined;

  /** The key that a block makes known, if it does. */
  function judge(): string {
    const key = keyIn(block);
    run = key === candidate ? run + 1 : 1;
    candidate = key;
    if (key === undefined) sounding = undefined;
    if (key === undefined || key === sounding || run < onBlocks) return '';
    sounding = key;
    return key;
  }

  return {
    hear(audio) {
      let heard = '';
      for (const code of audio) {
        block[filled] = linear[code]!;
        filled += 1;
        if (filled < blockSamples) continue;
        filled = 0;
        heard += judge();
      }
      return heard;
    },
    stop() {
      filled = 0;
      candidate = undefined;
      sounding = undefined;
    },
  };
}

/** 16-bit samples of the µ-law codes (ITU-T G.711). */
const linear: readonly number[] = Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & silence;
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return bits & 0x80 ? -magnitude : magnitude;
});

function keyIn(block: Float64Array): string | undefined {
  if (crossings(block) < fewestCrossings) return undefined;
  const low = loudest(block, rows);
  const high = loudest(block, columns);
  if (!low || !high) return undefined;
  const twist = high.amplitude / low.amplitude;
  const share = (low.amplitude ** 2 + high.amplitude ** 2) / 2 / power(block);
  const isPair = twist < mostTwist && twist > 1 / mostTwist && share > leastShare;
  return isPair ? keypad[low.at]?.[high.at] : undefined;
}

/** The tone of a group that is loud enough, and much louder than the others. */
function loudest(block: Float64Array, group: readonly number[]): { at: number; amplitude: number } | undefined {
  const [first, second] = group
    .map((hertz, at) => ({ at, amplitude: amplitudeAt(block, hertz) }))
    .toSorted((a, b) => b.amplitude - a.amplitude);
  const isAlone = first && second && first.amplitude > softest && first.amplitude > leastLead * second.amplitude;
  return isAlone ? first : undefined;
}

/** Goertzel's algorithm: how strong one frequency is, as the amplitude of its sine. */
function amplitudeAt(block: Float64Array, hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / 8_000);
  let before = 0;
  let last = 0;
  for (const sample of block) {
    const next = sample + turn * last - before;
    before = last;
    last = next;
  }
  return (2 * Math.sqrt(Math.max(0, last * last + before * before - turn * last * before))) / block.length;
}

function power(block: Float64Array): number {
  let sum = 0;
  for (const sample of block) sum += sample * sample;
  return sum / block.length;
}

/** What is no tone at all is seen cheaply: most audio of the tests is words in a code of one sign. */
function crossings(block: Float64Array): number {
  let count = 0;
  for (let at = 1; at < block.length; at += 1) if (block[at]! < 0 !== block[at - 1]! < 0) count += 1;
  return count;
}
