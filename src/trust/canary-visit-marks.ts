import { createHmac } from 'node:crypto';
import type { Id, Keystore } from '#base';
import type { Mark } from './byte-search-forms.ts';

/** What the caller of one visit says and who they are. Nobody else ever says it, and nobody can be rung under that number. */
export type VisitMarks = {
  readonly name: string;
  readonly number: string;
  /** Where they want to be called back, the same in every visit. */
  readonly callback: string;
  readonly words: string;
  /** The carrier's name of the call. */
  readonly callId: string;
};

/** Everything that is said in visits follows from the root key: it has to be written down nowhere. */
export type MarkMaker = {
  /** What every visit has in common and nothing else has: whoever searches for these finds whatever is left of any. */
  readonly common: readonly Mark[];
  /** The same call always for the same visit. */
  of(visit: { readonly id: Id; readonly number: number }): VisitMarks;
};

/** Visits whose numbers differ by this much ring from the same number. */
const span = 10_000;

/** Opens the source of what visits say. */
export function openMarks(keys: Pick<Keystore, 'derive'>): MarkMaker {
  const secret = keys.derive('canary-visit');
  const bytesOf = (what: string) => createHmac('sha256', secret).update(what).digest();
  const word = syllables(bytesOf('word'), 5);
  // Country code 999 is not assigned (ITU-T E.164), and a number has at most 15 digits.
  const eight = (what: string) => String(bytesOf(what).readUIntBE(0, 6)).padStart(8, '0').slice(-8);
  const digits = `999${eight('digits')}`;
  // Area codes with a 9 in the middle are kept for the day when the plan needs longer numbers (NANPA).
  const callback = `999${eight('callback').slice(1)}`;
  return {
    common: [
      { kind: 'word', text: word },
      { kind: 'digits', text: digits },
      { kind: 'digits', text: callback },
    ],
    of({ id, number }) {
      const own = (what: string) => word + syllables(bytesOf(`${what} ${id}`), 2);
      return {
        name: `${titled(own('first name'))} ${titled(own('last name'))}`,
        number: `+${digits}${String(number % span).padStart(4, '0')}`,
        callback: `+1${callback}`,
        words: ['one', 'two', 'three'].map(own).join(' '),
        callId: `CA${bytesOf(`call ${id}`).toString('hex').slice(0, 32)}`,
      };
    },
  };
}

const consonants = 'bdfgjklmnprstvxz';
const vowels = 'aeiou';

/** No word of any language, and still one that can be said: a receptionist takes it for a name. */
function syllables(bytes: Buffer, count: number): string {
  const letters = Array.from({ length: 2 * count }, (_, at) => {
    const from = at % 2 === 0 ? consonants : vowels;
    return from.charAt(bytes.readUInt16BE(2 * at) % from.length);
  });
  return letters.join('');
}

function titled(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
