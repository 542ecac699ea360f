import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { identifier, iso, sql } from '#base';
import { day, openKeeping, type Days, type KeepingTest, type Left } from '../../../test/keeping.ts';

type Kept = 'recordings' | 'calls' | 'messages' | 'leads' | 'appointments';

/**
 * Calls, waiting, changes of all six windows and sweeps that are broken off anywhere, in any order, in two organisations, against
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
      days: fc
        .record({
          recordings: window,
          calls: window,
          messages: window,
          people: window,
          leads: window,
          appointments: window,
        })
        // A recording is kept no longer than its call.
        .map((days) => ({ ...days, recordings: Math.min(days.recordings, days.calls) })),
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
    const standard = { recordings: 90, calls: 90, messages: 90, people: 90 };
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
    const plan = { phone, isRecorded: isRecorded && index === 0, appointmentInDays: 1 };
    const left = await this.keeping.leave(business, plan);
    this.known.push({ left, phone, who: index, gone: new Set() });
  }

  /** What is past its time at this moment stays gone, whatever comes. */
  age(): void {
    const now = this.keeping.archive.ctx.clock.now();
    for (const { left, who: index, gone } of this.known) {
      const days = this.days[index];
      const passed = (what: Kept, from: number) => {
        if (from + (days[what] ?? Infinity) * day <= now) gone.add(what);
      };
      passed('calls', left.at);
      passed('messages', left.at);
      passed('recordings', left.recordedAt);
      passed('leads', left.at);
      passed('appointments', left.metAt);
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
        lead: gone.has('leads') ? undefined : 'lead',
        appointment: gone.has('appointments') ? undefined : 'appointment',
      });
    }
  }

  /** After a sweep that nothing broke off: rows, contacts and keys of what is past its time are gone as well. */
  async checkLeft(): Promise<void> {
    for (const { left, gone } of this.known) {
      const { organisation } = left.business;
      const subjects = (Object.keys(tableOf) as (keyof typeof tableOf)[]).flatMap((rule) => {
        const id = left[tableOf[rule]];
        return gone.has(rule) && id !== undefined ? [{ organisation, kind: tableOf[rule], id }] : [];
      });
      const call = gone.has('calls') ? [{ organisation, kind: 'call' as const, id: left.call }] : [];
      assert.equal(await this.keeping.archive.ctx.keys.count([...subjects, ...call]), 0);
      await this.checkRows(left, gone);
    }
    await this.checkPeople();
  }

  private async checkRows(left: Left, gone: Known['gone']): Promise<void> {
    const { organisation } = left.business;
    for (const rule of Object.keys(tableOf) as (keyof typeof tableOf)[]) {
      const id = left[tableOf[rule]];
      if (id === undefined) continue;
      const there = await this.keeping.archive.ctx.db.tenant(organisation, (tx) =>
        tx.rows(sql`select from ${identifier('app', rule)} where organisation_id = ${organisation} and id = ${id}`),
      );
      assert.equal(there.length === 0, gone.has(rule), `${rule} ${id}`);
    }
  }

  /** Somebody is known as long as they were seen within the time for that. */
  private async checkPeople(): Promise<void> {
    const { db, clock } = this.keeping.archive.ctx;
    for (const [index, { organisation }] of this.keeping.businesses.entries()) {
      const { people = Infinity } = this.days[index as 0 | 1];
      const old = await db.tenant(organisation, (tx) =>
        tx.rows(sql`
          select from app.contacts
          where organisation_id = ${organisation} and seen_at <= ${iso(clock.now() - people * day)}`),
      );
      assert.equal(old.length, 0);
    }
  }
}

const tableOf = {
  recordings: 'recording',
  messages: 'message',
  leads: 'lead',
  appointments: 'appointment',
} as const;

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
        await world.checkLeft();
      } finally {
        for (const work of after.toReversed()) await work();
      }
    }),
    { numRuns: 12, seed: 20261121 },
  );
});
