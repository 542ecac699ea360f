import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { checkpointIn } from './checkpoint.ts';

/**
 * The kinds of signatures of https://c2sp.org/signed-note that are made and believed here. `ed25519` signs any text;
 * the other two are of https://c2sp.org/tlog-cosignature, sign checkpoints alone and say when.
 */
export type NoteKind = 'ed25519' | 'cosignature' | 'ml-dsa-44';

/** What signs: `sign` gives the id of the key and the signature, as they stand behind the name. `at` in milliseconds. */
export type NoteSigner = {
  readonly name: string;
  readonly kind: NoteKind;
  readonly vkey: string;
  sign(text: string, at: number): Buffer;
};

/** What verifies: a name, the id of the key under that name, and the public key. */
export type NoteKey = {
  readonly name: string;
  readonly kind: NoteKind;
  readonly id: Buffer;
  readonly publicKey: KeyObject;
};

/** A signature that verified. `at` in milliseconds; absent where the kind says no time, or said none. */
export type NoteSignature = { readonly by: string; readonly kind: NoteKind; readonly at?: number };

type Kind = {
  readonly type: number;
  readonly name: NoteKind;
  /** PKCS #8 and SPKI of such a key: these bytes, then those of the seed or the key (RFC 8410 §7 and §4; RFC 9881). */
  readonly privateHead: Buffer;
  readonly publicHead: Buffer;
  readonly keyBytes: number;
  readonly signatureBytes: number;
  readonly isTimed: boolean;
  /** The bytes that are signed; undefined for a text that this kind does not sign. */
  message(text: string, name: string, seconds: bigint): Buffer | undefined;
};

const ed25519 = {
  privateHead: Buffer.from('302e020100300506032b657004220420', 'hex'),
  publicHead: Buffer.from('302a300506032b6570032100', 'hex'),
  keyBytes: 32,
  signatureBytes: 64,
};

