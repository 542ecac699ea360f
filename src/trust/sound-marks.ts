/** How files of sound begin: WAV and AIFF, Ogg, FLAC, MP3, Sun audio, AMR, Matroska, MP4. */
const beginnings: readonly (readonly [at: number, bytes: string])[] = [
  [0, 'RIFF'],
  [0, 'FORM'],
  [0, 'OggS'],
  [0, 'fLaC'],
  [0, 'ID3'],
  [0, '.snd'],
  [0, '#!AMR'],
  [0, '\u001aEß£'],
  [4, 'ftyp'],
];

/** Whether bytes begin as a file of sound does. */
export function isSound(bytes: Buffer): boolean {
  const isMp3 = bytes[0] === 0xff && bytes.length > 2 && [0xfb, 0xf3, 0xf2, 0xfa].includes(bytes[1]!);
  return isMp3 || beginnings.some(([at, mark]) => bytes.indexOf(Buffer.from(mark, 'latin1'), at) === at);
}

/** The same within a text, for PostgreSQL: as it stands, and as base64 writes it, wherever in it. */
export const soundPattern =
  '(?:^|[^A-Za-z0-9+/])(RIFF....WAVE|OggS\\\\000|fLaC\\\\000|UklGR[A-Za-z0-9+/]{3,}|T2dnUw[A-Za-z0-9+/]{3,}|ZkxhQw[A-Za-z0-9+/]{3,}|SUQz[A-Za-z0-9+/]{40,})';
