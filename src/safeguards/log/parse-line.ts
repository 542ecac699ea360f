import { isId } from '#base';
import { parseHash } from '#tlog';
import type { ExportLine } from './export-format.ts';

/** The line of an export in this text, its shape checked; undefined when it is none. */
export function parseLine(text: string): ExportLine | undefined {
  const line = objectIn(text);
  const shape = shapes[String(line?.['is'])];
  return line && shape && Object.hasOwn(shapes, String(line['is'])) && shape(line) ? (line as ExportLine) : undefined;
}

/** Hashes in base64; undefined when one of them is none. */
export function hashesOf(encoded: readonly string[]): readonly Buffer[] | undefined {
  const hashes = encoded.map(parseHash);
  return hashes.every((hash) => hash !== undefined) ? hashes : undefined;
}

type Loose = { readonly [name: string]: unknown };

const shapes: Readonly<Record<string, (line: Loose) => boolean>> = {
  'sotto-audit-export': ({ v, organisation, log, instance, made, size, keys }) =>
    v === 1 &&
    typeof organisation === 'string' &&
    isId(organisation) &&
    areTexts([log, instance, made]) &&
    isCount(size) &&
    areTexts(keys),
  'entry': ({ index, leaf, hash, opening }) =>
    isCount(index) && (leaf === null || typeof leaf === 'string') && typeof hash === 'string' && isOpening(opening),
  'head': ({ at, note, global }) =>
    areTexts([at, note]) && (global === null || (isObject(global) && isCount(global['index']) && isPath(global))),
  'global': ({ note, grown, cosigned }) =>
    typeof note === 'string' &&
    Array.isArray(grown) &&
    grown.every((one: unknown) => isObject(one) && isCount(one['from']) && isPath(one)) &&
    (cosigned === null || (isObject(cosigned) && typeof cosigned['note'] === 'string' && isPath(cosigned))),
  'end': ({ entries, heads }) => isCount(entries) && isCount(heads),
};

function objectIn(text: string): Loose | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isOpening(opening: unknown): boolean {
  if (opening === undefined || opening === null || opening === 'erased') return true;
  return isObject(opening) && typeof opening['salt'] === 'string' && isObject(opening['details']);
}

function isPath({ hashes }: Loose): boolean {
  return areTexts(hashes) && hashes.length <= 64;
}

function areTexts(values: unknown): values is readonly string[] {
  return Array.isArray(values) && values.every((value) => typeof value === 'string');
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
