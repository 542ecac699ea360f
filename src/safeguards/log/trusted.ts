import {
  keyNamed,
  noteKey,
  openNote,
  parseCheckpoint,
  vkeyOf,
  type Checkpoint,
  type NoteKey,
  type NoteSignature,
} from '#tlog';
import type { Id } from '#base';
import type { Findings } from './fault.ts';

/** What a verifier goes by: nothing of it comes from what is verified, except the keys of a first look. */
export type Trusted = {
  /** Keys of the installation. All trees of it are signed with them, each under the name of its origin. */
  readonly keys: readonly NoteKey[];
  /** Keys of witnesses that must have signed, each one of them. */
  readonly witnesses: readonly NoteKey[];
  /** The newest head of each log that was seen before, by origin. */
  readonly seen: ReadonlyMap<string, SeenHead>;
};

export type SeenHead = {
  readonly size: number;
  readonly root: Buffer;
  readonly note: string;
  /** Whose log it is; of the global tree nobody's. */
  readonly organisation?: Id;
};

/** Keys in a text, one on each line, or apart by commas. Undefined when one of them is none. */
export function keysIn(text: string): readonly NoteKey[] | undefined {
  const lines = text.split(/[\n,]/).map((line) => line.trim());
  const keys = lines.filter((line) => line !== '' && !line.startsWith('#')).map(noteKey);
  return keys.length > 0 && keys.every((key) => key !== undefined) ? keys : undefined;
}

/** The keys under which a tree of this installation is signed. */
export function keysFor(keys: readonly NoteKey[], origin: string): readonly NoteKey[] {
  return keys.map((key) => keyNamed(key, origin));
}

/** True when the two sets share no public key: whoever signed is somebody else. */
export function areOthers(keys: readonly NoteKey[], others: readonly NoteKey[]): boolean {
  const material = new Set(keys.map((key) => vkeyOf(keyNamed(key, 'x'))));
  return !others.some((key) => material.has(vkeyOf(keyNamed(key, 'x'))));
}

/** A head of which the signatures were checked. */
export type SignedHead = Checkpoint & { readonly signatures: readonly NoteSignature[] };

const whys = {
  'malformed': 'it is no signed note',
  'unknown-key': 'none of the keys signed it: it is signed with another key, or for another log',
  'signature-wrong': 'its signature does not fit: something in it was changed',
} as const;

/**
 * The head in a note of this log, or undefined when it is not believed. `all`: every key must have signed, else Ed25519
 * is enough where the log has such a key.
 */
export function headIn(
  note: string,
  log: { readonly origin: string; readonly keys: readonly NoteKey[]; readonly all: boolean; readonly where: string },
  found: Findings,
): SignedHead | undefined {
  const own = keysFor(log.keys, log.origin);
  const opened = openNote(Buffer.from(note, 'utf8'), own);
  if (typeof opened === 'string') {
    found.add('head-unsigned', log.where, `The checkpoint is not believed: ${whys[opened]}.`);
    return undefined;
  }
  const kinds = new Set(opened.signatures.map(({ kind }) => kind));
  const wanted = own.filter(({ kind }) => log.all || kind === 'ed25519');
  const missing = wanted.find(({ kind }) => !kinds.has(kind));
  if (missing) {
    found.add('head-unsigned', log.where, `The checkpoint lacks the ${missing.kind} signature of the installation.`);
    return undefined;
  }
  const head = parseCheckpoint(opened.text);
  if (head?.origin === log.origin) return { ...head, signatures: opened.signatures };
  found.add('head-unsigned', log.where, `The checkpoint is not one of ${log.origin}.`);
  return undefined;
}

/** Which of these witnesses signed a note: a line of one that does not verify makes it unbelieved for all. */
export function cosignersOf(note: string, witnesses: readonly NoteKey[]): readonly NoteSignature[] | 'signature-wrong' {
  if (witnesses.length === 0) return [];
  const opened = openNote(Buffer.from(note, 'utf8'), witnesses);
  if (opened === 'signature-wrong') return opened;
  return typeof opened === 'string' ? [] : opened.signatures;
}
