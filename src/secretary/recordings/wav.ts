/** Samples a second and direction. */
export const sampleRate = 8_000;
/** Bytes of 20 ms both ways. */
export const frameBytes = 320;
export const headerBytes = 58;

const muLaw = 7;
const channels = 2;

/**
 * The head of a WAVE file of G.711 µ-law, caller left, agent right, for that many frames of 20 ms. A format other than
 * PCM needs the size of its extension (none) and a fact chunk with the samples of each channel (Microsoft, Multimedia
 * Programming Interface and Data Specifications 1.0; RFC 2361 for the number of the format).
 */
export function wavHeader(frames: number): Buffer {
  const bytes = frames * frameBytes;
  const header = Buffer.alloc(headerBytes);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(headerBytes - 8 + bytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(18, 16);
  header.writeUInt16LE(muLaw, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * channels, 28);
  header.writeUInt16LE(channels, 32);
  header.writeUInt16LE(8, 34);
  header.writeUInt16LE(0, 36);
  header.write('fact', 38, 'latin1');
  header.writeUInt32LE(4, 42);
  header.writeUInt32LE(bytes / channels, 46);
  header.write('data', 50, 'latin1');
  header.writeUInt32LE(bytes, 54);
  return header;
}

/** Frames as they are stored (160 bytes of the caller, 160 of the agent) as samples in turn: left, right, left, right. */
export function samplesInTurn(plain: Buffer): Buffer {
  const half = frameBytes / 2;
  const samples = Buffer.allocUnsafe(plain.length);
  let to = 0;
  for (let frame = 0; frame < plain.length; frame += frameBytes) {
    for (let at = frame; at < frame + half; at += 1) {
      samples[to++] = plain[at]!;
      samples[to++] = plain[at + half]!;
    }
  }
  return samples;
}
