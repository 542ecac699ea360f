import type { Id } from '#base';
import type { Details } from '#safeguards/audit';

/**
 * An export of an audit log, version 1. This comment is its specification; docs/guides/verifying-the-audit-log.md tells
 * how to check one with `./sotto audit verify` or with anything else.
 *
 * UTF-8 text, one JSON object on each line, each naming in `is` what it is. In this order:
 *
 * - `sotto-audit-export`, once: `v` 1, `organisation` (UUID), `log` and `instance` (the origins of the tree of this
 *   organisation and of the global tree), `made` (ISO 8601, UTC), `size` (how many entries follow), and `keys`: verifier
 *   keys (https://c2sp.org/signed-note) of the installation. Who trusts them because they stand here checks nothing but
 *   that the file is whole: take the keys from elsewhere, once, and keep them.
 * - `global`, once: `note`, the checkpoint of the global tree at this moment; `grown`, consistency proofs to it from older
 *   sizes: `{from, hashes}`; `cosigned`: an older checkpoint that witnesses signed, and the proof from it, or null.
 * - `entry`, for each place of the tree from 0 in order: `index`, `leaf` (text; its UTF-8 bytes are the entry, specified
 *   in src/safeguards/audit/leaf.ts; null for one that is not there any more), `hash` (base64, RFC 6962 leaf hash as the
 *   tree was built with). Where openings were asked for also `opening`: null (it has no details), `erased`, or
 *   `{salt, details}`, which the commitment in the leaf fits.
 * - `head`, behind the last entry that it covers: `at`, `note` (https://c2sp.org/tlog-checkpoint of the tree at that
 *   size, signed under the name of its origin; of older heads without the ML-DSA-44 signature), and `global`: at which
 *   `index` of the global tree its leaf stands, and the inclusion proof (`hashes`, base64) to the global checkpoint
 *   above. That leaf is canonical JSON `{"at","log","root","size","v":1}`, the root in hex. The last head covers all.
 *   `global` is null for a head that the global tree has not taken in yet.
 * - `end`, once: `entries` and `heads`, how many there were. A file without it was cut off.
 */
export type ExportLine = ExportHeader | ExportGlobal | ExportEntry | ExportHead | ExportEnd;

export type ExportHeader = {
  readonly is: 'sotto-audit-export';
  readonly v: 1;
  readonly organisation: Id;
  readonly log: string;
  readonly instance: string;
  readonly made: string;
  readonly size: number;
  readonly keys: readonly string[];
};

export type Opening = { readonly salt: string; readonly details: Details } | 'erased' | null;

export type ExportEntry = {
  readonly is: 'entry';
  readonly index: number;
  readonly leaf: string | null;
  readonly hash: string;
  readonly opening?: Opening;
};

export type ExportHead = {
  readonly is: 'head';
  readonly at: string;
  readonly note: string;
  readonly global: { readonly index: number; readonly hashes: readonly string[] } | null;
};

export type ExportGlobal = {
  readonly is: 'global';
  readonly note: string;
  readonly grown: readonly { readonly from: number; readonly hashes: readonly string[] }[];
  readonly cosigned: { readonly note: string; readonly hashes: readonly string[] } | null;
};

export type ExportEnd = { readonly is: 'end'; readonly entries: number; readonly heads: number };

/** How far the time of an entry may lie before the head before it, and after the head behind it, in milliseconds. */
export const timeSlackMs = 15 * 60_000;

/** More than any line has: a leaf has 64 KiB at most, and its details are bounded by what a request may bring. */
const mostLineBytes = 8 * 1024 * 1024;

/** The lines of a file, without their ends. Memory is bounded by the longest; throws a RangeError for one beyond 8 MiB. */
export async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end)]).toString('utf8');
      rest = [];
      length = 0;
      from = end + 1;
    }
    rest.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > mostLineBytes) throw new RangeError('a line of an export is no longer than 8 MiB');
  }
  if (length > 0) yield Buffer.concat(rest).toString('utf8');
}
