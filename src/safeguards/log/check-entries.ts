import type { Id } from '#base';
import { commitmentTo, parseLeaf, type Leaf } from '#safeguards/audit';
import { appendHashes, emptyRange, leafHash, parseHash, rootOfRange, type Range } from '#tlog';
import type { ExportEntry, ExportHeader } from './export-format.ts';
import type { Findings } from './fault.ts';
import type { SeenHead } from './trusted.ts';

/** How many entries had their details shown and fitting, or erased. */
export type EntryCount = { readonly opened: number; readonly erased: number };

/** When something happened, and at which place of the tree. */
export type Instant = { readonly index: number; readonly at: number };

/** The entries since the last head, as far as their times go. */
export type Span = { readonly earliest: Instant | undefined; readonly latest: Instant | undefined };

/** Checks entries one by one and builds the tree over them. */
export function entryCheck(header: ExportHeader, seen: SeenHead | undefined, found: Findings) {
  let range: Range = emptyRange;
  let span: Span = { earliest: undefined, latest: undefined };
  const openings = { opened: 0, erased: 0 };
  return {
    size: () => range.size,
    root: () => rootOfRange(range),
    openings: (): EntryCount => openings,
    /** The times since this was asked last. */
    span(): Span {
      const since = span;
      span = { earliest: undefined, latest: undefined };
      return since;
    },
    take(line: ExportEntry): void {
      const index = range.size;
      const where = `entry ${index}`;
      if (line.index !== index) {
        found.add('entry-misplaced', where, `The entry of place ${line.index} stands at place ${index}.`);
      }
      const hash = hashOf(line, where, found);
      const leaf = line.leaf === null ? undefined : parseLeaf(Buffer.from(line.leaf, 'utf8'));
      if (line.leaf !== null) checkLeaf(leaf, header.organisation, where, found);
      if (leaf) {
        span = widened(span, { index, at: Date.parse(leaf.at) });
        const state = checkOpening(line, leaf, found);
        if (state) openings[state] += 1;
      }
      range = appendHashes(range, [hash]);
      if (seen?.size === range.size && !seen.root.equals(rootOfRange(range))) {
        const say = `The first ${seen.size} entries are not those that were there at an earlier look.`;
        found.add('forked', `head ${seen.size} of ${header.log}`, say);
      }
    },
  };
}

/** The hash that stands in the tree: where the entry is not what it was, that of what it was. */
function hashOf({ leaf, hash }: ExportEntry, where: string, found: Findings): Buffer {
  const recorded = parseHash(hash);
  if (leaf === null) {
    found.add('entry-missing', where, 'This entry was removed: its place in the tree is known, and it is gone.');
    return recorded ?? leafHash(Buffer.alloc(0));
  }
  const own = leafHash(Buffer.from(leaf, 'utf8'));
  if (recorded?.equals(own)) return own;
  found.add('entry-changed', where, 'This entry is not what it was when the tree was built: it was changed.');
  return recorded ?? own;
}

function checkLeaf(leaf: Leaf | undefined, organisation: Id, where: string, found: Findings): void {
  if (!leaf) found.add('entry-changed', where, 'This is not the canonical spelling of an entry.');
  else if (leaf.organisation !== organisation) {
    found.add('entry-foreign', where, 'This entry is one of another organisation.');
  }
}

function checkOpening({ opening, index }: ExportEntry, leaf: Leaf, found: Findings): 'opened' | 'erased' | undefined {
  if (opening === undefined || (opening === null && leaf.commitment === null)) return undefined;
  if (opening === 'erased' && leaf.commitment !== null) return 'erased';
  if (typeof opening === 'object' && opening !== null && fits(opening, leaf.commitment)) return 'opened';
  found.add('opening-differs', `entry ${index}`, 'The details that are shown are not those that the entry commits to.');
  return undefined;
}

function fits(
  { salt, details }: Exclude<ExportEntry['opening'], undefined | null | 'erased'>,
  commitment: string | null,
) {
  try {
    return commitmentTo(Buffer.from(salt, 'hex'), details) === commitment;
  } catch {
    return false;
  }
}

function widened({ earliest, latest }: Span, one: Instant): Span {
  return {
    earliest: !earliest || one.at < earliest.at ? one : earliest,
    latest: !latest || one.at > latest.at ? one : latest,
  };
}
