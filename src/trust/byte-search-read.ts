import { closeSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Clock } from '#base';
import { automatonOf, longestMatch, type Automaton } from './byte-search-automaton.ts';
import type { FileSearch, FilesSearched } from './byte-search-files.ts';
import { inTurn, turnsFor } from './byte-search-turn.ts';

/** Part of a file, from its first byte on. */
type Part = { readonly file: string; readonly name: string; readonly from: number; readonly bytes: number };

/** Longest part that is read at once. */
const partBytes = 4 * 1_024 * 1_024;

/** Reads what has its turn, and nothing of it is kept: it stands still meanwhile, so it wants a process of its own. */
export function readFiles(search: FileSearch, clock: Clock): FilesSearched {
  const { roots, forms, mostBytes, mostMs, turn } = search;
  const lost = { files: 0 };
  const parts = roots.flatMap((root) => partsBelow(root, lost));
  const until = clock.now() + mostMs;
  const overlap = longestMatch(forms) - 1;
  const automaton = automatonOf(forms);
  const buffer = Buffer.alloc(partBytes + overlap);
  const found = new Map<string, { path: string; as: string }>();
  const read = { bytes: 0, files: new Set<string>() };
  for (const part of inTurn(parts, { mostBytes, turn })) {
    const bytes = clock.now() < until ? readPart(part, buffer, overlap) : undefined;
    if (bytes === undefined) {
      lost.files += 1;
      continue;
    }
    read.bytes += bytes.length;
    read.files.add(part.name);
    for (const form of foundIn(automaton, bytes)) {
      const as = forms[form]!.as;
      found.set(`${part.name} ${as}`, { path: part.name, as });
    }
  }
  return {
    found: [...found.values()],
    files: read.files.size,
    bytes: read.bytes,
    turns: turnsFor(parts, mostBytes),
    missed: lost.files,
  };
}

function foundIn(automaton: Automaton, bytes: Uint8Array): readonly number[] {
  automaton.restart();
  return automaton.feed(bytes);
}

/** All files below, in the order of their names, cut into parts. Links are not followed: what they lead to is elsewhere. */
function partsBelow(root: string, lost: { files: number }): readonly Part[] {
  const files: Part[] = [];
  const left = [root];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    try {
      const found = lookAt(root, path);
      for (const below of found.below) left.push(below);
      for (const part of found.parts) files.push(part);
    } catch (error) {
      if (!isGone(error)) lost.files += 1;
    }
  }
  return files.toSorted((a, b) => (a.file < b.file ? -1 : Number(a.file > b.file)) || a.from - b.from);
}

function lookAt(root: string, path: string): { readonly below: readonly string[]; readonly parts: readonly Part[] } {
  const stats = lstatSync(path);
  const below = stats.isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [];
  return { below, parts: stats.isFile() ? partsOf(path, relative(root, path), stats.size) : [] };
}

function partsOf(file: string, name: string, size: number): readonly Part[] {
  return Array.from({ length: Math.ceil(size / partBytes) }, (_, at) => {
    const from = at * partBytes;
    return { file, name, from, bytes: Math.min(partBytes, size - from) };
  });
}

/** The bytes of a part, and the beginning of the next: nothing is lost between them. Undefined when it cannot be read. */
function readPart({ file, from, bytes }: Part, buffer: Buffer, overlap: number): Uint8Array | undefined {
  try {
    const handle = openSync(file, 'r');
    try {
      return buffer.subarray(0, readSync(handle, buffer, 0, bytes + overlap, from));
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    return isGone(error) ? buffer.subarray(0, 0) : undefined;
  }
}

/** What is deleted meanwhile holds nothing. */
function isGone(error: unknown): boolean {
  return (error as { code?: string }).code === 'ENOENT';
}
