import { canonical } from '#base';
import { leafHash, verifyConsistency, verifyInclusion, type Checkpoint, type NoteSignature } from '#tlog';
import type { CheckContext } from './check-heads.ts';
import { timeSlackMs, type ExportGlobal, type ExportHead } from './export-format.ts';
import { hashesOf } from './parse-line.ts';
import { cosignersOf, headIn, type SeenHead, type SignedHead } from './trusted.ts';

/** The entry of the global tree that a head of an organisation's tree is. */
export function globalLeaf({ origin, size, root }: Checkpoint, at: string): Buffer {
  return Buffer.from(canonical({ v: 1, log: origin, size, root: root.toString('hex'), at }), 'utf8');
}

type Held = {
  readonly head: Checkpoint;
  readonly at: string;
  readonly proof: ExportHead['global'];
  readonly where: string;
};

/** Checks the checkpoint of the global tree, that it only grew, and that heads stand in it. */
export function globalCheck(context: CheckContext) {
  const { header, trusted, found, notes } = context;
  const where = `the global tree ${header.instance}`;
  const seen = trusted.seen.get(header.instance);
  let current: (SignedHead & SeenHead) | undefined;
  let isThere = false;
  let isContinued = false;
  let lastIndex = -1;
  let cosigned: readonly NoteSignature[] = [];
  return {
    cosigned: () => cosigned,
    /** What is not known to continue what was seen is not remembered instead of it. */
    seen: (): ReadonlyMap<string, SeenHead> => new Map(current && isContinued ? [[header.instance, current]] : []),
    take(line: ExportGlobal): void {
      isThere = true;
      const head = headIn(line.note, { origin: header.instance, keys: trusted.keys, all: true, where }, found);
      if (!head) return;
      current = { ...head, note: line.note };
      const said = continued(seen, head, line.grown);
      isContinued = said === 'continued';
      if (said === 'unknown') notes.push(uncompared(seen!.size));
      else if (said !== 'continued') found.add(said, where, saids[said]);
      cosigned = witnessed(context, where, line, head);
    },
    holds({ head, at, proof, where: place }: Held): void {
      if (!current) return;
      if (!proof) {
        const isNew = Date.parse(at) > Date.parse(header.made) - timeSlackMs;
        if (!isNew) found.add('not-in-global', place, 'This head is not in the global tree, and it is not new.');
        return;
      }
      const hashes = hashesOf(proof.hashes);
      const spot = { leaf: leafHash(globalLeaf(head, at)), index: proof.index, size: current.size, root: current.root };
      if (!hashes || !verifyInclusion(spot, hashes)) {
        found.add('not-in-global', place, 'The global tree does not hold this head with this time.');
      }
      if (proof.index <= lastIndex)
        found.add('head-out-of-order', place, 'The global tree took in heads in another order.');
      lastIndex = proof.index;
    },
    over(): void {
      if (!isThere) found.add('cut-off', where, 'The checkpoint of the global tree is missing.');
    },
  };
}

/** Who signed this head, or an older one that it continues. */
function witnessed(
  { header, trusted, found }: CheckContext,
  where: string,
  { note, cosigned: older }: ExportGlobal,
  head: SignedHead,
): readonly NoteSignature[] {
  const now = cosignersOf(note, trusted.witnesses);
  const before = older ? cosignersOf(older.note, trusted.witnesses) : [];
  if (now === 'signature-wrong' || before === 'signature-wrong') {
    found.add('not-witnessed', where, 'The signature of a witness does not fit what it stands under.');
    return [];
  }
  if (!older || before.length === 0) return now;
  const log = { origin: header.instance, keys: trusted.keys, all: true, where };
  const old = headIn(older.note, log, found);
  const isOlder = old && continued(old, head, [{ from: old.size, hashes: older.hashes }]) === 'continued';
  if (!isOlder) found.add('forked', where, 'What witnesses signed is not the beginning of this global tree.');
  return isOlder ? [...now, ...before] : now;
}

type Said = 'continued' | 'unknown' | 'rolled-back' | 'forked';

const saids = {
  'rolled-back': 'An earlier look saw a larger global tree: this is an old copy, or its newest entries were removed.',
  'forked': 'This global tree is not the one of the earlier look, grown: there are two.',
} as const;

function uncompared(size: number): string {
  return `The global tree could not be compared with the earlier look: ask for an export since ${size}, or verify the live address.`;
}

/** Whether a head continues one that was seen before. */
function continued(
  seen: { readonly size: number; readonly root: Buffer } | undefined,
  head: { readonly size: number; readonly root: Buffer },
  grown: ExportGlobal['grown'],
): Said {
  if (!seen || seen.size === 0) return 'continued';
  if (seen.size > head.size) return 'rolled-back';
  if (seen.size === head.size) return seen.root.equals(head.root) ? 'continued' : 'forked';
  const proof = grown.find(({ from }) => from === seen.size);
  const hashes = proof && hashesOf(proof.hashes);
  if (!proof) return 'unknown';
  return hashes && verifyConsistency({ old: seen, head }, hashes) ? 'continued' : 'forked';
}
