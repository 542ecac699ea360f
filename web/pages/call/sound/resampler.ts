/** Turns samples of one rate into samples of another, piece by piece, without a seam between the pieces. */
export type Resampler = {
  /** Takes the next samples; `out` gets each new one, in order. */
  push(samples: Float32Array, out: (sample: number) => void): void;
};

/** Half the length of the filter, in samples of the slower side: long enough that nothing folds back audibly. */
const halfWidth = 12;
/** How finely the filter is known between two samples. */
const phases = 128;
/** The part of the band that passes: the rest is where the filter falls. */
const passing = 0.92;

/** A windowed sinc (Blackman), whose band is that of the slower of the two rates. */
export function openResampler(from: number, to: number): Resampler {
  const ratio = from / to;
  const scale = Math.min(1, to / from) * passing;
  const reach = Math.ceil(halfWidth / scale);
  const filter = filterOf(scale, reach);
  const kept = new Float32Array(2 * reach + 1);
  let newest = -1;
  /** Where the next new sample lies, in old samples; the first lie before all that came. */
  let at = 0;

  /** The new sample at `at`, when all that it needs has come. */
  function sampleAt(): number {
    const middle = Math.floor(at);
    const phase = Math.round((at - middle) * phases);
    let sum = 0;
    for (let step = -reach; step <= reach; step += 1) {
      const index = middle + step;
      if (index >= 0) sum += kept[index % kept.length]! * filter[Math.abs(step * phases - phase)]!;
    }
    return sum;
  }

  return {
    push(samples, out) {
      for (const sample of samples) {
        newest += 1;
        kept[newest % kept.length] = sample;
        while (Math.floor(at) + reach <= newest) {
          out(sampleAt());
          at += ratio;
        }
      }
    },
  };
}

/** Half of the filter, because the other is its mirror image; `phases` values a sample. */
function filterOf(scale: number, reach: number): Float64Array {
  const length = (reach + 1) * phases;
  return Float64Array.from({ length: length + 1 }, (_, index) => {
    const x = index / phases;
    if (x >= reach) return 0;
    const angle = Math.PI * x * scale;
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    const turn = (Math.PI * x) / reach;
    return scale * sinc * (0.42 + 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn));
  });
}
