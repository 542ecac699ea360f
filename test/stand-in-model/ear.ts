import { audioToWords } from '#adapters/carriers';

/** µ-law at 8 kHz (ITU-T G.711). */
const bytesPerMs = 8;
const frameBytes = 160;
const silentFrame = Buffer.alloc(frameBytes, 0xff);
/** Somebody who falls silent within a word has stopped speaking. */
const brokenOffMs = 1_000;

/** What the ear tells. Times are milliseconds of audio since the session began. */
export type EarListener = { began(atMs: number): void; ended(words: string, atMs: number, lengthMs: number): void };

export type Ear = { hear(audio: Buffer): void };

/** Detects turns in the audio of emulated callers, who speak in words; other sound is nothing to it. */
export function openEar(listener: EarListener, endpointMs: number): Ear {
  const reader = audioToWords();
  let bytes = 0;
  let silentBytes = 0;
  let turn: { readonly fromMs: number; words: readonly string[] } | undefined;

  function spoke(text: string): void {
    turn ??= begin();
    turn = { ...turn, words: [...turn.words, text] };
  }

  function begin(): { fromMs: number; words: readonly string[] } {
    const fromMs = Math.max(0, Math.floor((bytes - frameBytes) / bytesPerMs));
    listener.began(fromMs);
    return { fromMs, words: [] };
  }

  function end(): void {
    const atMs = Math.floor(bytes / bytesPerMs);
    const words = turn?.words.filter((one) => one !== '').join(' ') ?? '';
    const fromMs = turn?.fromMs ?? atMs;
    turn = undefined;
    listener.ended(words, atMs, atMs - fromMs);
  }

  function frame(audio: Buffer): void {
    bytes += audio.length;
    silentBytes = audio.equals(silentFrame.subarray(0, audio.length)) ? silentBytes + audio.length : 0;
    for (const { text } of reader.hear(audio)) spoke(text);
    if (reader.isOpen()) turn ??= begin();
    if (!turn) return;
    const silentMs = silentBytes / bytesPerMs;
    if (reader.isOpen() && silentMs >= brokenOffMs) spoke(reader.stop()?.text ?? '');
    if (!reader.isOpen() && silentMs >= endpointMs) end();
  }

  return {
    hear(audio) {
      for (let at = 0; at < audio.length; at += frameBytes) frame(audio.subarray(at, at + frameBytes));
    },
  };
}
