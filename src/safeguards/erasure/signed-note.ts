import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/**
 * Text with Ed25519 signatures, as https://c2sp.org/signed-note says: anybody who has the public key can check it with
 * any implementation of that specification, without us.
 */
export type NoteSigner = { readonly name: string; readonly vkey: string; sign(text: string): Buffer };

/** What verifies: a name, the id of the key under that name, and the public key. */
export type NoteKey = { readonly name: string; readonly id: Buffer; readonly publicKey: KeyObject };

/** The text of a note that verified, and the name of the key that signed it. */
export type OpenedNote = { readonly text: string; readonly by: string };

/** Why a note is not believed. */
export type NoteRefusal = 'malformed' | 'unknown-key' | 'signature-wrong';

const ed25519 = 0x01;
/** PKCS #8 and SPKI of an Ed25519 key (RFC 8410 §7, §4): these bytes, then the 32 of the key. */
const privateHead = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicHead = Buffer.from('302a300506032b6570032100', 'hex');
/** The specification wants 16 taken at least, and a limit. */
const mostSignatures = 16;
const mostBytes = 32 * 1024 * 1024;

/** A signer from the 32 bytes of its seed. Throws for a name that the specification refuses. */
export function noteSigner(name: string, seed: Buffer): NoteSigner {
  if (seed.length !== 32) throw new TypeError('the seed of an Ed25519 key has 32 bytes');
  if (!isName(name)) throw new TypeError('the name of a note key has no space and no plus');
  const key = createPrivateKey({ key: Buffer.concat([privateHead, seed]), format: 'der', type: 'pkcs8' });
  const encoded = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(publicHead.length);
  const id = idOf(name, encoded);
  const typed = Buffer.concat([Buffer.of(ed25519), encoded]).toString('base64');
  return {
    name,
    vkey: `${name}+${id.toString('hex')}+${typed}`,
    sign: (text) => Buffer.concat([id, sign(null, Buffer.from(text, 'utf8'), key)]),
  };
}

/** The note over a text, which ends in a newline and has no other control characters. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith('\n') || !isClean(text)) throw new TypeError('a note is lines of text');
  const lines = signers.map((signer) => `— ${signer.name} ${signer.sign(text).toString('base64')}\n`);
  return `${text}\n${lines.join('')}`;
}

/** A verifier key as it is published: name, key id and public key. Undefined when it is none, or not of Ed25519. */
export function noteKey(vkey: string): NoteKey | undefined {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey.trim()) ?? [];
  const typed = strictBase64(encoded);
  if (!isName(name) || typed?.length !== 33 || typed[0] !== ed25519) return undefined;
  const bytes = typed.subarray(1);
  if (idOf(name, bytes).toString('hex') !== id) return undefined;
  const publicKey = createPublicKey({ key: Buffer.concat([publicHead, bytes]), format: 'der', type: 'spki' });
  return { name, id: Buffer.from(id, 'hex'), publicKey };
}

/**
 * The text of a note that one of these keys signed, or why not. Signatures of keys that nobody here knows are ignored;
 * one of a known key that does not verify refuses the note, whatever else is there.
 */
export function openNote(note: Buffer, keys: readonly NoteKey[]): OpenedNote | NoteRefusal {
  const parts = partsOf(note);
  if (!parts) return 'malformed';
  const signed = Buffer.from(parts.text, 'utf8');
  let by: string | undefined;
  for (const { name, id, signature } of parts.signatures) {
    const key = keys.find((one) => one.name === name && one.id.equals(id));
    if (!key) continue;
    if (!verify(null, signed, key.publicKey, signature)) return 'signature-wrong';
    by ??= name;
  }
  return by === undefined ? 'unknown-key' : { text: parts.text, by };
}

type Signature = { readonly name: string; readonly id: Buffer; readonly signature: Buffer };

/** Text, and the signatures behind its last empty line. */
function partsOf(note: Buffer): { readonly text: string; readonly signatures: readonly Signature[] } | undefined {
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
  if (!isName(name) || !bytes || bytes.length < 5) return undefined;
  return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

function idOf(name: string, publicKey: Buffer): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(Buffer.of(ed25519)).update(publicKey);
  return hash.digest().subarray(0, 4);
}

function isName(name: string): boolean {
  return name !== '' && !/[\p{White_Space}+]/u.test(name);
}

function isClean(text: string): boolean {
  // Of the control characters, those below U+0020 without the newline.
  return !/[^\P{Cc}\n\u007f-\u009f]/u.test(text);
}

/** Node reads base64 leniently; one value has exactly one spelling here (RFC 4648 §3.5). */
function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined;
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
