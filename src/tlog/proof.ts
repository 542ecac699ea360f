import { parseCount, parseHash } from './checkpoint.ts';
import { strictBase64 } from './note-key.ts';

/**
 * A proof that an entry stands in a log, as https://c2sp.org/tlog-proof writes it: place, hashes from the leaf to the
 * root, and the signed checkpoint they lead to. `extra` is not authenticated.
 */
export type Proof = {
  readonly extra?: Buffer;
  readonly index: number;
  readonly hashes: readonly Buffer[];
  /** The checkpoint as a note, with its signatures. */
  readonly checkpoint: string;
};

const version = 'c2sp.org/tlog-proof@v1';
/** More levels than any tree has. */
const mostHashes = 63;

export function proofText({ extra, index, hashes, checkpoint }: Proof): string {
  const lines = [
    version,
    ...(extra ? [`extra ${extra.toString('base64')}`] : []),
    `index ${index}`,
    ...hashes.map((hash) => hash.toString('base64')),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** The parts of such a file, none of them verified; undefined when it is none. */
export function parseProof(text: string): Proof | undefined {
  const end = text.indexOf('\n\n');
  if (end < 0) return undefined;
  const [first, ...rest] = text.slice(0, end).split('\n');
  const extra = rest[0]?.startsWith('extra ') ? strictBase64(rest.shift()!.slice('extra '.length)) : null;
  const [place = '', ...encoded] = rest;
  const index = place.startsWith('index ') ? parseCount(place.slice('index '.length)) : undefined;
  const hashes = encoded.map(parseHash).filter((hash) => hash !== undefined);
  const isWhole = first === version && extra !== undefined && hashes.length === encoded.length;
  if (!isWhole || index === undefined || hashes.length > mostHashes) return undefined;
  return { ...(extra && { extra }), index, hashes, checkpoint: text.slice(end + 2) };
}
