import { errorWords, isProblem, pause, type Ctx } from '#base';
import type { CallName, Desk, Happening, ToDesk, Told } from '../desk.ts';
import type { Carried } from './greeting.ts';
import { aborted } from './aborted.ts';
import { streamName } from './messages.ts';

/** Happenings on their way from the lines into the books of the desk. */
export type Deliveries = {
  /** A stream was let in; its first happening has the number after `taken`. */
  open(call: CallName, taken: number): void;
  /** A line that has carried these streams without us can be reached again: the desk learns of it before anything else. */
  resume(carried: readonly Carried[]): void;
  /**
   * Hands a happening to the desk after those before it, and calls `taken` once it is written down; at once when it is
   * already. Of those that are written down together, only the last is told of. False when one is missing before it, or
   * more wait than a line may send ahead.
   */
  put(message: Happened, taken: (n: number) => void): boolean;
  /** The line of this stream is no more: after what it has told comes the end. */
  lost(call: CallName): void;
  /** Resolves when nothing waits any more, or after `withinMs` when what is under way is; what still waits is given up. */
  settled(withinMs: number): Promise<void>;
};

export type Happened = Extract<ToDesk, { happened: object }>;

/** More than any line of ours sends ahead. */
const mostWaiting = 1_024;
const firstPauseMs = 250;
const longestPauseMs = 30_000;

/** How much is handed over at once, and how long something that nobody waits for may gather. */
export type Pace = { readonly together: number; readonly lingerMs: number };

const usual: Pace = { together: 64, lingerMs: 500 };

/** What is only written down: a turn of it is one transaction instead of four, and what says more does not wait for it. */
const calm: ReadonlySet<Happening['type']> = new Set(['heard', 'spoke', 'played', 'interrupted', 'turn', 'used']);

type Waiting = Told & { taken: (n: number) => void };
type Book = {
  readonly call: CallName;
  readonly waiting: Waiting[];
  /** Ends the gathering. */
  hurry: () => void;
  /** Number of the last happening that is written down. */
  last: number;
  /** Something of it is under way. */
  isBusy: boolean;
};

type Office = {
  readonly ctx: Pick<Ctx, 'clock' | 'log'>;
  readonly desk: Pick<Desk, 'happened'>;
  readonly pace: Pace;
  readonly books: Map<string, Book>;
  readonly working: Set<Promise<void>>;
  /** Aborted when nothing more is to be begun. */
  readonly closed: AbortController;
};

/**
 * The happenings of a stream in order, what has gathered of them at once. One that cannot be written down now is tried again, with growing
 * pauses, for as long as it takes; one that the desk says is none of its business counts as taken.
 */
export function openDeliveries(
  ctx: Pick<Ctx, 'clock' | 'log'>,
  desk: Pick<Desk, 'happened' | 'resumed'>,
  pace: Pace = usual,
): Deliveries {
  const office: Office = { ctx, desk, pace, books: new Map(), working: new Set(), closed: new AbortController() };
  return {
    open: (call, taken) => void bookOf(office, call, taken),
    resume(carried) {
      const told = desk
        .resumed(carried.map(({ call }) => call))
        .catch((error: unknown) => ctx.log('error.internal', errorWords(error)));
      for (const { call, taken } of carried) begin(office, bookOf(office, call, taken), told);
    },
    put({ call, n, happened: happening }, taken) {
      const book = bookOf(office, call, n - 1);
      if (n <= book.last) {
        taken(book.last);
        return true;
      }
      const known = book.waiting.find((one) => one.n === n);
      // Sent again after a lost link: whoever sent it last is told.
      if (known) known.taken = taken;
      if (known) return true;
      if (n !== book.last + book.waiting.length + 1 || book.waiting.length >= mostWaiting) return false;
      book.waiting.push({ n, happening, taken });
      if (!calm.has(happening.type)) book.hurry();
      begin(office, book);
      return true;
    },
    lost(call) {
      const book = office.books.get(streamName(call));
      if (!book || book.waiting.at(-1)?.happening.type === 'closed') return;
      const n = book.last + book.waiting.length + 1;
      book.waiting.push({ n, happening: { type: 'closed', how: 'dropped' }, taken: () => {} });
      book.hurry();
      begin(office, book);
    },
    async settled(withinMs) {
      for (const book of office.books.values()) book.hurry();
      const giveUp = ctx.clock.after(withinMs, () => office.closed.abort());
      while (office.working.size > 0) await Promise.all(office.working);
      giveUp();
    },
  };
}

function bookOf({ books }: Office, call: CallName, last: number): Book {
  const name = streamName(call);
  const book = books.get(name) ?? { call, waiting: [], last, isBusy: false, hurry: () => {} };
  books.set(name, book);
  return book;
}

function begin(office: Office, book: Book, first: Promise<void> = Promise.resolve()): void {
  if (book.isBusy) return;
  book.isBusy = true;
  const working = first.then(() => work(office, book));
  office.working.add(working);
  void working.finally(() => office.working.delete(working));
}

async function work(office: Office, book: Book): Promise<void> {
  const { ctx, books, closed, pace } = office;
  let failures = 0;
  while (book.waiting.length > 0 && !closed.signal.aborted) {
    await gather(office, book);
    const told = book.waiting.slice(0, pace.together);
    if (!(await isDone(office, book.call, told))) {
      failures += 1;
      const waitMs = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
      await Promise.race([pause(ctx.clock, waitMs), aborted(closed.signal)]);
      continue;
    }
    failures = 0;
    book.waiting.splice(0, told.length);
    const last = told.at(-1)!;
    book.last = last.n;
    if (last.happening.type === 'closed') books.delete(streamName(book.call));
    last.taken(last.n);
  }
  book.isBusy = false;
}

/** Gatherings end at the same moments, so that what happens in many calls is done in one go and not call by call. */
const momentMs = 100;

/** Waits a moment for more, unless something is there that does not wait. */
async function gather({ ctx, pace }: Office, book: Book): Promise<void> {
  if (pace.lingerMs === 0 || book.waiting.some(({ happening }) => !calm.has(happening.type))) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  book.hurry = resolve;
  const waitMs = Math.max(0, pace.lingerMs - (ctx.clock.now() % momentMs));
  const tooLong = ctx.clock.after(waitMs, resolve);
  await promise;
  tooLong();
}

/** What its receiver could mend will not be mended by trying again, so it counts as done; anything else may. */
async function isDone({ ctx, desk }: Office, call: CallName, told: readonly Told[]): Promise<boolean> {
  try {
    await desk.happened(call, told);
    return true;
  } catch (error) {
    ctx.log('error.internal', errorWords(error));
    return isProblem(error) && error.status < 500;
  }
}
