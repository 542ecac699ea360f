import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { problem, type Id } from '#base';
import type { StreamOffer } from '#adapters/carriers';
import type { CallGlance } from '#secretary/calls';

/** What the browser of a call says. Each message is one JSON object; `do` names it. */
const closed = { additionalProperties: false } as const;

const begin = Type.Object(
  {
    do: Type.Literal('call'),
    /** Which agent is called; default: the organisation's first. */
    agent: Type.Optional(Type.String({ format: 'uuid' })),
    by: Type.Enum(['typing', 'talking']),
    /** The browser speaks what is said, and tells how far it is. */
    aloud: Type.Boolean(),
    /** Hangs up the call that the same person has in another tab. */
    instead: Type.Optional(Type.Boolean()),
  },
  closed,
);

const shape = Type.Union([
  begin,
  Type.Object({ do: Type.Literal('say'), text: Type.String({ minLength: 1, maxLength: 1_000 }) }, closed),
  /** The person is writing. */
  Type.Object({ do: Type.Literal('writing') }, closed),
  Type.Object({ do: Type.Literal('press'), digits: Type.String({ pattern: '^[0-9*#]{1,32}$' }) }, closed),
  /** So many words of the saying of that number have been spoken aloud. */
  Type.Object(
    { do: Type.Literal('spoken'), n: Type.Integer({ minimum: 1 }), words: Type.Integer({ minimum: 0 }) },
    closed,
  ),
  /** From now on the browser speaks what is said, or no longer does. */
  Type.Object({ do: Type.Literal('aloud'), on: Type.Boolean() }, closed),
  /** The media stream has ended, or could not be opened. */
  Type.Object({ do: Type.Literal('stream-over') }, closed),
  Type.Object({ do: Type.Literal('hang-up') }, closed),
]);

export type FromBrowser = Static<typeof shape>;
export type Begin = Static<typeof begin>;

/** One entry of the transcript: what was meant apart from what was heard. Instants are milliseconds since the epoch. */
export type EntryTold = {
  readonly seq: number;
  readonly at: number;
  readonly speaker: string;
  readonly kind: string;
  readonly meant: string | null;
  readonly heard: string | null;
};

/** What the browser is told; `tell` names it. */
export type ToBrowser =
  /** The call is in the books under this id. */
  | { readonly tell: 'call'; readonly id: Id }
  | ({ readonly tell: 'state' } & Omit<CallGlance, 'id'>)
  /** Something is being said from now on; `n` counts through the call. */
  | { readonly tell: 'saying'; readonly n: number; readonly text: string; readonly language: string | null }
  /** So many of its words have been heard. */
  | { readonly tell: 'word'; readonly n: number; readonly words: number }
  | { readonly tell: 'said'; readonly n: number; readonly how: 'whole' | 'cut' }
  | { readonly tell: 'keys'; readonly digits: string }
  /** Open the socket at /api/v1/call/stream and begin it with this. */
  | { readonly tell: 'stream'; readonly offer: Omit<StreamOffer, 'socketUrl'> }
  /** The stream is no longer wanted. */
  | { readonly tell: 'stream-close' }
  | { readonly tell: 'entries'; readonly entries: readonly EntryTold[] }
  | { readonly tell: 'refused'; readonly code: string; readonly title: string; readonly detail: string }
  /** It is over; the socket is closed next. */
  | { readonly tell: 'over'; readonly how: string };

const validator = Compile(shape);

/** Reads one message. Throws `frame-malformed`. */
export function readBrowser(text: string): FromBrowser {
  const message = parse(text);
  if (validator.Check(message)) return message;
  throw problem('frame-malformed', 'That is no message of a call from the browser.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
