import { canonical, type Canonical } from '#base';
import { commitmentTo, parseLeaf, type Details, type Leaf } from '#safeguards/audit';
import { leafHash, parseProof, proofText, verifyInclusion, type NoteSignature, type Proof } from '#tlog';
import { globalLeaf } from './check-global.ts';
import { findings, type Findings, type LogFault } from './fault.ts';
import { hashesOf } from './parse-line.ts';
import type { EntryProof } from './proof.ts';
import { cosignersOf, headIn, type SignedHead, type Trusted } from './trusted.ts';

/**
 * The proof of one entry as a file (https://c2sp.org/tlog-proof): its place in the log of its organisation. `extra` holds
 * canonical JSON of what else a stranger needs, nothing of which is believed before it is verified: `v` 1, `leaf` (the
 * entry), `opening` (`{salt, details}`, or null), and `global`, null or that the signed head stands in the global tree:
 * `leaf`, `index`, `hashes` (base64) and `checkpoint`.
 */
export function entryProofText(
  { leaf, index, hashes, checkpoint, global }: EntryProof,
  opening?: { readonly salt: string; readonly details: Details },
): string {
  const extra: Canonical = {
    v: 1,
    leaf: leaf.toString('utf8'),
    opening: opening ? { salt: opening.salt, details: opening.details } : null,
    global: global
      ? {
          leaf: global.leaf.toString('utf8'),
          index: global.index,
          hashes: global.hashes.map((hash) => hash.toString('base64')),
          checkpoint: global.checkpoint,
        }
      : null,
  };
  return proofText({ extra: Buffer.from(canonical(extra), 'utf8'), index, hashes, checkpoint });
}

/** What a proof shows. It is right when there are no faults. */
export type ProofCheck = {
  readonly entry: Leaf | undefined;
  readonly index: number | undefined;
  readonly log: string | undefined;
  readonly details: Details | undefined;
  /** The head of the global tree that the log's head stands in. */
  readonly global: SignedHead | undefined;
  readonly cosigned: readonly NoteSignature[];
  readonly faults: readonly LogFault[];
};

type Extra = {
  readonly v: 1;
  readonly leaf: string;
  readonly opening: { readonly salt: string; readonly details: Details } | null;
  readonly global: {
    readonly leaf: string;
    readonly index: number;
    readonly hashes: readonly string[];
    readonly checkpoint: string;
  } | null;
};

const where = 'the proof';

/** Verifies such a file with public keys alone. Both trees are signed with the same keys, each under its own name. */
export function verifyEntryProof(text: string, trusted: Trusted): ProofCheck {
  const found = findings();
  const proof = parseProof(text);
  const extra = proof?.extra && extraIn(proof.extra);
  if (!proof || !extra) {
    found.add('unreadable', where, 'This is no proof of an entry.');
    return { ...nothing, faults: found.faults };
  }
  const { index } = proof;
  const entry = parseLeaf(Buffer.from(extra.leaf, 'utf8'));
  if (!entry) found.add('entry-changed', where, 'What is proven is not the canonical spelling of an entry.');
  const head = holding(proof, extra, trusted, found);
  const details = entry && openingOf(entry, index, extra.opening, found);
  const global = head && extra.global ? globalOf(head, extra.global, trusted, found) : undefined;
  const cosigned = global?.cosigned ?? [];
  const log = originOf(proof.checkpoint);
  return { entry, index, log, details, global: global?.head, cosigned, faults: found.faults };
}

/** The signed head that holds the entry. */
function holding({ index, hashes, checkpoint }: Proof, { leaf }: Extra, { keys }: Trusted, found: Findings) {
  const head = headIn(checkpoint, { origin: originOf(checkpoint), keys, all: true, where }, found);
  if (!head) return undefined;
  const place = { leaf: leafHash(Buffer.from(leaf, 'utf8')), index, size: head.size, root: head.root };
  if (verifyInclusion(place, hashes)) return head;
  found.add('entry-changed', `entry ${index}`, 'The signed head does not hold this entry at this place.');
  return undefined;
}

function originOf(checkpoint: string): string {
  return checkpoint.split('\n', 1)[0]!;
}

const nothing: ProofCheck = {
  entry: undefined,
  index: undefined,
  log: undefined,
  details: undefined,
  global: undefined,
  cosigned: [],
  faults: [],
};

function openingOf(
  { commitment }: Leaf,
  index: number,
  opening: Extra['opening'],
  found: Findings,
): Details | undefined {
  if (opening === null) return undefined;
  try {
    if (commitmentTo(Buffer.from(opening.salt, 'hex'), opening.details) === commitment) return opening.details;
  } catch {
    // What is no opening fits nothing.
  }
  found.add('opening-differs', `entry ${index}`, 'The details that are shown are not those that the entry commits to.');
  return undefined;
}

type Global = { readonly head: SignedHead; readonly cosigned: readonly NoteSignature[] };

/** The head of the global tree that holds the head of the log. */
function globalOf(
  head: SignedHead,
  given: NonNullable<Extra['global']>,
  trusted: Trusted,
  found: Findings,
): Global | undefined {
  const { leaf, index, hashes, checkpoint } = given;
  const origin = originOf(checkpoint);
  const global = headIn(checkpoint, { origin, keys: trusted.keys, all: true, where }, found);
  if (!global) return undefined;
  const path = hashesOf(hashes);
  const place = { leaf: leafHash(Buffer.from(leaf, 'utf8')), index, size: global.size, root: global.root };
  if (!path || !verifyInclusion(place, path) || !isLeafOf(head, leaf)) {
    found.add('not-in-global', where, 'The global tree does not hold the head of this log.');
    return undefined;
  }
  const cosigned = cosignersOf(checkpoint, trusted.witnesses);
  if (cosigned !== 'signature-wrong') return { head: global, cosigned };
  found.add('not-witnessed', where, 'The signature of a witness does not fit what it stands under.');
  return undefined;
}

function isLeafOf(head: SignedHead, leaf: string): boolean {
  const { at } = JSON.parse(leaf) as { at: string };
  return globalLeaf(head, at).toString('utf8') === leaf;
}

function extraIn(bytes: Buffer): Extra | undefined {
  try {
    const extra = JSON.parse(bytes.toString('utf8')) as Extra;
    const isWhole =
      extra.v === 1 && typeof extra.leaf === 'string' && (extra.global === null || isGlobal(extra.global));
    return isWhole && canonical(extra).length > 0 ? extra : undefined;
  } catch {
    return undefined;
  }
}

function isGlobal({ leaf, hashes, checkpoint }: NonNullable<Extra['global']>): boolean {
  const areTexts = Array.isArray(hashes) && [leaf, checkpoint, ...hashes].every((text) => typeof text === 'string');
  return areTexts && hashes.length <= 64;
}
