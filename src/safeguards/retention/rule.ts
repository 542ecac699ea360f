import { join } from 'node:path';
import { loadCatalogue, type Ctx, type Id, type Item, type SubjectKind, type Tx } from '#base';

/** A sentence in the languages of the public page. */
export type Said = { readonly en: string; readonly es: string; readonly pt: string; readonly hi: string };

/** Whose data it is: of a caller, of somebody on the team, of the business itself, or of the installation. */
export type Subject = 'caller' | 'member' | 'business' | 'installation';

/**
 * One type of data: where it lies, whose it is, what for, how long, and how it ends. One rule is one file in `rules/`;
 * its name is its id. Every column of every table, every folder of the object store, every file and every cache belongs
 * to exactly one rule; the data map, the published schedule, the sweeps and the claims are all made from them.
 */
export type Rule = {
  /** What it is, as the schedule prints it: `Recordings of calls`. */
  readonly say: Said;
  readonly subject: Subject;
  /** What it is used for, as a lawful purpose is named (GDPR Art. 5(1)(b), Art. 30(1)(b)). */
  readonly purpose: Said;
  /** Where it lies. The narrowest counts: a column before its table. */
  readonly covers: readonly Place[];
  readonly keeps: Keeps;
  /** How it ends, in the order in which it is done. Empty for what is kept as long as the installation. */
  readonly ends: readonly Ending[];
  /** How it is swept, where it ends by its own age. What ends with something else, or by another sweeper, has none. */
  readonly sweep?: Sweep;
  /** What of it ends sooner where the setting says so: a while after a confirmed hand-over, from which its time counts. */
  readonly afterHandOver?: Sweep;
};

/**
 * A column, a whole table (`app.turns.*`), or a place outside the tables: a folder of the object store, a file below
 * SOTTO_DATA_DIR (`file:postgres.*.lock`), memory by the source file that holds it (`cache:edge/look`), what PostgreSQL
 * keeps by itself, what is written to an output, what lies in the browser, keys that are no row's (by their kind).
 */
export type Place =
  | `${'app' | 'sec' | 'ledger' | 'graphile_worker'}.${string}.${string}`
  | `objects:${string}`
  | `file:${string}`
  | `cache:${string}`
  | `postgres:${string}`
  | `log:${string}`
  | `browser:${string}`
  | `keys:${string}`;

export type Keeps =
  /** Each business sets it: a window of the preset, by the id of the rule. Its time begins at `from`. */
  | { readonly by: 'setting'; readonly from: Said; readonly mayLastWithAccount: boolean }
  /** The same for everybody. With `atLeast` it is a duty to keep, not to delete. */
  | { readonly by: 'law'; readonly ms: number; readonly from: Said; readonly atLeast?: true; readonly source: string }
  /** Ends with what it belongs to: another rule by its id, or the account. */
  | { readonly by: 'belonging'; readonly to: string }
  /** In the memory of a process, or on its way through: gone with what it is needed for. */
  | { readonly by: 'moment'; readonly until: Said }
  /** Kept as long as the installation, and why. */
  | { readonly by: 'installation'; readonly why: Said };

/** `key`: its content key is destroyed. `value`: the columns are emptied. `row`: deleted. `object`: deleted at the store. */
export type Ending = 'key' | 'value' | 'row' | 'object' | 'memory';

/**
 * Rows of one organisation whose time began at `until` (milliseconds) or before, the oldest first, `limit` at most; with
 * `among` none but these. Batch after batch is picked in the order of age: each goes on where `reached` says that the one
 * before came to, and does not look again at what has ended.
 */
export type Due = {
  readonly organisation: Id;
  readonly until: number;
  readonly now: number;
  readonly limit: number;
  readonly among?: readonly Id[];
  readonly reached?: Reached;
};

/** When the time of the last one that was picked began; undefined before the first. */
export type Reached = { at: number | undefined };

export type SweepCtx = Pick<Ctx, 'db' | 'keys' | 'clock' | 'random' | 'log'> & {
  /** Deletes what lies in the object store of one recording. Throws when the store fails. */
  readonly deleteObjects: (recording: { readonly organisation: Id; readonly id: Id }) => Promise<void>;
  /** Whether somebody is being talked to: then rows end a few at a time, with pauses, and nobody notices. */
  readonly isBusy?: () => Promise<boolean>;
};

/**
 * How rows end, many at once. In transactions of their own, in this order:
 *
 * 1. `due` picks rows and holds them. Where there is a `before`, and something that outlives them had to be saved, that
 *    is committed, and they are picked again (with `among`);
 * 2. their content keys die in one write of the keystore, and `end` changes the rows, with a receipt;
 * 3. where there is an `elsewhere`: it runs after the keys have died, outside of any transaction, and `end` and the
 *    receipt follow in one of their own.
 *
 * Each part can be done again, so whatever breaks it off is made up for by the next run.
 */
export type Sweep = {
  /** Which content keys die with a row of that id. */
  readonly keys: readonly SubjectKind[];
  /** `for update skip locked`; what is under a legal hold is not due. */
  due(tx: Tx, due: Due): Promise<readonly Id[]>;
  /** When (milliseconds) the time of the oldest that is there began; undefined when there is none. What is held does not count. */
  oldest(tx: Tx, organisation: Id): Promise<number | undefined>;
  /** Returns how many things it had to save. */
  before?(ctx: SweepCtx, tx: Tx, rows: Rows): Promise<number>;
  /** Returns those of which nothing is left outside of PostgreSQL. Those that fail stand back by themselves. */
  elsewhere?(ctx: SweepCtx, rows: Rows): Promise<readonly Id[]>;
  /** Returns those that ended. The receipt is written by whoever calls. */
  end(ctx: SweepCtx, tx: Tx, rows: Rows): Promise<readonly Id[]>;
};

export type Rows = { readonly organisation: Id; readonly ids: readonly Id[] };

/** Every type of data, by the name of its file. */
export function rules(): Promise<readonly Item<Rule>[]> {
  return loadCatalogue<Rule>(join(import.meta.dirname, 'rules'));
}
