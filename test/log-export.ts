import { canonical, iso, type Id } from '#base';
import { commitmentTo, leafBytes, type Leaf } from '#safeguards/audit';
import {
  appendHashes,
  checkpointText,
  emptyRange,
  inclusionProof,
  leafHash,
  noteSigners,
  rootOfRange,
  signNote,
  type NoteSigner,
  type Range,
} from '#tlog';
import { globalLeaf } from '../src/safeguards/log/check-global.ts';
import type { ExportGlobal, ExportHead, ExportLine } from '../src/safeguards/log/export-format.ts';

export const organisation: Id = '00000000-0000-7000-8000-00000000a001';
export const log = 'phone.example.com/log/0198f000';
export const instance = 'phone.example.com/log';
export const begin = Date.UTC(2026, 10, 20, 12);

/** The two signers of a log under a name; `seed` makes another installation. */
export function signersOf(name: string, seed = 1): readonly NoteSigner[] {
  return noteSigners(name, { ed25519: Buffer.alloc(32, seed), mldsa44: Buffer.alloc(32, seed + 1) });
}

export const vkeys = (seed = 1) => signersOf(instance, seed).map(({ vkey }) => vkey);

/** An entry of the test log: what happened one minute after the one before it. */
export function leafAt(index: number, change: Partial<Leaf> = {}): Buffer {
  const id: Id = `0198f000-0000-7000-8000-${String(index).padStart(12, '0')}`;
  const at = iso(begin + index * 60_000);
  const commitment = index % 2 === 0 ? null : commitmentTo(Buffer.alloc(32, 9), { number: index });
  return leafBytes({
    v: 1,
    id,
    organisation,
    at,
    actor: 'system',
    action: 'call.answered',
    object: `call:${id}`,
    commitment,
    ...change,
  });
}

/** What somebody who can sign does to the log before it is signed. */
export type Made = {
  readonly leaves?: readonly Buffer[];
  /** After how many entries there is a head. */
  readonly heads?: readonly number[];
  readonly seed?: number;
  /** When the head over that many is signed. */
  readonly headAt?: (size: number) => number;
  /** Leaves of the global tree that are others', before each of ours. */
  readonly others?: number;
};

/** An export of a log that is what it should be: 10 entries, heads after 4, 7 and 10, two heads of others before each. */
export async function exportLines(made: Made = {}): Promise<ExportLine[]> {
  const { leaves = Array.from({ length: 10 }, (_, index) => leafAt(index)), heads = [4, 7, 10], seed = 1 } = made;
  const { headAt = (size) => begin + size * 60_000, others = 2 } = made;
  const nodes = new Map<string, Buffer>();
  const note = (level: number, index: number, hash: Buffer) => nodes.set(`${level}/${index}`, hash);
  let range = emptyRange;
  let global = emptyRange;
  const lines: ExportLine[] = [];
  const places: { readonly line: number; readonly index: number }[] = [];
  for (const [index, leaf] of leaves.entries()) {
    range = appendHashes(range, [leafHash(leaf)]);
    const text = leaf.toString('utf8');
    lines.push({ is: 'entry', index, leaf: text, hash: leafHash(leaf).toString('base64') });
    if (!heads.includes(range.size)) continue;
    const at = iso(headAt(range.size));
    const head = { origin: log, size: range.size, root: rootOfRange(range) };
    const strangers = Array.from({ length: others }, (_, one) => leafHash(Buffer.from(`other ${range.size} ${one}`)));
    global = appendHashes(global, [...strangers, leafHash(globalLeaf(head, at))], note);
    places.push({ line: lines.length, index: global.size - 1 });
    const signers = signersOf(log, seed).slice(0, range.size === leaves.length ? 2 : 1);
    lines.push({ is: 'head', at, note: signNote(checkpointText(head), signers, Date.parse(at)), global: null });
  }
  const hashAt = (level: number, index: number) => nodes.get(`${level}/${index}`)!;
  for (const { line, index } of places) {
    const hashes = (await inclusionProof(hashAt, index, global.size)).map((hash) => hash.toString('base64'));
    lines[line] = { ...(lines[line] as ExportHead), global: { index, hashes } };
  }
  const made_ = begin + leaves.length * 60_000;
  const end: ExportLine = { is: 'end', entries: leaves.length, heads: places.length };
  const header: ExportLine = {
    is: 'sotto-audit-export',
    v: 1,
    organisation,
    log,
    instance,
    made: iso(made_),
    size: leaves.length,
    keys: vkeys(seed),
  };
  return [header, globalLine(global, seed, made_), ...lines, end];
}

function globalLine(global: Range, seed: number, at: number): ExportGlobal {
  const head = { origin: instance, size: global.size, root: rootOfRange(global) };
  const note = signNote(checkpointText(head), signersOf(instance, seed), at);
  return { is: 'global', note, grown: [], cosigned: null };
}

/** The lines as they stand in a file. */
export async function* written(lines: readonly (ExportLine | string)[]): AsyncGenerator<string> {
  for (const line of lines) yield typeof line === 'string' ? line : canonical(line);
}
