import {
  isNoteName,
  signatureOver,
  strictBase64,
  type NoteKey,
  type NoteSignature,
  type NoteSigner,
} from './note-key.ts';

/**
 * Text with signatures, as https://c2sp.org/signed-note says: anybody who has the public key can check it with any
 * implementation of that specification, without us. `by` is the name of the first key that signed it, `signatures` are
 * all that verified.
 */
export type OpenedNote = {
  readonly text: string;
  readonly by: string;
  readonly signatures: readonly NoteSignature[];
};

/** Why a note is not believed. */
export type NoteRefusal = 'malformed' | 'unknown-key' | 'signature-wrong';

/** The specification wants 16 taken at least, and a limit. */
const mostSignatures = 16;
const mostBytes = 32 * 1024 * 1024;

/**
 * The note over a text, which ends in a newline and has no other control characters. `at` in milliseconds is what
 * signatures with a time say; 0 says none.
 */
export function signNote(text: string, signers: readonly NoteSigner[], at = 0): string {
  if (!text.endsWith('\n') || !isClean(text)) throw new TypeError('a note is lines of text');
  return `${text}\n${signers.map((signer) => signatureLine(signer, text, at)).join('')}`;
}

/** One line of a note: who signs, and the signature. */
export function signatureLine(signer: NoteSigner, text: string, at: number): string {
  return `— ${signer.name} ${signer.sign(text, at).toString('base64')}\n`;
}

/**
 * The text of a note that one of these keys signed, or why not. Signatures of keys that nobody here knows are ignored;
 * one of a known key that does not verify refuses the note, whatever else is there.
 */
export function openNote(note: Buffer, keys: readonly NoteKey[]): OpenedNote | NoteRefusal {
  const parts = noteParts(note);
  if (!parts) return 'malformed';
  const signatures = new Map<NoteKey, NoteSignature>();
  for (const { name, id, signature } of parts.signatures) {
    const key = keys.find((one) => one.name === name && one.id.equals(id));
    if (!key) continue;
    const seen = signatureOver(parts.text, key, signature);
    if (!seen) return 'signature-wrong';
    // Who counts signatures counts keys: one that signed twice is one.
    if (!signatures.has(key)) signatures.set(key, seen);
  }
  const all = [...signatures.values()];
  const [first] = all;
  return first ? { text: parts.text, by: first.by, signatures: all } : 'unknown-key';
}

export type Signature = { readonly name: string; readonly id: Buffer; readonly signature: Buffer };
export type NoteParts = { readonly text: string; readonly signatures: readonly Signature[] };

/** Text, and the signatures behind its last empty line, none of them verified. Undefined when it is no note. */
export function noteParts(note: Buffer): NoteParts | undefined {
  if (note.length > mostBytes) return undefined;
  const whole = decoded(note);
  const end = whole?.lastIndexOf('\n\n') ?? -1;
  if (whole === undefined || end < 0 || !whole.endsWith('\n') || !isClean(whole)) return undefined;
  const lines = whole.slice(end + 2, -1).split('\n');
  const signatures = lines.map(signatureIn).filter((one) => one !== undefined);
  if (signatures.length !== lines.length || lines.length > mostSignatures) return undefined;
  return { text: whole.slice(0, end + 1), signatures };
}

function signatureIn(line: string): Signature | undefined {
  const [, name = '', encoded = ''] = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
  const bytes = strictBase64(encoded);
  if (!isNoteName(name) || !bytes || bytes.length < 5) return undefined;
  return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

function isClean(text: string): boolean {
  // Of the control characters, those below U+0020 without the newline.
  return !/[^\P{Cc}\n\u007f-\u009f]/u.test(text);
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
