import { Check } from 'typebox/value';
import Type, { type Static } from 'typebox';
import { canonical } from '#base';
import { commitmentTo, parseLeaf, type Leaf } from '#safeguards/audit';
import {
  keyNamed,
  leafHash,
  openNote,
  parseCheckpoint,
  parseProof,
  verifyInclusion,
  type Checkpoint,
  type NoteKey,
} from '#tlog';
import { statuses } from './claim.ts';

const text = Type.String();
const count = Type.Integer({ minimum: 0 });
const look = Type.Object({
  id: text,
  claim: text,
  at: Type.String({
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z$',
    examples: ['2026-11-20T12:00:00.000Z'],
  }),
  status: Type.Enum([...statuses]),
  checked: count,
  canFail: Type.Boolean(),
  tookMs: count,
  why: text,
});

/** The shape of an evidence file; nothing of it is believed by its shape. */
export const evidenceShape = Type.Object({
  is: Type.Literal('sotto-claim-evidence'),
  v: Type.Literal(1),
  claim: text,
  look,
  leaf: text,
  salt: Type.String({ pattern: '^[0-9a-f]{64}$', examples: ['5d'.repeat(32)] }),
  details: Type.Object({ looks: Type.Array(look) }),
  proof: text,
  head: text,
  global: text,
});

/** Why a file is not believed. */
export const evidenceFaults = {
  'no-evidence': 'this is no file of evidence: something of it is missing or has another form',
  'leaf-malformed': 'the entry is not one of the audit log that commits to looks',
  'details-differ': 'the looks are not those the entry commits to: something in them, or the salt, was changed',
  'look-differs': 'the look is not among those the entry commits to: it was changed, or is about another promise',
  'look-later': 'the look is dated after the entry that commits to it',
  'head-unsigned':
    'a checkpoint is not signed with the keys: it is from another installation, or something was changed',
  'not-in-log': 'the entry does not stand in the log of the installation',
  'not-in-global': 'the head of that log does not stand in the tree of all heads',
} as const;

export type EvidenceFault = keyof typeof evidenceFaults;

export type VerifiedEvidence =
  | { readonly isGood: false; readonly why: EvidenceFault }
  | {
      readonly isGood: true;
      readonly look: Static<typeof look>;
      /** When the entry that commits to the look was written. */
      readonly recordedAt: string;
      /** The checkpoints that it was followed to: of the installation's log, and of the tree of all heads. */
      readonly log: Checkpoint;
      readonly global: Checkpoint;
    };

/** How far two clocks of one installation may differ, in milliseconds. */
const toleranceMs = 60_000;

/**
 * Checks a file of evidence with nothing but the public keys of the installation: each of them must have signed both
 * heads. Neither database nor network are asked.
 */
export function verifyEvidence(bytes: Buffer, keys: readonly NoteKey[]): VerifiedEvidence {
  const file = fileIn(bytes);
  if (!file) return bad('no-evidence');
  const leaf = committing(file);
  if ('why' in leaf) return leaf;
  const log = followed(Buffer.from(file.leaf, 'utf8'), file.proof, keys);
  if (typeof log === 'string') return bad(log === 'outside' ? 'not-in-log' : log);
  const head = Buffer.from(file.head, 'utf8');
  const global = followed(head, file.global, keys);
  if (typeof global === 'string') return bad(global === 'outside' ? 'not-in-global' : global);
  if (!isHeadOf(file.head, log)) return bad('not-in-global');
  return { isGood: true, look: file.look, recordedAt: leaf.at, log, global };
}

type File = Static<typeof evidenceShape>;

function fileIn(bytes: Buffer): File | undefined {
  try {
    const file: unknown = JSON.parse(bytes.toString('utf8'));
    // Numbers that JSON cannot say exactly have no canonical spelling: it throws.
    return Check(evidenceShape, file) && canonical(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

type Bad = { readonly isGood: false; readonly why: EvidenceFault };

function bad(why: EvidenceFault): Bad {
  return { isGood: false, why };
}

/** The entry, when it commits to the look. */
function committing({ claim, look: shown, leaf: bytes, salt, details }: File): Leaf | Bad {
  const leaf = parseLeaf(Buffer.from(bytes, 'utf8'));
  if (leaf?.action !== 'claims.looked' || leaf.commitment === null) return bad('leaf-malformed');
  if (commitmentTo(Buffer.from(salt, 'hex'), details) !== leaf.commitment) return bad('details-differ');
  const wanted = canonical(shown);
  const isThere = shown.claim === claim && details.looks.some((one) => canonical(one) === wanted);
  if (!isThere) return bad('look-differs');
  return Date.parse(shown.at) > Date.parse(leaf.at) + toleranceMs ? bad('look-later') : leaf;
}

/** The head that a proof leads to, when every key has signed it and the leaf stands under it. */
function followed(leaf: Buffer, proof: string, keys: readonly NoteKey[]): Checkpoint | 'outside' | 'head-unsigned' {
  const parts = parseProof(proof);
  if (!parts) return 'outside';
  const head = signedHead(parts.checkpoint, keys);
  if (!head) return 'head-unsigned';
  const { index, hashes } = parts;
  const { size, root } = head;
  return verifyInclusion({ leaf: leafHash(leaf), index, size, root }, hashes) ? head : 'outside';
}

/** All trees of an installation are signed with the same keys, each under its own name, which the checkpoint says. */
function signedHead(note: string, keys: readonly NoteKey[]): Checkpoint | undefined {
  const origin = note.split('\n', 1)[0]!;
  if (keys.length === 0 || /[\s+]/.test(origin) || origin === '') return undefined;
  const own = keys.map((key) => keyNamed(key, origin));
  const opened = openNote(Buffer.from(note, 'utf8'), own);
  if (typeof opened === 'string') return undefined;
  const kinds = new Set(opened.signatures.map(({ kind }) => kind));
  const head = own.every(({ kind }) => kinds.has(kind)) ? parseCheckpoint(opened.text) : undefined;
  return head?.origin === origin ? head : undefined;
}

/** Whether these bytes are what stands for that head in the tree of heads. */
function isHeadOf(text: string, { origin, size, root }: Checkpoint): boolean {
  try {
    const { at } = JSON.parse(text) as { at?: unknown };
    return typeof at === 'string' && text === canonical({ v: 1, log: origin, size, root: root.toString('hex'), at });
  } catch {
    return false;
  }
}
