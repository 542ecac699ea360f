import assert from 'node:assert/strict';
import type { Id } from '#base';
import type { Keeping } from '#safeguards/retention';
import type { Left, Readable } from '../keeping.ts';
import { day } from '../keeping.ts';

type Aged = 'calls' | 'recordings' | 'messages' | 'leads' | 'appointments';

/** One call with all that it left, and what has become of it. */
export type Known = {
  readonly left: Left;
  readonly phone: string;
  readonly who: 0 | 1;
  /** What has been past its time once: it stays so. */
  readonly gone: Set<Aged>;
  handedAt: number | null;
  /** Handed over, and the time after that was over once. */
  isForgotten: boolean;
  /** The same, and nothing held it: what is left of it is nobody's any more. */
  isAnonymous: boolean;
  isErased: boolean;
};

export type HeldModel = {
  readonly id: Id;
  readonly who: 0 | 1;
  readonly by: 'call' | 'person';
  readonly call: Id;
  readonly phone: string;
  readonly isOpen: (now: number) => boolean;
};

export type ErasureModel = Omit<HeldModel, 'isOpen'> & { isOver: boolean };

const standardMs = 90 * day;
const kindsOf = {
  calls: 'call',
  recordings: 'recording',
  messages: 'message',
  leads: 'lead',
  appointments: 'appointment',
} as const satisfies Readonly<Record<Aged, string>>;
const aged = Object.keys(kindsOf) as readonly Aged[];

type Set5 = Pick<Keeping, 'windows' | 'afterHandOver'>;

/** What must be there and what must not, from what has happened alone. */
export class Model {
  readonly known: Known[] = [];
  holds: readonly HeldModel[] = [];
  readonly erasures: ErasureModel[] = [];
  readonly #settings: [Set5, Set5] = [standard, standard];

  add({ left, phone, who }: Pick<Known, 'left' | 'phone' | 'who'>): void {
    const fresh = { gone: new Set<Aged>(), handedAt: null, isForgotten: false, isAnonymous: false, isErased: false };
    this.known.push({ left, phone, who, ...fresh });
  }

  keep(who: 0 | 1, setting: Set5): void {
    this.#settings[who] = setting;
  }

  pick(which: number, suits: (known: Known) => boolean): Known | undefined {
    const fit = this.known.filter(suits);
    return fit[which % Math.max(1, fit.length)];
  }

  /** What is past its time at this moment stays gone, whatever comes. */
  age(now: number): void {
    for (const known of this.known) {
      const { windows, afterHandOver } = this.#settings[known.who];
      const { left } = known;
      const ends = left.at + 40 * day;
      const from = {
        calls: left.at,
        recordings: left.recordedAt,
        messages: left.at,
        leads: left.at,
        appointments: ends,
      };
      for (const what of aged) {
        const window = windows[what];
        if (window !== 'account' && from[what] + window.ms <= now) known.gone.add(what);
      }
      if (known.handedAt !== null && afterHandOver !== null && known.handedAt + afterHandOver <= now) {
        known.isForgotten = true;
      }
    }
  }

  isHeld(known: Known, now: number): boolean {
    return this.holds.some((hold) => hold.isOpen(now) && names(hold, known));
  }

  /** Whether there is a hold for which an erasure of theirs may wait. */
  isWaiting(erasure: ErasureModel, now: number): boolean {
    const theirs = this.known.filter((known) => names(erasure, known) && !known.isErased);
    return theirs.some((known) => this.holds.some((hold) => hold.isOpen(now) && isSomebodyOf(hold, known)));
  }

  erased(erasure: ErasureModel, now: number): void {
    erasure.isOver = true;
    for (const known of this.known.filter((one) => names(erasure, one) && !one.isErased)) {
      // By the number it is found no more; by its id it is.
      if (erasure.by === 'person' && known.isAnonymous) continue;
      assert.ok(!this.isHeld(known, now) || this.#isEmpty(known), 'what is held was erased');
      known.isErased = true;
    }
  }

  /** Everything that could be destroyed has been. */
  swept(now: number): void {
    for (const known of this.known) {
      if (known.isForgotten && !this.isHeld(known, now)) known.isAnonymous = true;
    }
  }

  #isEmpty({ gone, isForgotten, left }: Known): boolean {
    return isForgotten || aged.every((what) => gone.has(what) || (what === 'recordings' && !left.recording));
  }

  readable({ left, phone, gone, isForgotten, isErased }: Known): Readable {
    const isOver = (what: Aged) => isErased || isForgotten || gone.has(what);
    const masked = isForgotten ? `***-***-${phone.slice(-4)}` : phone;
    return {
      summary: isOver('calls') ? undefined : 'summary',
      from: isErased || gone.has('calls') ? undefined : masked,
      words: isOver('calls') ? [] : ['word'],
      message: isOver('messages') ? undefined : 'message',
      recording: left.recording !== undefined && !isOver('recordings'),
      lead: isOver('leads') ? undefined : 'lead',
      appointment: isOver('appointments') ? undefined : 'appointment',
    };
  }

  /** Which keys must be there, and which must not. Of what is held and past its time the keys are there all the same. */
  keys(known: Known, now: number): { readonly due: readonly string[]; readonly over: readonly string[] } {
    const { gone, isForgotten, isErased, left } = known;
    const there = aged.filter((what) => what !== 'recordings' || left.recording !== undefined);
    const isOver = (what: Aged) => isErased || isForgotten || gone.has(what);
    const due = there.filter((what) => !isOver(what)).map((what) => kindsOf[what]);
    if (this.isHeld(known, now)) return { due: [...due, ...this.#guarded(known, now)], over: [] };
    return { due, over: there.filter(isOver).map((what) => kindsOf[what]) };
  }

  readonly #first = new Map<Known, readonly string[]>();

  /** What was there when it was first held in one go must be there as long as it is. */
  #guarded(known: Known, now: number): readonly string[] {
    return this.isHeld(known, now) ? (this.#first.get(known) ?? []) : [];
  }

  /** Takes down what is there of what is held, and forgets it of what is not. */
  remember(known: Known, now: number, keys: readonly string[]): void {
    if (!this.isHeld(known, now)) this.#first.delete(known);
    else if (!this.#first.has(known))
      this.#first.set(
        known,
        keys.filter((kind) => kind !== 'person'),
      );
  }
}

function names(one: Omit<HeldModel, 'isOpen'>, known: Known): boolean {
  if (one.who !== known.who) return false;
  return one.by === 'call' ? one.call === known.left.call : one.phone === known.phone;
}

/** A hold on one call holds its caller as well. */
function isSomebodyOf(hold: HeldModel, known: Known): boolean {
  return hold.who === known.who && hold.phone === known.phone;
}

const standard: Set5 = {
  windows: {
    recordings: { ms: standardMs },
    calls: { ms: standardMs },
    messages: { ms: standardMs },
    people: { ms: standardMs },
    leads: 'account',
    appointments: 'account',
  },
  afterHandOver: null,
};
