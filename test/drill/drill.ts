import { pause, systemClock } from '#base';
import { converse, type EmulatedCall } from '#adapters/carriers';
import type { LiveDetail } from '../live-product.ts';
import { openFaults } from '../stand-in-model/faults.ts';
import { openStandIn, type Client } from '../stand-in-model/stand-in.ts';
import { openBusinesses, type Business } from './businesses.ts';
import type { Case } from './cases.ts';
import { wrongWith, type Outcome } from './judge.ts';
import { caller, receptionist } from './receptionist.ts';
import { longestWait } from './silence.ts';

/** By whom or what the call went on to its end. */
export type GoingOn = 'same session' | 'reconnect' | 'relay' | 'gather';

export type Drilled = {
  readonly fault: string;
  readonly step: string;
  readonly how: GoingOn;
  /** The longest that the caller waited and heard nothing, in milliseconds, and when in the call that was. */
  readonly gapMs: number;
  readonly gapAtMs: number;
  /** Everything that is wrong with the call. */
  readonly wrong: readonly string[];
  /** What was said, as the caller heard it, with the second of the call; and what the books have instead. */
  readonly talk: readonly string[];
  readonly books: readonly string[];
};

export type DrillReport = {
  readonly calls: readonly Drilled[];
  /** What the product logged of mistakes of its own, whatever the calls were like. */
  readonly mistakes: readonly string[];
};

export type DrillOptions = {
  readonly cases: readonly Case[];
  /** How many calls are held at the same time. */
  readonly atOnce: number;
  readonly tell?: (one: Drilled) => void;
};

/** Nobody stays on the line for longer than so, and not much longer than until the goodbye. */
const mostCallMs = 75_000;
const afterGoodbyeMs = 4_000;
const mostLateMs = 8_000;
const lookMs = 50;
const betweenRingsMs = 40;
/** Answers come faster than they are spoken, as from the vendor, but not all at once. */
const pace = 2;

type Books = { readonly call: LiveDetail; readonly messages: number };

type Known = Client & { handshakes: number; mishaps: number };

/**
 * Holds a call for each case on one running product, each with its own business, its own key at the model and thereby its
 * own fault; calls run in real time, many at once. Everything is over and gone when it resolves.
 */
export async function drill({ cases, atOnce, tell = () => {} }: DrillOptions): Promise<DrillReport> {
  const known = new Map<string, Known>();
  for (const [at, one] of cases.entries()) if (!one.hasWrongKey) known.set(keyOf(at), knownFor(one));
  const standIn = await openStandIn({ script: receptionist, pace, clientOf: (key) => known.get(key) });
  try {
    const keys = cases.map((_one, at) => keyOf(at));
    const businesses = await openBusinesses(standIn.url, keys);
    const hold = (at: number) => held(cases[at]!, businesses.all[at]!, known.get(keyOf(at)));
    const calls = await inTurn(cases.length, atOnce, async (at) => {
      const one = await hold(at);
      tell(one);
      return one;
    }).finally(businesses.close);
    return { calls, mistakes: mistakesIn(businesses.product.log()) };
  } finally {
    await standIn.close();
  }
}

/** Does so many things, at most `atOnce` at the same time, and begins them one shortly after the other. */
async function inTurn<T>(count: number, atOnce: number, work: (at: number) => Promise<T>): Promise<readonly T[]> {
  const done: T[] = [];
  let next = 0;
  const oneAfterTheOther = async (n: number) => {
    await pause(systemClock, n * betweenRingsMs);
    for (let at = next++; at < count; at = next++) done[at] = await work(at);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, (_, n) => oneAfterTheOther(n)));
  return done;
}

function mistakesIn(log: string): readonly string[] {
  return log.split('\n').filter((line) => line.includes('"event":"error.internal"'));
}

function keyOf(at: number): string {
  return `sk-drill-${at}`;
}