const kinds: readonly Kind[] = [
  { ...ed25519, type: 0x01, name: 'ed25519', isTimed: false, message: (text) => Buffer.from(text, 'utf8') },
  {
    ...ed25519,
    type: 0x04,
    name: 'cosignature',
    isTimed: true,
    message: (text, _, seconds) =>
      checkpointIn(text) && Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`, 'utf8'),
  },
  {
    type: 0x06,
    name: 'ml-dsa-44',
    privateHead: Buffer.from('3034020100300b06096086480165030403110422' + '8020', 'hex'),
    publicHead: Buffer.from('30820532300b0609608648016503040311038205' + '2100', 'hex'),
    keyBytes: 1312,
    signatureBytes: 2420,
    isTimed: true,
    message: subtreeMessage,
  },
];

/** A signer from the 32 bytes of its seed. Throws for a name that the specification refuses. */
export function noteSigner(name: string, seed: Buffer, kindName: NoteKind = 'ed25519'): NoteSigner {
  if (seed.length !== 32) throw new TypeError('the seed of a note key has 32 bytes');
  if (!isNoteName(name)) throw new TypeError('the name of a note key has no space and no plus');
  const kind = kinds.find((one) => one.name === kindName)!;
  const key = createPrivateKey({ key: Buffer.concat([kind.privateHead, seed]), format: 'der', type: 'pkcs8' });
  const id = idOf(kind, name, createPublicKey(key));
  return {
    name,
    kind: kind.name,
    vkey: vkeyOf({ name, kind: kind.name, id, publicKey: createPublicKey(key) }),
    sign: (text, at) => Buffer.concat([id, signed(kind, key, { text, name, at })]),
  };
}

/** Both signers of a log under one name: Ed25519 over the whole text, and ML-DSA-44 over the tree's head. */
export function noteSigners(
  name: string,
  seeds: { readonly ed25519: Buffer; readonly mldsa44: Buffer },
): readonly NoteSigner[] {
  return [noteSigner(name, seeds.ed25519), noteSigner(name, seeds.mldsa44, 'ml-dsa-44')];
}

/** A verifier key as it is published: name, key id and public key. Undefined when it is none, or of an unknown kind. */
export function noteKey(vkey: string): NoteKey | undefined {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey.trim()) ?? [];
  const typed = strictBase64(encoded);
  const kind = kinds.find((one) => one.type === typed?.[0]);
  if (!isNoteName(name) || !typed || typed.length - 1 !== kind?.keyBytes) return undefined;
  const der = Buffer.concat([kind.publicHead, typed.subarray(1)]);
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
  const key = keyNamed({ kind: kind.name, publicKey }, name);
  return key.id.toString('hex') === id ? key : undefined;
}

/** The same public key under another name: what a log whose trees share their keys signs another tree with. */
export function keyNamed({ kind, publicKey }: Pick<NoteKey, 'kind' | 'publicKey'>, name: string): NoteKey {
  return {
    name,
    kind,
    id: idOf(
      kinds.find((one) => one.name === kind)!,
      name,
      publicKey,
    ),
    publicKey,
  };
}

/** The verifier key in the spelling that is published. */
export function vkeyOf({ name, kind, id, publicKey }: NoteKey): string {
  const { type, publicHead } = kinds.find((one) => one.name === kind)!;
  const typed = Buffer.concat([Buffer.of(type), rawOf(publicKey, publicHead)]);
  return `${name}+${id.toString('hex')}+${typed.toString('base64')}`;
}

/** What a signature (without the id before it) says, or undefined when it does not verify. */
export function signatureOver(text: string, key: NoteKey, bytes: Buffer): NoteSignature | undefined {
  const kind = kinds.find((one) => one.name === key.kind)!;
  const head = kind.isTimed ? 8 : 0;
  if (bytes.length !== head + kind.signatureBytes) return undefined;
  const seconds = kind.isTimed ? bytes.readBigUInt64BE() : 0n;
  const at = Number(seconds) * 1000;
  const message = Number.isSafeInteger(at) ? kind.message(text, key.name, seconds) : undefined;
  if (!message || !verify(null, message, key.publicKey, bytes.subarray(head))) return undefined;
  return { by: key.name, kind: key.kind, ...(seconds > 0n && { at }) };
}

export function isNoteName(name: string): boolean {
  return name !== '' && !/[\p{White_Space}+]/u.test(name);
}

/** Node reads base64 leniently; one value has exactly one spelling here (RFC 4648 §3.5). */
export function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined;
}

function signed(kind: Kind, key: KeyObject, what: { text: string; name: string; at: number }): Buffer {
  const seconds = BigInt(Math.floor(what.at / 1000));
  const message = kind.message(what.text, what.name, seconds);
  if (!message) throw new TypeError('a key of this kind signs nothing but checkpoints');
  const time = Buffer.alloc(kind.isTimed ? 8 : 0);
  if (kind.isTimed) time.writeBigUInt64BE(seconds);
  return Buffer.concat([time, sign(null, message, key)]);
}

/** `cosigned_message` of the specification over a whole tree. */
function subtreeMessage(text: string, name: string, seconds: bigint): Buffer | undefined {
  const head = checkpointIn(text);
  if (!head) return undefined;
  const [by, log] = [Buffer.from(name, 'utf8'), Buffer.from(head.origin, 'utf8')];
  if (by.length > 255 || log.length > 255) return undefined;
  const numbers = Buffer.alloc(16);
  numbers.writeBigUInt64BE(BigInt(head.size), 8);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(seconds);
  const label = Buffer.from('subtree/v1\n\0', 'latin1');
  return Buffer.concat([label, Buffer.of(by.length), by, time, Buffer.of(log.length), log, numbers, head.root]);
}

function idOf(kind: Kind, name: string, publicKey: KeyObject): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(Buffer.of(kind.type));
  return hash.update(rawOf(publicKey, kind.publicHead)).digest().subarray(0, 4);
}

function rawOf(publicKey: KeyObject, head: Buffer): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(head.length);
}
