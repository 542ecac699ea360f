import type { Id } from './random.ts';

/** What one content key covers. A key dies with its subject, and every key dies with its retention epoch. */
export type SubjectKind =
  | 'call'
  | 'recording'
  | 'message'
  | 'lead'
  | 'appointment'
  | 'person'
  | 'credential'
  | 'audit'
  | 'account'
  | 'address'
  | 'repeat'
  | 'mail'
  | 'mail-content';

export type KeySubject = { readonly organisation: Id; readonly kind: SubjectKind; readonly id: Id };

/** `id` (16 bytes) travels in each ciphertext; `secret` (32 bytes) never leaves the process. */
export type ContentKey = { readonly id: Buffer; readonly secret: Buffer };

/**
 * Where wrapped content keys live: outside PostgreSQL and its backups, so that destroying a key here
 * makes every copy of its content unreadable. Hierarchy: root, organisation, retention epoch, content.
 */
export type Keystore = {
  /** Names this keystore; the database remembers it, so that data never meets another keystore. */
  readonly id: Id;
  /** 32 bytes bound to the installation and the purpose, derived from the root key (HKDF-SHA-256). */
  derive(purpose: string): Buffer;
  /** 32 bytes bound to one organisation and purpose: keys of blind indexes. They die with the organisation. */
  indexKey(organisation: Id, purpose: string): Promise<Buffer>;
  /** The subject's content key; made durable before it is returned the first time. */
  contentKey(subject: KeySubject): Promise<ContentKey>;
  /** The key that a ciphertext names; undefined once it, its epoch or its organisation was destroyed. */
  openKey(organisation: Id, keyId: Buffer): Promise<ContentKey | undefined>;
  /** Destroys the subject's content keys. Returns how many there were. */
  destroy(subject: KeySubject): Promise<number>;
  /**
   * Destroys every key of that kind whose day (UTC) was over by then, in all organisations. Returns how many days' keys
   * there were.
   */
  destroyEpochs(kind: SubjectKind, beforeMs: number): Promise<number>;
  close(): Promise<void>;
};
