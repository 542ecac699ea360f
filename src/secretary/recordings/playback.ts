import { problem, type Id } from '#base';
import { frameMs, objectOf, openSegment, segmentMs } from '#media';
import { openSubjectSecret } from '#safeguards/vault';
import type { ByteRange } from './range.ts';
import { keyPurpose, prefixOf, type RecordingCtx, type RecordingRow } from './rows.ts';
import { frameBytes, headerBytes, samplesInTurn, wavHeader } from './wav.ts';

/** All that was recorded of a call, one recording behind the other, as one WAVE file. */
export type Playback = {
  /** Length of the file. */
  readonly bytes: number;
  /**
   * The bytes of that range, decrypted segment by segment as they are read. The first of them is at hand when the
   * promise resolves, so that what cannot be played at all is refused with a problem: `content-erased`,
   * `recording-damaged`, or the store's failure. The same later ends the stream where it is: nothing is made up, and
   * nothing behind a gap is played.
   */
  read(range: ByteRange): Promise<AsyncIterable<Buffer>>;
};

/** One segment and where it lies in the file. */
type Piece = { readonly row: RecordingRow; readonly index: number; readonly from: number; readonly to: number };

const segmentBytes = (segmentMs / frameMs) * frameBytes;

/** Opens what can be played of a call for reading; nothing is fetched yet. */
export function openPlayback(ctx: RecordingCtx, organisation: Id, rows: readonly RecordingRow[]): Playback {
  const pieces = piecesOf(rows);
  const bytes = pieces.at(-1)?.to ?? headerBytes;
  const header = wavHeader((bytes - headerBytes) / frameBytes);
  return {
    bytes,
    async read(range) {
      const chunks = chunksOf(range);
      const first = await chunks.next();
      return resumed(first, chunks);
    },
  };

  async function* chunksOf({ first, last }: ByteRange): AsyncGenerator<Buffer> {
    // The header goes with the first sound, so that it is never sent for one that cannot be played.
    let lead = header.subarray(Math.min(first, headerBytes), last + 1);
    const keys = new Map<Id, Buffer>();
    for (const piece of pieces) {
      if (piece.to <= first || piece.from > last) continue;
      const { id, keyId } = piece.row;
      const key = keys.get(id) ?? (await openSubjectSecret(ctx, organisation, keyId, keyPurpose));
      keys.set(id, key);
      const samples = samplesInTurn(await fetchPiece(ctx, key, { organisation, piece }));
      const wanted = samples.subarray(Math.max(0, first - piece.from), last + 1 - piece.from);
      yield lead.length > 0 ? Buffer.concat([lead, wanted]) : wanted;
      lead = lead.subarray(lead.length);
    }
    if (lead.length > 0) yield lead;
  }
}

/** The generator as it was before its first step was taken. */
async function* resumed(first: IteratorResult<Buffer>, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

function piecesOf(rows: readonly RecordingRow[]): Piece[] {
  const pieces: Piece[] = [];
  let from = headerBytes;
  for (const row of rows) {
    const all = (row.ms / frameMs) * frameBytes;
    for (let index = 0; index < row.segments; index += 1) {
      const to = from + (index < row.segments - 1 ? segmentBytes : all - index * segmentBytes);
      pieces.push({ row, index, from, to });
      from = to;
    }
  }
  return pieces;
}

type Where = { readonly organisation: Id; readonly piece: Piece };

/** A segment as it was sealed: of the length its row tells, and the last one of a whole recording marked as such. */
async function fetchPiece(ctx: RecordingCtx, key: Buffer, { organisation, piece }: Where): Promise<Buffer> {
  const { row, index, from, to } = piece;
  const name = { prefix: prefixOf(organisation, row.id), index };
  const sealed = await ctx.objects.get(objectOf(name));
  const segment = sealed && openSegment(key, name, sealed);
  const isLast = row.state === 'closed' && index === row.segments - 1;
  if (segment && segment.plain.length === to - from && segment.last === isLast) return segment.plain;
  ctx.log('recording.damaged', { recording: row.id, segment: index, found: sealed !== undefined });
  throw problem('recording-damaged', `Segment ${index} of the recording is missing or damaged.`);
}
