import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { day, openKeeping, type Days, type KeepingTest, type Left } from '../../../test/keeping.ts';

type Kept = 'recordings' | 'calls' | 'messages';

/**
 * Calls, waiting, changes of the time and sweeps that are broken off anywhere, in any order, in two organisations, against
 * a model of two lines: what has been past its time once is gone for good, and nothing else is.
 */

type Step =
  | { readonly do: 'leave'; readonly who: 0 | 1; readonly phone: number; readonly isRecorded: boolean }
  | { readonly do: 'wait'; readonly days: number }
  | { readonly do: 'keep'; readonly who: 0 | 1; readonly days: Days }
  | { readonly do: 'sweep'; readonly stopAt: number };

const window = fc.constantFrom(1, 2, 3, 5, 8);
const who = fc.constantFrom(0 as const, 1 as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('leave' as const), who, phone: fc.nat(1), isRecorded: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.constantFrom(0.5, 1, 2, 4) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('keep' as const),
      who,
      days: fc.record({ recordings: window, calls: window, messages: window }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('sweep' as const), stopAt: fc.constantFrom(2, 5, 9, 14, 10_000) }),
  },
);

type Known = { readonly left: Left; readonly phone: string; readonly who: 0 | 1; readonly gone: Set<Kept> };

class World {
  readonly keeping: KeepingTest;
  readonly known: Known[] = [];
  readonly days: [Days, Days];
  constructor(keeping: KeepingTest) {
    this.keeping = keeping;
    const standard = { recordings: 90, calls: 90, messages: 90 };
    this.days = [standard, standard];
  }

  async take(one: Step): Promise<void> {
    const { keeping } = this;
    const { clock } = keeping.archive.ctx;
    clock.advance(1);
    if (one.do === 'wait') clock.advance(one.days * day);
    this.age();
    if (one.do === 'leave') await this.leave(one);
    if (one.do === 'keep') {
      await keeping.keep(keeping.businesses[one.who], one.days);
      this.days[one.who] = one.days;
    }
    if (one.do === 'sweep') await keeping.sweep(one.stopAt);
    this.age();
    await this.check();
  }

  async leave({ who: index, phone: digit, isRecorded }: Step & { do: 'leave' }): Promise<void> {
    const phone = `+3460011122${digit}`;
    const business = this.keeping.businesses[index];
    // The archive records for the first of the two businesses.
    const left = await this.keeping.leave(business, { phone, isRecorded: isRecorded && index === 0 });
    this.known.push({ left, phone, who: index, gone: new Set() });
  }

  /** What is past its time at this moment stays gone, whatever comes. */
  age(): void {
    const now = this.keeping.archive.ctx.clock.now();
    for (const { left, who: index, gone } of this.known) {
      const days = this.days[index];
      const passed = (what: Kept, from: number) => {
        if (from + days[what] * day <= now) gone.add(what);
      };
      passed('calls', left.at);
      passed('messages', left.at);
      passed('recordings', left.recordedAt);
    }
  }

  async check(): Promise<void> {
    for (const { left, phone, gone } of this.known) {
      const isCallGone = gone.has('calls');
      assert.deepEqual(await this.keeping.readable(left), {
        summary: isCallGone ? undefined : 'summary',
        from: isCallGone ? undefined : phone,
        words: isCallGone ? [] : ['word'],
        message: gone.has('messages') ? undefined : 'message',
        recording: left.recording !== undefined && !gone.has('recordings'),
        lead: 'lead',
        appointment: 'appointment',
      });
    }
  }
}

test('after every step nothing past its time is readable, and nothing in its time is lost', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 16 }), async (steps) => {
      const after: (() => unknown)[] = [];
      const own = { name: t.name, after: (work: () => unknown) => void after.push(work) };
      const world = new World(await openKeeping(own as typeof t));
      try {
        for (const one of steps) await world.take(one);
        // A recording that could not be deleted is tried again after a while.
        world.keeping.archive.ctx.clock.advance(5 * 60_000);
        await world.keeping.sweep();
        world.age();
        await world.check();
      } finally {
        for (const work of after.toReversed()) await work();
      }
    }),
    { numRuns: 12, seed: 20261121 },
  );
});