function knownFor({ faults: planned, wordsComeLate }: Case): Known {
  const faults = openFaults(planned);
  const known: Known = {
    transcribed: wordsComeLate ? 'after' : 'before',
    handshakes: 0,
    mishaps: 0,
    faults: {
      ...faults,
      take(moment) {
        if (moment === 'handshake') known.handshakes += 1;
        const deed = faults.take(moment);
        if (deed) known.mishaps += 1;
        return deed;
      },
    },
  };
  return known;
}

async function held(one: Case, business: Business, known: Known | undefined): Promise<Drilled> {
  const call = business.exchange.call({ from: '+15005550142', to: business.number });
  const ended = await phone(call, one);
  const { ms, at } = longestWait(call);
  const { books, wrong } = await judged(business, { phoned: call, ended, mayLoseWords: one.wordsComeLate ?? false });
  const isMissed = one.faults.length > 0 && known?.mishaps === 0;
  return {
    fault: one.fault,
    step: one.step,
    how: goingOn(call, known),
    gapMs: ms,
    gapAtMs: at,
    talk: call.transcript.map(({ speaker, text, atMs }) => `${(atMs / 1_000).toFixed(1)} ${speaker}: ${text}`),
    books: books.transcript.map(({ speaker, heard, meant }) => `${speaker}: ${heard ?? `(unheard) ${meant}`}`),
    wrong: isMissed ? [...wrong, 'what was planned never went wrong'] : wrong,
  };
}

/** Holds the call to its end. Resolves with who ended it and how. */
async function phone(call: EmulatedCall, { losesRelay }: Case): Promise<string> {
  const end = { isGivenUp: false, cancel: () => {} };
  const hangUp = () => void call.hangUp();
  const giveUp = systemClock.after(mostCallMs, () => {
    end.isGivenUp = true;
    hangUp();
  });
  const parted = () => {
    end.cancel = systemClock.after(afterGoodbyeMs, hangUp);
  };
  const [{ how, why }] = await Promise.all([converse(call, caller(parted)), losesRelay && loseRelays(call)]);
  giveUp();
  end.cancel();
  return end.isGivenUp ? 'given-up' : (why ?? how);
}

/** What is told after the hang-up is written down a little later: the books are given some time to be right. */
async function judged(business: Business, call: Pick<Outcome, 'phoned' | 'ended' | 'mayLoseWords'>) {
  const until = systemClock.now() + mostLateMs;
  for (;;) {
    const { call: books, messages } = await booksOf(business);
    const wrong = wrongWith({ ...call, books, messages });
    if (wrong.length === 0 || systemClock.now() > until) return { books, wrong };
    await pause(systemClock, 250);
  }
}

/** Every socket that is opened after the stream breaks at once. */
async function loseRelays(call: EmulatedCall): Promise<void> {
  const isOver = (step: string) => call.steps.some(({ what }) => what === step);
  while (!isOver('stream-over') && !isOver('call-over')) await pause(systemClock, lookMs);
  // Rejects when the call is over.
  while (!isOver('call-over')) {
    await call.dropSocket().catch(() => {});
    await pause(systemClock, lookMs);
  }
}

/** How far down the call had to go. */
function goingOn({ steps }: EmulatedCall, known: Known | undefined): GoingOn {
  if (steps.some(({ what }) => what === 'gather-open')) return 'gather';
  if (steps.some(({ what }) => what === 'relay-over')) return 'relay';
  return (known?.handshakes ?? 0) > 1 ? 'reconnect' : 'same session';
}

/** What the business finds of its call. */
async function booksOf({ read }: Business): Promise<Books> {
  const [calls, messages] = await Promise.all([
    read<{ items: LiveDetail[] }>('/api/v1/calls?limit=1'),
    read<{ items: unknown[] }>('/api/v1/messages'),
  ]);
  const [newest] = calls.items;
  if (!newest) throw new Error('the call is not in the books');
  return { call: await read<LiveDetail>(`/api/v1/calls/${newest.id}`), messages: messages.items.length };
}
