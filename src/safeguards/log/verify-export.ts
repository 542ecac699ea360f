import type { Id } from '#base';
import type { NoteKey, NoteSignature } from '#tlog';
import { entryCheck, type EntryCount } from './check-entries.ts';
import { globalCheck } from './check-global.ts';
import { headCheck } from './check-heads.ts';
import type { ExportEnd, ExportHeader, ExportLine } from './export-format.ts';
import { findings, type Findings, type LogFault } from './fault.ts';
import { parseLine } from './parse-line.ts';
import { areOthers, keysIn, type SeenHead, type Trusted } from './trusted.ts';

/** What came of verifying an export. It is right when there are no faults. */
export type ExportCheck = {
  readonly organisation: Id | undefined;
  readonly log: string | undefined;
  readonly instance: string | undefined;
  readonly made: string | undefined;
  readonly entries: number;
  readonly heads: number;
  readonly openings: EntryCount;
  /** `given`, `remembered`, or `from-the-file`: then nothing says that the file is of whom it seems. */
  readonly keysFrom: KeysFrom;
  readonly keys: readonly string[];
  readonly faults: readonly LogFault[];
  /** All of them; `faults` holds the first ten of each kind. */
  readonly faultCount: number;
  /** What could not be compared, or is only worth knowing. */
  readonly notes: readonly string[];
  readonly cosigned: readonly NoteSignature[];
  /** The newest heads that verified, by origin: what to remember. */
  readonly seen: ReadonlyMap<string, SeenHead>;
};

export type KeysFrom = 'given' | 'remembered' | 'from-the-file';

/**
 * Verifies an export with nothing but public keys: that each entry is there and unchanged, in its place, at a time that
 * fits; that each head was signed and is that of these entries, and stands in the global tree; and that nothing which
 * was seen before is gone. Goes on after a fault, so that each is found; memory does not grow with the file.
 * `keysFrom` says where `trusted.keys` came from; with none, those of the file are taken and that is said.
 */
export async function verifyExport(
  lines: AsyncIterable<string>,
  trusted: Trusted & { readonly keysFrom?: 'given' | 'remembered' },
): Promise<ExportCheck> {
  const found = findings();
  const notes: string[] = [];
  let parts: Parts | undefined;
  let end: ExportEnd | undefined;
  let number = 0;
  for await (const text of lines) {
    number += 1;
    const line = parseLine(text);
    const isFit = line && !end && (number === 1) === (line.is === 'sotto-audit-export');
    if (!isFit) found.add('unreadable', `line ${number}`, 'This line is not what stands there in an audit export.');
    else if (line.is === 'sotto-audit-export') parts = partsOf(line, trusted, found, notes);
    else if (line.is === 'end') end = line;
    else take(parts!, line);
    if (!parts) break;
  }
  if (number === 0) found.add('cut-off', 'line 1', 'The file is empty.');
  const keysFrom = trusted.keysFrom ?? 'from-the-file';
  if (!parts) return { ...nothing, keysFrom, faults: found.faults, faultCount: found.count(), notes };
  over(parts, end, found);
  return { ...told(parts), keysFrom, faults: found.faults, faultCount: found.count(), notes };
}

type Told = Omit<ExportCheck, 'keysFrom' | 'faults' | 'faultCount' | 'notes'>;

const nothing: Told = {
  organisation: undefined,
  log: undefined,
  instance: undefined,
  made: undefined,
  entries: 0,
  heads: 0,
  openings: { opened: 0, erased: 0 },
  keys: [],
  cosigned: [],
  seen: new Map(),
};

function told({ header, entries, heads, global }: Parts): Told {
  const { organisation, log, instance, made, keys } = header;
  return {
    organisation,
    log,
    instance,
    made,
    keys,
    entries: entries.size(),
    heads: heads.count(),
    openings: entries.openings(),
    cosigned: [...global.cosigned(), ...heads.cosigned()],
    seen: new Map([...heads.seen(), ...global.seen()]),
  };
}

type Parts = {
  readonly header: ExportHeader;
  readonly witnesses: Trusted['witnesses'];
  readonly entries: ReturnType<typeof entryCheck>;
  readonly heads: ReturnType<typeof headCheck>;
  readonly global: ReturnType<typeof globalCheck>;
};

function partsOf(header: ExportHeader, trusted: Trusted, found: Findings, notes: string[]): Parts {
  const own = keysIn(header.keys.join('\n')) ?? [];
  const isFirst = trusted.keys.length === 0;
  if (!isFirst && areOthers(trusted.keys, own)) {
    const say = 'The file names other keys than those that are trusted: the keys of the installation were replaced.';
    found.add('key-swapped', 'line 1', say);
  }
  checkNames(header, { own: isFirst ? own : trusted.keys, seen: trusted.seen }, found);
  const context = { header, trusted: { ...trusted, keys: isFirst ? own : trusted.keys }, found, notes };
  const global = globalCheck(context);
  const entries = entryCheck(header, trusted.seen.get(header.log), found);
  return { header, witnesses: trusted.witnesses, entries, global, heads: headCheck(context, entries, global) };
}

/** Who could give a log another name could begin a new history of it, in which everything fits. */
function checkNames(
  { organisation, log, instance }: ExportHeader,
  { own, seen }: { readonly own: readonly NoteKey[]; readonly seen: Trusted['seen'] },
  found: Findings,
): void {
  if (own.length > 0 && !own.every(({ name }) => name === instance)) {
    const say = `The keys are those of ${own[0]!.name}: what stands here is not its global tree.`;
    found.add('forked', `the global tree ${instance}`, say);
  }
  const other = [...seen].find(([origin, head]) => head.organisation === organisation && origin !== log)?.[0];
  if (other === undefined) return;
  const say = `An earlier look saw the log of this organisation under another name, ${other}: there are two.`;
  found.add('forked', `the log ${log}`, say);
}

function take({ entries, heads, global }: Parts, line: Exclude<ExportLine, ExportHeader | ExportEnd>): void {
  if (line.is === 'entry') entries.take(line);
  else if (line.is === 'head') heads.take(line);
  else global.take(line);
}

function over({ header, witnesses, entries, heads, global }: Parts, end: ExportEnd | undefined, found: Findings): void {
  const [size, count] = [entries.size(), heads.count()];
  heads.over(size, end === undefined);
  global.over();
  const signed = new Set([...global.cosigned(), ...heads.cosigned()].map(({ by }) => by));
  for (const { name } of witnesses.filter((witness) => !signed.has(witness.name))) {
    const say = `The witness ${name} has signed nothing of this: neither the global tree nor the log.`;
    found.add('not-witnessed', `the global tree ${header.instance}`, say);
  }
  if (!end) found.add('cut-off', `entry ${size}`, 'The file was cut off: its last line is missing.');
  else if (end.entries !== size || end.heads !== count || header.size !== size) {
    const say = `The file says that it has ${header.size} entries and ${end.heads} heads, and it has ${size} and ${count}.`;
    found.add('cut-off', 'the end', say);
  }
}
