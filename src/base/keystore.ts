import type { Clock } from './clock.ts';
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
  | 'mail-content'
  | 'hold'
  | 'masked'
  | 'erasure'
  | 'report';

export type KeySubject = { readonly organisation: Id; readonly kind: SubjectKind; readonly id: Id };

/** `id` (16 bytes) travels in each ciphertext; `secret` (32 bytes) never leaves the process. */
export type ContentKey = { readonly id: Buffer; readonly secret: Buffer };

/** `day`: YYYY-MM-DD, UTC. */
export type DatedSubject = { readonly subject: KeySubject; readonly day: string };

export type KeyWindows = { readonly [K in SubjectKind]?: number | null };

export type Epoch = { readonly organisation: Id; readonly kind: SubjectKind; readonly day: string };

export type RootCensus = {
  /** How many are in use: one. */
  readonly active: number;
  readonly replaced: number;
  /** When the one was laid out that is to take its place, in milliseconds; undefined when none is. */
  readonly stagedAt: number | undefined;
  /** Keys of organisations that the one in use wraps, or the one to come; and those that one that was replaced wraps. */
  readonly wrapped: number;
  readonly strays: number;
};

/** The epochs of one organisation and kind. */
export type Epochs = {
  readonly organisation: Id;
  readonly kind: SubjectKind;
  /** How many days have keys, and the first of them; that of held keys does not count. */
  readonly days: number;
  readonly oldest: string | undefined;
  /** How many content keys are held. */
  readonly held: number;
  /** When the oldest dies by the schedule, in milliseconds; null: with the organisation. */
  readonly diesAt: number | null;
};

/** Why the clock of the machine is not believed, in milliseconds. */
export type ClockDoubt = {
  /** What the time is by what was known last. */
  readonly expectedAt: number;
  /** How far the clock is ahead of that; negative where it is behind. */
  readonly aheadMs: number;
  /** When it is believed if it stays as it is, by its own time; undefined: not by itself. */
  readonly until: number | undefined;
};

/** What is known of the time beside what the clock of the machine says. */
export type KnownTime = {
  /**
   * The clock of the product: that of the machine, unless that is weeks behind what was known before. Time does not run
   * backwards, and what is written under such a clock would be past its time as soon as it is put right.
   */
  readonly clock: Clock;
  /**
   * Whoever ends anything by its age asks first, every time: what is ended can never be brought back. Undefined when the
   * clock is believed, which is remembered. Throws `keystore-unavailable` or `disk-full`.
   */
  doubt(): Promise<ClockDoubt | undefined>;
  /** Somebody outside says what time it is. Is of weight while the clock is doubted, and then only. */
  hear(atMs: number): Promise<void>;
};

/**
 * Where wrapped content keys live: outside PostgreSQL and its backups, so that destroying a key here
 * makes every copy of its content unreadable. Hierarchy: root, organisation, retention epoch, content.
 */
export type Keystore = {
  /** Names this keystore; the database remembers it, so that data never meets another keystore. */
  readonly id: Id;
  /** It ends keys by their age, so it is the one that has to know what time it is; whoever else does asks here. */
  readonly time: KnownTime;
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
  /** `destroy` for many subjects: one durable write for every 1,000. Returns how many content keys there were. */
  destroyAll(subjects: readonly KeySubject[]): Promise<number>;
  /**
   * Destroys every key of the organisation, those of blind indexes and what is held included; it never gets one again
   * (`content-erased`). With `except` the keys of those kinds stay, and it goes on until it is destroyed without. Returns
   * how many keys there were, of every step of the hierarchy.
   */
  destroyOrganisation(organisation: Id, except?: readonly SubjectKind[]): Promise<number>;
  /** How many content keys of these subjects are there. */
  count(subjects: readonly KeySubject[]): Promise<number>;
  /**
   * Wraps exactly the keys of these subjects again, under their organisation's epoch `held`, which no schedule ends; what
   * is sealed under them stays as it is. Returns how many keys of them are held now. Can be repeated.
   */
  hold(subjects: readonly KeySubject[]): Promise<number>;
  /**
   * Wraps held keys again under the epoch of a day: the one on which their time began, so that they die on schedule; at
   * once when `keepFor` says that it is over. Returns how many were held.
   */
  release(subjects: readonly DatedSubject[]): Promise<number>;
  /**
   * Wraps keys again under the epoch of a later day, for what lives longer when it is seen again (`person`). Keys of that
   * day or a later one, and held ones, stay as they are. Returns how many were moved. Whoever lets such a kind die by
   * `keepFor` has to renew every subject of it that was seen since, at least once a day and with the day on which it was
   * seen last, BEFORE it is due: a key's epoch ends by the day it lies under, whatever rows say.
   */
  renew(subjects: readonly DatedSubject[]): Promise<number>;
  /**
   * The keystore's own, durable schedule: milliseconds for which an organisation's keys of a kind live after the end of
   * the day (UTC) of their epoch; null as long as the organisation. Kinds that are not named keep what was set before;
   * what was never set lives as long as the organisation.
   */
  keepFor(organisation: Id, windows: KeyWindows): Promise<void>;
  /**
   * Destroys every epoch whose time was over by then: the end of its day, the window of `keepFor` and one day of grace,
   * so that nothing dies that began at the end of a day and went on into the next. Goes by that schedule alone and asks
   * no database. Returns what died.
   */
  reap(nowMs: number): Promise<readonly Epoch[]>;
  /** What is there, without any secret: one line for each organisation and kind. */
  epochs(): Promise<readonly Epochs[]>;
  /** The root keys that there are and were, and what they wrap, without any secret. */
  roots(): Promise<RootCensus>;
  close(): Promise<void>;
};
