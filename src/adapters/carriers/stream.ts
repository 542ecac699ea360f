import type { Personal } from '#base';

/**
 * A message of a media stream: raw audio between the carrier and us. Audio is G.711 µ-law, 8 kHz, mono (ITU-T G.711),
 * in base64 as it stands on the wire; it is never transcoded.
 */
export type StreamEvent =
  | { readonly type: 'start'; readonly callId: string; readonly streamId: string; readonly token: string | undefined }
  /** Usually 160 bytes = 20 ms. `atMs` counts from the start of the stream, as the carrier says. */
  | { readonly type: 'audio'; readonly payload: string; readonly atMs: number }
  | { readonly type: 'digit'; readonly digit: Personal }
  /** Everything sent before the mark of that name has been played, or was cleared. */
  | { readonly type: 'mark'; readonly name: string }
  | { readonly type: 'stop' }
  /** Ignored: carriers add message types. */
  | { readonly type: 'unknown' };

/**
 * How one carrier speaks over its media socket. `read` runs fifty times a second and call: an audio message of the
 * expected shape is cut by position, anything else falls back to a full parse. Pure.
 */
export type StreamDialect = {
  /** The message is only lent. Throws `frame-malformed` (code, no content) on what is no message of a media stream. */
  read(message: Buffer): StreamEvent;
  /** `payload` is base64 µ-law. */
  audio(streamId: string, payload: string): string;
  /** Asks to be told when everything sent so far has been played. */
  mark(streamId: string, name: string): string;
  /** Drops what is queued at the carrier; outstanding marks come back at once. */
  clear(streamId: string): string;
};
