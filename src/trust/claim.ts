import type { Clock, Config, Http, Id, Item, Keystore, Random, SocketLedger, TlsVersion, Tx } from '#base';
import type { TextModel } from '#adapters/models';
import type { ObjectStore } from '#adapters/objects';
import type { Knock, Knocked } from '#edge';
import type { DocumentKind } from './attestations/kinds.ts';
import type { CanaryAccount } from './canary-account.ts';
import type { PromiseId } from './promises.ts';
import type { RemarkId } from './remarks.ts';

/**
 * One public promise: the sentence as printed, and what makes it more than a sentence. One claim is one file in
 * `claims/`; its name is the claim's id. The status is never written down: it is computed by `prove`.
 */
export type Claim = {
  readonly fulfils: readonly [PromiseId, ...PromiseId[]];
  readonly say: Sentence;
  readonly group: Group;
} & (Proven | Process | Attested | Declined | Roadmap);

/** A software control, observed in the running system. */
export type Proven = {
  readonly kind: 'proven';
  /** The code that keeps it, by reference, so that deleting it stops this file compiling; SQL by repository path. */
  readonly kept: readonly [Keeper, ...Keeper[]];
  /** How it is kept, and how the check looks. */
  readonly how: Sentence;
  /** What a doubting reader can do to see it for themselves. */
  readonly yourself: Sentence;
  /** Milliseconds between two checks. Evidence older than two of these counts as unknown. */
  readonly every: number;
  /** Milliseconds one look may take, the counterexample apart; 20 seconds unless said. */
  readonly budget?: number;
  /** Looks at tables and wires. Never calls the code it judges. */
  readonly probe: (reach: Reach) => Promise<Finding>;
  /** A world in which the promise is broken. The probe must notice, or it proves nothing. */
  readonly counterexample: Counterexample;
};

/** People do it; the product keeps the clock and the record, and shows the true state. */
export type Process = {
  readonly kind: 'process';
  readonly how: Sentence;
  readonly every: number;
  readonly budget?: number;
  /** Faults are deadlines that passed. */
  readonly probe: (reach: Reach) => Promise<Finding>;
  /** A world in which a deadline has passed; where there is one, the probe must notice. */
  readonly counterexample?: Counterexample;
};

/** Someone outside says it, in a document that lies here. No date stands in code: it is that of the document. */
export type Attested = {
  readonly kind: 'attested';
  /** A document of this kind and in date makes it `attested`. */
  readonly document: DocumentKind;
  /** What is said as long as there never was one: that it is not claimed. */
  readonly otherwise: Sentence;
};

/** Declined: we say no, and why. Honesty is also a file. */
export type Declined = { readonly kind: 'declined'; readonly why: Sentence };

/** A promise that is known and not built yet, or not wholly: then `missing` says what there is, and what is not. */
export type Roadmap = { readonly kind: 'roadmap'; readonly missing?: Sentence };

/** How a broken world is made. Every kind is undone before anyone else can see it. */
export type Counterexample =
  /** Rows of a canary organisation, planted by the prover's own role and rolled back. */
  | { readonly kind: 'rows'; readonly plant: (tx: Tx, reach: Pick<Reach, 'clock' | 'random'>) => Promise<void> }
  /** Senses that answer as a broken product would. */
  | { readonly kind: 'senses'; readonly broken: (reach: Reach) => Reach }
  /** A change of structure, rolled back. It takes locks and an owner's rights: at boot, on demand and in tests only. */
  | { readonly kind: 'structure'; readonly change: (tx: Tx) => Promise<unknown> };

/** What a probe may use. Everything else is out of its reach. */
export type Reach = {
  /** Reads every row, contents being sealed, as role sotto_prove in a read-only transaction that is rolled back. */
  readonly look: Tx;
  /** Tries something as the application does: as one organisation, or as none. Whatever it did is rolled back. */
  readonly as: <T>(organisation: Id | undefined, work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Asks the running product over its own wire, and the public origin under which it is asked. */
  readonly self: Self;
  /** Opens a WebSocket to the running product, by the same door as a carrier. */
  readonly knock: (handshake: Knock) => Promise<Knocked>;
  /** Tries a TLS handshake with our own server; the version agreed on, undefined when refused or TLS is not spoken. */
  readonly shake: (version: TlsVersion) => Promise<string | undefined>;
  readonly origin: string;
  /** Signs truly for an organisation that no call can reach. */
  readonly canary: CanaryAccount;
  /** The way out, as every vendor file uses it, and the books of what was really opened. */
  readonly http: Http;
  readonly sockets: Sockets;
  /** All that this process writes to its log and its console while the work is done. */
  readonly written: Written;
  /** The models that this installation can use. */
  readonly models: readonly Item<TextModel>[];
  /** Where recordings lie; a probe may look, and holds no key. */
  readonly objects: Pick<ObjectStore, 'list' | 'get'>;
  readonly files: Files;
  /** What the keystore says of its keys; none of them is shown. */
  readonly keystore: Pick<Keystore, 'epochs' | 'roots' | 'time'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly config: Config;
};

export type Self = (request: SelfRequest) => Promise<SelfAnswer>;
export type SelfRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The network address it seems to come from; without one no limit of an address counts for it. */
  readonly from?: string;
};
export type SelfAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** TCP connections that all our processes opened since they started: the ledgers of `watchSockets`. */
export type Sockets = () => Promise<SocketLedger>;

/** Does the work, and tells what was written meanwhile besides what came of it. */
export type Written = <T>(work: () => Promise<T>) => Promise<{ readonly result: T; readonly text: string }>;

/** Where the files of this installation lie that can be looked at, and, as a sentence, those that cannot. */
export type Files = { readonly roots: readonly string[]; readonly unseen: string | undefined };

/** What a probe found. Nothing checked is never a good result. */
export type Finding = {
  readonly checked: number;
  readonly faults: readonly Fault[];
  /** Why there was nothing to check, where that can be told: the id of a sentence in remarks.ts. */
  readonly idle?: RemarkId;
  /** Where it could not look, as a sentence: what was found is believed, that nothing was found is not. */
  readonly blind?: string;
};

/** Something broken, without personal data: fixed words, table and column names, ids. */
export type Fault = {
  readonly what: string;
  readonly where: string;
  /** It is there although it should have ended by its age: as long as the clock is doubted that is no fault. */
  readonly byAge?: true;
};

export type Keeper = ((...given: never[]) => unknown) | `migrations/${string}.sql`;

/** A sentence in every language of the page. */
export type Sentence = { readonly [L in Language]: string };

export const languages = ['en', 'es', 'pt', 'hi'] as const;
export type Language = (typeof languages)[number];

/** The sections of the page, in its order. */
export const groups = [
  'isolation',
  'access',
  'calls',
  'keeping',
  'encryption',
  'edge',
  'processors',
  'audit',
  'trust',
] as const;
export type Group = (typeof groups)[number];

/**
 * The one status vocabulary of page, JSON, command line and database (ARCHITECTURE.md, one claim).
 * Nobody types a status; each follows from evidence.
 */
export const statuses = [
  'proven',
  'not-exercised',
  'failing',
  'unknown',
  'attested',
  'attestation-expired',
  'in-force',
  'overdue',
  'roadmap',
  'not-claimed',
] as const;
export type Status = (typeof statuses)[number];

/** The result of one look at one claim. */
export type Verdict = {
  readonly claim: string;
  readonly status: Status;
  /** How many things the probe looked at. */
  readonly checked: number;
  /** What was found, in plain English without personal data. */
  readonly why: string;
  /** Whether the counterexample turned the probe red in this very run. */
  readonly canFail: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly tookMs: number;
};
