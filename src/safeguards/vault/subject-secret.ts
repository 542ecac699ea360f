import { problem, type Ctx, type Id, type KeySubject } from '#base';
import { deriveKey } from '#adapters/keys';

/** A key for work that another process does, and the name by which its content key is found again (16 bytes). */
export type SubjectSecret = { readonly keyId: Buffer; readonly secret: Buffer };

/**
 * 32 bytes for one purpose, derived from the subject's content key (HKDF-SHA-256), which is made when there is none:
 * for what is sealed where no keystore is, such as a recording. They die with the content key, and tell nothing of it.
 */
export async function subjectSecret(
  ctx: Pick<Ctx, 'keys'>,
  subject: KeySubject,
  purpose: string,
): Promise<SubjectSecret> {
  const { id, secret } = await ctx.keys.contentKey(subject);
  return { keyId: id, secret: deriveKey(secret, purpose) };
}

/** The same bytes again, by the name of the content key. Throws `content-erased` when that was destroyed. */
export async function openSubjectSecret(
  ctx: Pick<Ctx, 'keys'>,
  organisation: Id,
  keyId: Buffer,
  purpose: string,
): Promise<Buffer> {
  const key = await ctx.keys.openKey(organisation, keyId);
  if (!key) throw problem('content-erased', 'The key of this content was destroyed; nobody can read it any more.');
  return deriveKey(key.secret, purpose);
}
