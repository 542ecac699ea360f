import { createHash } from 'node:crypto';
import {
  emptyRoot,
  keyNamed,
  openNote,
  parseCheckpoint,
  parseCount,
  parseHash,
  signatureLine,
  verifyConsistency,
  type Checkpoint,
  type NoteKey,
  type NoteSigner,
} from '#tlog';

/** A head that a witness signed last, by the origin of its log; `note` with the log's signatures and its own. */
export type WitnessedHead = { readonly size: number; readonly root: Buffer; readonly note: string };

export type WitnessOptions = {
  /** Who signs. Timed kinds, as https://c2sp.org/tlog-cosignature has them. */
  readonly signers: readonly NoteSigner[];
  /** Keys of logs. One whose name is `NAME` speaks for the log `NAME` and for those whose names begin with `NAME/of/`. */
  readonly logs: readonly NoteKey[];
  readonly heads: ReadonlyMap<string, WitnessedHead>;
  /** Keeps the heads. A signature leaves only after this has resolved. */
  save(heads: ReadonlyMap<string, WitnessedHead>): Promise<void>;
  /** Milliseconds. */
  now(): number;
};

/** An answer of https://c2sp.org/tlog-witness. */
export type WitnessAnswer = { [S in 200 | 400 | 403 | 404 | 409 | 422]: { readonly status: S; readonly body: string } }[
  | 200
  | 400
  | 403
  | 404
  | 409
  | 422];

export type Witness = {
  /** Takes a head of a log and signs it when it continues the last one. One request after the other. */
  addCheckpoint(body: Buffer): Promise<WitnessAnswer>;
  /** The head that was signed last of the log with this hash of its origin (lower-case hex). */
  checkpoint(originHash: string): string | undefined;
};

type Submitted = { readonly old: number; readonly proof: readonly Buffer[]; readonly note: string };

/** A witness: it remembers of each log the newest head, and signs no other history of it. */
export function openWitness(options: WitnessOptions): Witness {
  const heads = new Map(options.heads);
  let last: Promise<unknown> = Promise.resolve();
  const take = async (body: Buffer): Promise<WitnessAnswer> => {
    const submitted = submittedIn(body);
    if (!submitted) return { status: 400, body: 'This is no request of tlog-witness.\n' };
    const head = believed(submitted.note, options.logs);
    if ('status' in head) return head;
    const known = heads.get(head.origin);
    const refusal = refusalOf(submitted, head, known);
    if (refusal) return refusal;
    const text = `${submitted.note.slice(0, submitted.note.lastIndexOf('\n\n'))}\n`;
    const lines = options.signers.map((signer) => signatureLine(signer, text, options.now())).join('');
    const next = new Map(heads).set(head.origin, { ...head, note: `${head.note}${lines}` });
    // What is not kept was not signed.
    await options.save(next);
    heads.set(head.origin, next.get(head.origin)!);
    return { status: 200, body: lines };
  };
  return {
    addCheckpoint(body) {
      const turn = last.then(() => take(body));
      last = turn.catch(() => {});
      return turn;
    },
    checkpoint: (hash) =>
      [...heads].find(([origin]) => createHash('sha256').update(origin).digest('hex') === hash)?.[1].note,
  };
}

/** Old size, proof and checkpoint; undefined for anything else. */
function submittedIn(body: Buffer): Submitted | undefined {
  const text = body.toString('utf8');
  const end = text.indexOf('\n\n');
  const [first = '', ...lines] = end < 0 ? [] : text.slice(0, end).split('\n');
  const old = first.startsWith('old ') ? parseCount(first.slice('old '.length)) : undefined;
  const proof = lines.map(parseHash).filter((hash) => hash !== undefined);
  if (old === undefined || proof.length !== lines.length || proof.length > 63) return undefined;
  return { old, proof, note: text.slice(end + 2) };
}

type Head = Checkpoint & { readonly note: string };

/** The head, when a key of that log signed it; of the note only its text and the lines that verified. */
function believed(note: string, logs: readonly NoteKey[]): Head | WitnessAnswer {
  const origin = note.split('\n', 1)[0]!;
  const keys = logs
    .filter(({ name }) => name === origin || origin.startsWith(`${name}/of/`))
    .map((key) => keyNamed(key, origin));
  if (keys.length === 0) return { status: 404, body: 'This log is not known here.\n' };
  const opened = openNote(Buffer.from(note, 'utf8'), keys);
  if (typeof opened === 'string') return { status: 403, body: 'No key of this log signed that.\n' };
  const head = parseCheckpoint(opened.text);
  if (!head) return { status: 400, body: 'That is no checkpoint.\n' };
  return { ...head, note: withKnownLines(note, keys) };
}

function withKnownLines(note: string, keys: readonly NoteKey[]): string {
  const end = note.lastIndexOf('\n\n') + 2;
  const known = note
    .slice(end)
    .split(/(?<=\n)/)
    .filter((line) => keys.some((key) => isBy(line, key)));
  return `${note.slice(0, end)}${known.join('')}`;
}

function isBy(line: string, { name, id }: NoteKey): boolean {
  const [, by, encoded = ''] = line.trimEnd().split(' ');
  return by === name && Buffer.from(encoded, 'base64').subarray(0, 4).equals(id);
}

const inconsistent: WitnessAnswer = { status: 422, body: 'This does not continue what was signed before.\n' };

/** Why this head is not signed, in the order of the specification. */
function refusalOf({ old, proof }: Submitted, head: Head, known: WitnessedHead | undefined): WitnessAnswer | undefined {
  const before = known?.size ?? 0;
  if (old > head.size) return { status: 400, body: 'The old size is larger than the new one.\n' };
  if (old !== before) return { status: 409, body: `${before}\n` };
  if (head.size === 0 && !head.root.equals(emptyRoot)) return inconsistent;
  const isContinued = known && old > 0 ? verifyConsistency({ old: known, head }, proof) : proof.length === 0;
  return isContinued ? undefined : inconsistent;
}
