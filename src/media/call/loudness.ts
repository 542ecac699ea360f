/**
 * True when a frame is as loud as someone speaking, −31 dBFS or more at its peaks; a quiet room or a humming line is not.
 * Looks at a few samples and decodes nothing: of every three bytes in base64, the first character holds the upper six
 * bits of the first byte, and with them the µ-law segment of that sample (ITU-T G.711, all bits inverted).
 */
export function isLoud(payload: string): boolean {
  let loud = 0;
  for (let at = 0; at < payload.length; at += lettersBetween) {
    loud += loudLetters[payload.charCodeAt(at) & 0x7f]!;
    if (loud === enough) return true;
  }
  return false;
}

/** Every fourth group of four characters: fourteen samples of a frame. */
const lettersBetween = 16;
const enough = 2;
/** Segments count from 0 (softest) to 7. */
const loudFrom = 3;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** 1 for each character that stands for a loud sample. */
const loudLetters = Uint8Array.from({ length: 128 }, (_, code) => {
  const sixBits = alphabet.indexOf(String.fromCharCode(code));
  const segment = (~sixBits >> 2) & 7;
  return sixBits >= 0 && segment >= loudFrom ? 1 : 0;
});
