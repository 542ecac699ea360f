import { createHmac } from 'node:crypto';
import { canonical, Personal, problem, type ContentKey, type Ctx, type Id, type KeySubject } from '#base';
import { gcmOpen, gcmOverhead, gcmSeal } from '#adapters/keys';

/** Where a sealed value stands. It opens there and nowhere else. */
export type Place = { readonly table: string; readonly row: string; readonly column: string };

const version = 1;
const keyIdLength = 16;
const headLength = 1 + keyIdLength;

/** Seals for one subject, each text for its place. It holds the subject's key: for the work at hand, not to be kept. */
export type Sealer = (place: Place, plain: string | Personal) => Buffer;

/**
 * Seals text for one place under its subject's content key, which is made when there is none yet.
 * Blob: `0x01 | key id(16) | nonce(12) | ciphertext | tag(16)`, AES-256-GCM; associated data is the canonical
 * JSON `[organisation, table, row, column, version]`.
 */
export async function seal(
  ctx: Pick<Ctx, 'keys' | 'random'>,
  subject: KeySubject,
  place: Place,
  plain: string | Personal,
): Promise<Buffer> {
  return (await sealer(ctx, subject))(place, plain);
}

/** `seal` for several values of one subject that are written together: its key is looked up, or made, once. */
export async function sealer(ctx: Pick<Ctx, 'keys' | 'random'>, subject: KeySubject): Promise<Sealer> {
  return sealerUnder(ctx, subject.organisation, await ctx.keys.contentKey(subject));
}

function sealerUnder({ random }: Pick<Ctx, 'random'>, organisation: Id, key: ContentKey): Sealer {
  return (place, plain) => {
    const text = plain instanceof Personal ? plain.reveal() : plain;
    const context = contextOf(organisation, place);
    const sealed = gcmSeal(key.secret, { nonce: random.bytes(12), plain: Buffer.from(text, 'utf8'), context });
    return Buffer.concat([Buffer.of(version), key.id, sealed]);
  };
}

/**
 * Opens what `seal` made for this organisation and place. Throws `content-erased` when its key was destroyed and
 * `content-damaged` when the bytes were changed or come from another place.
 */
export async function unseal(
  ctx: Pick<Ctx, 'keys'>,
  organisation: Id,
  place: Place,
  sealed: Buffer,
): Promise<Personal> {
  return openUnder(await keyOf(ctx, organisation, place, sealed), organisation, place, sealed);
}

/** A row's sealed values, opened and written anew. It holds their key: for the work at hand, not to be kept. */
export type Envelope = {
  readonly opened: Personal;
  /** Opens another value of the row, whatever key it is under. Throws as `unseal` does. */
  open(place: Place, sealed: Buffer): Promise<Personal>;
  /** Seals under the key of the value that was opened first. */
  readonly seals: Sealer;
};

/** `unseal` for a value that is written again in the same step, with others of its subject: their key is looked up once. */
export async function envelope(
  ctx: Pick<Ctx, 'keys' | 'random'>,
  organisation: Id,
  place: Place,
  sealed: Buffer,
): Promise<Envelope> {
  const key = await keyOf(ctx, organisation, place, sealed);
  return {
    opened: openUnder(key, organisation, place, sealed),
    open: async (other, value) =>
      looksSealed(value) && keyIdOf(value).equals(key.id)
        ? openUnder(key, organisation, other, value)
        : unseal(ctx, organisation, other, value),
    seals: sealerUnder(ctx, organisation, key),
  };
}

async function keyOf({ keys }: Pick<Ctx, 'keys'>, organisation: Id, place: Place, sealed: Buffer): Promise<ContentKey> {
  if (!looksSealed(sealed)) throw damagedAt(place);
  const key = await keys.openKey(organisation, keyIdOf(sealed));
  if (!key) throw problem('content-erased', 'The key of this content was destroyed; nobody can read it any more.');
  return key;
}

function openUnder(key: ContentKey, organisation: Id, place: Place, sealed: Buffer): Personal {
  const plain = gcmOpen(key.secret, sealed.subarray(headLength), contextOf(organisation, place));
  if (!plain) throw damagedAt(place);
  return new Personal(plain.toString('utf8'));
}

function keyIdOf(sealed: Buffer): Buffer {
  return sealed.subarray(1, headLength);
}

/** True for two sealed values that one content key opens. */
export function areUnderOneKey(one: Buffer, other: Buffer): boolean {
  return looksSealed(one) && looksSealed(other) && keyIdOf(one).equals(keyIdOf(other));
}

/** True for bytes shaped like a sealed value: our version, long enough for key id, nonce and tag. */
export function looksSealed(blob: Buffer): boolean {
  return blob.length >= headLength + gcmOverhead && blob[0] === version;
}

/**
 * What a value is looked up by: HMAC-SHA-256 under the organisation's key for that purpose. Equal values of one
 * organisation give equal bytes; without the key no guess can be tried. The caller normalises first (E.164).
 */
export async function blindIndex(
  ctx: Pick<Ctx, 'keys'>,
  organisation: Id,
  purpose: 'phone' | 'email' | 'email-look',
  value: string | Personal,
): Promise<Buffer> {
  const text = value instanceof Personal ? value.reveal() : value;
  if (text === '') throw new TypeError('nothing to index');
  const key = await ctx.keys.indexKey(organisation, purpose);
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

function contextOf(organisation: Id, { table, row, column }: Place): Buffer {
  return Buffer.from(canonical([organisation, table, row, column, version]), 'utf8');
}

function damagedAt({ table, column }: Place) {
  return problem(
    'content-damaged',
    `A value in ${table}.${column} was changed, cut or moved. Restore it from a backup.`,
  );
}
