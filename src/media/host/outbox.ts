import type { CallName, Happening, ToDesk } from '../desk.ts';
import type { Carried } from './greeting.ts';
import { streamName } from './messages.ts';

/** What happened in the calls of a line and is not yet written down by the desk. */
export type Outbox = {
  /** Opens the book of a stream; its first happening has the number after `taken`. */
  open(call: CallName, taken: number): void;
  /** Keeps a happening and sends it when the desk is there. False when there is no room, or no book: it is not kept. */
  put(call: CallName, happening: Happening, at: number): boolean;
  /** The desk has written down everything up to `n`. */
  taken(call: CallName, n: number): void;
  /** Calls back, once, when the desk has written down all that was told of a call until now. */
  whenTaken(call: CallName, work: () => void): void;
  /** A desk has come: sends everything that is kept, from the start. */
  resend(): void;
  /** Goes on where a full socket stopped the sending. */
  pump(): void;
  /** Streams that the desk does not know the end of. */
  carried(): readonly Carried[];
  /** True when every stream has ended and the desk knows all of it. */
  isEmpty(): boolean;
};

export type OutboxOptions = {
  /** Sends one message; false when nobody is there to take it. */
  readonly send: (json: string) => boolean;
  readonly backlog: () => number;
  /** Called when a book was closed. */
  readonly closed: () => void;
  readonly limits?: Partial<OutboxLimits>;
};

/** An hour of a busy conversation without a desk fits many times over. */
export const outboxLimits = {
  /** Happenings of one stream that wait to be taken. */
  happenings: 20_000,
  /** Of one message, in bytes. */
  messageBytes: 524_288,
  /** Of all streams together. */
  bytes: 268_435_456,
  /** Sent and not yet taken, of one stream: how far the line runs ahead of the desk's database. */
  ahead: 64,
  /** Bytes on their way, of all streams. */
  unsentBytes: 1_048_576,
} as const;

type OutboxLimits = { readonly [Name in keyof typeof outboxLimits]: number };
type Kept = { readonly n: number; readonly json: string; readonly bytes: number };
type Book = {
  readonly call: CallName;
  readonly kept: Kept[];
  /** Number of the last happening. */
  last: number;
  sent: number;
  isClosed: boolean;
  /** What waits until a happening is taken, oldest first. */
  waiting: { readonly n: number; readonly work: () => void }[];
};

/**
 * Keeps every happening until the desk has taken it, in order and numbered, so that a desk that dies or a link that
 * breaks loses none. When there is no room the call cannot be told any further, which its owner must make the end of it;
 * the end itself always fits.
 */
export function openOutbox({ send, backlog, closed, limits: given }: OutboxOptions): Outbox {
  const limits = { ...outboxLimits, ...given };
  const books = new Map<string, Book>();
  const room = { bytes: 0 };
  const pumpBook = (book: Book) => {
    const first = book.kept[0]?.n ?? 0;
    while (book.sent < book.last && book.sent - first + 1 < limits.ahead && backlog() < limits.unsentBytes) {
      const next = book.kept[book.sent + 1 - first];
      if (!next || !send(next.json)) return;
      book.sent += 1;
    }
  };
  const pump = () => books.forEach(pumpBook);
  return {
    open(call, taken) {
      books.set(streamName(call), { call, kept: [], last: taken, sent: taken, isClosed: false, waiting: [] });
    },
    put(call, happening, at) {
      const book = books.get(streamName(call));
      if (!book || book.isClosed) return false;
      const n = book.last + 1;
      const json = JSON.stringify({ call: book.call, n, at, happened: happening } satisfies ToDesk);
      const bytes = Buffer.byteLength(json);
      const isEnd = happening.type === 'closed';
      const isFull = book.kept.length >= limits.happenings || room.bytes + bytes > limits.bytes;
      if (!isEnd && (isFull || bytes > limits.messageBytes)) return false;
      book.kept.push({ n, json, bytes });
      book.last = n;
      book.isClosed = isEnd;
      room.bytes += bytes;
      pumpBook(book);
      return true;
    },
    taken(call, n) {
      const book = books.get(streamName(call));
      if (!book) return;
      for (let first = book.kept[0]; first && first.n <= n; first = book.kept[0]) {
        book.kept.shift();
        room.bytes -= first.bytes;
      }
      callBack(book, n);
      if (book.kept.length > 0 || !book.isClosed) return pumpBook(book);
      books.delete(streamName(call));
      closed();
    },
    whenTaken(call, work) {
      const book = books.get(streamName(call));
      if (!book || book.kept.length === 0) work();
      else book.waiting.push({ n: book.last, work });
    },
    resend() {
      for (const book of books.values()) book.sent = (book.kept[0]?.n ?? book.last + 1) - 1;
      pump();
    },
    pump,
    carried: () => [...books.values()].map(({ call, kept, last }) => ({ call, taken: (kept[0]?.n ?? last + 1) - 1 })),
    isEmpty: () => books.size === 0,
  };
}

function callBack(book: Book, n: number): void {
  const due = book.waiting.filter((one) => one.n <= n);
  book.waiting = book.waiting.filter((one) => one.n > n);
  for (const { work } of due) work();
}
