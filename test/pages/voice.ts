const rate = 48_000;

/**
 * What a fake microphone plays over and over, as a WAV file: somebody who speaks for a second and a half and then listens. It
 * has the pitch and the pace of a voice, because echo cancelling takes a mere tone for noise and away.
 */
export function voice({ speaksMs = 1_500, listensMs = 6_000 } = {}): Buffer {
  const spoken = (speaksMs * rate) / 1_000;
  const samples = new Int16Array(spoken + (listensMs * rate) / 1_000);
  for (let at = 0; at < spoken; at += 1) {
    const seconds = at / rate;
    const pitch = 130 + 25 * Math.sin(2 * Math.PI * 0.9 * seconds);
    const syllables = Math.max(0, Math.sin(2 * Math.PI * 4 * seconds)) ** 0.5;
    const overtones = [1, 2, 3, 5, 8, 13].reduce((sum, n) => sum + Math.sin(2 * Math.PI * pitch * n * seconds) / n, 0);
    samples[at] = Math.round(9_000 * syllables * overtones);
  }
  const data = Buffer.from(samples.buffer);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
