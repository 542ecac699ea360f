import { isProblem, Outside, type Http, type Processor } from '#base';
import { noteKey, noteParts, openNote, parseCount, type NoteKey } from '#tlog';

/** Whom a request to a witness goes to. What it gets says nothing about anybody: a count, and hashes. */
function processorOf(url: string): Processor {
  return {
    name: 'Witness',
    purpose: 'Remembers signed heads of the audit log',
    data: [],
    region: 'as whoever named it chose',
    hosts: [new URL(url).host],
  };
}

export type Submission = {
  readonly url: string;
  readonly key: string;
  /** Of the head that it is known to have. */
  readonly old: number;
  readonly proof: readonly Buffer[];
  /** The checkpoint. */
  readonly note: string;
};

/** What a witness answered. `line` is its signature; `size` the one of the head that it has. */
export type WitnessReply =
  | { readonly is: 'signed'; readonly line: string; readonly at: number }
  | { readonly is: 'has'; readonly size: number }
  | { readonly is: 'refused'; readonly why: RefusalWord }
  | { readonly is: 'unreachable' };

export type RefusalWord =
  | 'not-consistent'
  | 'saw-larger'
  | 'log-unknown'
  | 'key-unknown'
  | 'not-understood'
  | 'signed-wrongly'
  | 'address-refused';

const refusals: Readonly<Record<number, RefusalWord>> = {
  403: 'key-unknown',
  404: 'log-unknown',
  422: 'not-consistent',
};

/** Sends a head to a witness (https://c2sp.org/tlog-witness) and verifies what it signs. */
export async function askWitness(http: Http, submission: Submission): Promise<WitnessReply> {
  const { url, old, proof, note } = submission;
  const lines = proof.map((hash) => `${hash.toString('base64')}\n`).join('');
  try {
    const { status, body } = await http(processorOf(url), {
      method: 'POST',
      url: `${url}/add-checkpoint`,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: `old ${old}\n${lines}\n${note}`,
    });
    return understood(submission, status, body.toString('utf8'));
  } catch (error) {
    if (error instanceof Outside) return { is: 'unreachable' };
    if (isProblem(error)) return { is: 'refused', why: 'address-refused' };
    throw error;
  }
}

function understood({ key, note }: Submission, status: number, body: string): WitnessReply {
  if (status === 200) return signedIn(note, body, noteKey(key)!);
  if (status === 409) {
    const size = parseCount(body.trimEnd());
    return size === undefined ? { is: 'refused', why: 'not-understood' } : { is: 'has', size };
  }
  if (status >= 500 || status === 429) return { is: 'unreachable' };
  return { is: 'refused', why: refusals[status] ?? 'not-understood' };
}

function signedIn(note: string, body: string, key: NoteKey): WitnessReply {
  const text = note.slice(0, note.lastIndexOf('\n\n') + 2);
  const whole = Buffer.from(`${text}${body}`, 'utf8');
  const opened = openNote(whole, [key]);
  const at = typeof opened === 'string' ? undefined : opened.signatures[0]?.at;
  // A signature without a time says nothing about when.
  if (at === undefined) return { is: 'refused', why: 'signed-wrongly' };
  const own = noteParts(whole)!.signatures.find(({ name, id }) => name === key.name && id.equals(key.id))!;
  const line = `— ${key.name} ${Buffer.concat([own.id, own.signature]).toString('base64')}\n`;
  return { is: 'signed', line, at };
}
