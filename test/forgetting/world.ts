import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { isProblem, Personal, readConfig, sql, type Id } from '#base';
import { askErasure, eraser, type EraseCtx, type What } from '#safeguards/erasure';
import { approveHold, askHold, holdKeeper, liftHold } from '#safeguards/holds';
import { confirmHandOver, failHandOver, keepingOf, purge, purger, setKeeping } from '#safeguards/retention';
import { removeIdentity } from '#safeguards/identity';
import { phoneIndex } from '#secretary/contacts';
import { deleteSound } from '#secretary/recordings';
import { doubtMs, farOffMs } from '../../src/safeguards/vault/known-time.ts';
import { openHolding, type HoldingTest } from '../holding.ts';
import type { Left } from '../keeping.ts';
import { Gone, mortal, type Life } from './mortal.ts';
import { Model, type HeldModel } from './model.ts';
import type { Step } from './steps.ts';

/** What is planted to see whether it is found: it stands between the product and its senses. */
export type Fault = <S extends HoldingTest['archive']['jobs']>(senses: S) => S;

const phones = ['+34600111220', '+34600111221'] as const;

/**
 * Two businesses in which things happen, a model of a few lines that says what must be readable after each, and what
 * works behind the product. Every step may kill the process anywhere; then a new one makes up for it.
 */
export class World {
  readonly holding: HoldingTest;
  readonly model = new Model();
  readonly #fault: Fault;

  static async open(t: TestContext, fault: Fault = (senses) => senses): Promise<World> {
    return new World(await openHolding(t), fault);
  }

  private constructor(holding: HoldingTest, fault: Fault) {
    this.holding = holding;
    this.#fault = fault;
  }

  get clock() {
    return this.holding.archive.ctx.clock;
  }

  /** One step, what follows from it in a process that may die, and what the next process makes of it. */
  async take(step: Step): Promise<void> {
    this.clock.advance(1);
    if (step.do === 'wait') this.clock.advance(step.ms);
    this.model.age(this.clock.now());
    const life: Life = { left: step.dies ?? Infinity };
    await this.#act(step, life);
    this.model.age(this.clock.now());
    if (step.dies !== null) await unlessGone(() => this.#work(life));
    // What waits for a hold or for another process is looked at again after a minute.
    this.clock.advance(61_000);
    this.model.age(this.clock.now());
    await this.#work({ left: Infinity });
    await this.#settle();
  }

  async #act(step: Step, life: Life): Promise<void> {
    if (step.do === 'ring') await this.#ring(step);
    if (step.do === 'keep') await this.#keep(step, life);
    if (step.do === 'wrong-clock') await this.#wrongClock(step, life);
    if (step.do === 'hand-over') await this.#handOver(step, life);
    if (step.do === 'hold') await this.#hold(step, life);
    if (step.do === 'lift') await this.#lift(step, life);
    if (step.do === 'erase') await this.#erase(step, life);
  }

  /** Whatever the clock says, and whoever rings meanwhile, nothing ends before its time. */
  async #wrongClock({ offMs, wrong, who, phone }: Step & { do: 'wrong-clock' }, life: Life): Promise<void> {
    this.clock.off(offMs);
    this.clock.set(wrong.aheadMs);
    await unlessGone(() => this.#work(life));
    await this.#ring({ do: 'ring', who, phone, isRecorded: true, dies: null });
    for (let part = 0; part < 3; part += 1) {
      this.clock.advance(wrong.lastsMs / 3);
      this.model.age(this.clock.truth());
      await this.#work({ left: Infinity });
      await this.#assertThere(this.clock.truth());
    }
    this.clock.set(0);
    // Off for days it is doubted for a while although it is right.
    await this.#work({ left: Infinity });
    this.clock.advance(doubtMs);
    this.model.age(this.clock.now());
    const { time } = this.holding.archive.ctx.keys;
    // Off for a month somebody has to say so.
    if (offMs > farOffMs) await time.hear(this.clock.truth());
    assert.equal(await time.doubt(), undefined, 'the clock is right and is doubted');
  }

  async #ring({ who, phone: at, isRecorded }: Step & { do: 'ring' }): Promise<void> {
    const business = this.holding.businesses[who];
    const phone = phones[at]!;
    // The archive records for the first of the two businesses.
    const left = await this.holding.leave(business, { phone, isNamed: true, isRecorded: isRecorded && who === 0 });
    // Processors outside have tests of their own. It rang when it did: who was erased before is somebody new.
    await this.holding.archive.ctx.db.tenant(business.organisation, (tx) =>
      tx.run(sql`
        update app.calls set carrier = 'emulator', started_at = ${new Date(left.at)}
        where organisation_id = ${business.organisation} and id = ${left.call}`),
    );
    this.model.add({ left, phone, who });
  }

  async #keep({ who, preset }: Step & { do: 'keep' }, life: Life): Promise<void> {
    const { organisation } = this.holding.businesses[who];
    const ctx = mortal(this.holding.archive.ctx, life);
    await unlessGone(() =>
      ctx.db.tenant(organisation, (tx) => setKeeping(ctx, tx, { organisation, choice: { preset } })),
    );
    const { db } = this.holding.archive.ctx;
    this.model.keep(who, await db.tenant(organisation, (tx) => keepingOf(tx, organisation)));
  }

  async #handOver({ which, isTaken }: Step & { do: 'hand-over' }, life: Life): Promise<void> {
    const known = this.model.pick(which, ({ isErased }) => !isErased);
    if (!known) return;
    const { organisation } = known.left.business;
    const said = { organisation, call: known.left.call, system: 'crm' };
    const ctx = mortal(this.holding.archive.ctx, life);
    await unlessGone(() =>
      ctx.db.tenant(organisation, (tx) =>
        isTaken
          ? confirmHandOver(ctx, tx, { ...said, reference: new Personal('R-1') })
          : failHandOver(ctx, tx, { ...said, code: 'refused' }),
      ),
    );
    const row = await this.holding.archive.ctx.db.tenant(organisation, (tx) =>
      tx.maybe<{ at: Date | null }>(sql`
        select handed_over_at as at from app.calls where organisation_id = ${organisation} and id = ${said.call}`),
    );
    known.handedAt = row?.at?.getTime() ?? known.handedAt;
  }

  async #hold({ which, by, isApproved, ms }: Step & { do: 'hold' }, life: Life): Promise<void> {
    const known = this.model.pick(which, ({ isErased }) => !isErased);
    if (!known) return;
    const people = known.who === 0 ? this.holding.people : this.holding.strangers;
    const target = by === 'call' ? { call: known.left.call } : { person: new Personal(known.phone) };
    const until = this.clock.now() + ms;
    const ctx = mortal(this.holding.archive.ctx, life);
    await unlessGone(async () => {
      const id = await askHold(ctx, people[0], { target, reason: new Personal('A claim at law.'), until });
      if (isApproved) await approveHold(ctx, people[1], id);
    });
    await this.#readHolds(known.who, (id) => ({ id, who: known.who, by, call: known.left.call, phone: known.phone }));
  }

  async #lift({ which }: Step & { do: 'lift' }, life: Life): Promise<void> {
    const open = this.model.holds.filter((hold) => hold.isOpen(this.clock.now()));
    const hold = open[which % Math.max(1, open.length)];
    if (!hold) return;
    const people = hold.who === 0 ? this.holding.people : this.holding.strangers;
    const ctx = mortal(this.holding.archive.ctx, life);
    await unlessGone(async () => {
      if ((await liftHold(ctx, people[0], hold.id)) === 'asked') await liftHold(ctx, people[1], hold.id);
    });
    await this.#readHolds(hold.who, () => undefined);
  }

  /** What was committed of it: the process may have died before it could say so. */
  async #readHolds(who: 0 | 1, describe: (id: Id) => Omit<HeldModel, 'isOpen'> | undefined): Promise<void> {
    const { organisation } = this.holding.businesses[who];
    const rows = await this.holding.archive.ctx.db.tenant(organisation, (tx) =>
      tx.rows<{ id: Id; ends: Date; over: Date | null }>(sql`
        select id, case state when 'asked' then lapses_at else until end as ends, over_at as over from app.holds
        where organisation_id = ${organisation}`),
    );
    for (const { id, ends, over } of rows) {
      const known = this.model.holds.find((hold) => hold.id === id) ?? describe(id);
      if (!known) continue;
      const rest = this.model.holds.filter((hold) => hold.id !== id);
      const isOpen = (now: number) => over === null && now < ends.getTime();
      this.model.holds = [...rest, { ...known, isOpen }];
    }
  }

  async #erase({ which, by }: Step & { do: 'erase' }, life: Life): Promise<void> {
    const known = this.model.pick(which, ({ isErased }) => !isErased);
    if (!known) return;
    const { organisation } = known.left.business;
    const what: What = by === 'call' ? { call: known.left.call } : { person: new Personal(known.phone) };
    const ctx = this.#erasing(mortal(this.holding.archive.ctx, life));
    await unlessGone(() => askErasure(ctx, { organisation, what, by: 'command:test' }));
    const rows = await this.holding.archive.ctx.db.tenant(organisation, (tx) =>
      tx.rows<{ id: Id }>(sql`select id from app.erasures where organisation_id = ${organisation}`),
    );
    for (const { id } of rows) {
      if (!this.model.erasures.some((one) => one.id === id)) {
        this.model.erasures.push({ id, who: known.who, by, call: known.left.call, phone: known.phone, isOver: false });
      }
    }
  }

  #erasing<S extends HoldingTest['archive']['jobs']>(senses: S): S & EraseCtx {
    return {
      ...senses,
      config: readConfig({}),
      phoneIndex: (organisation, phone) => phoneIndex(senses, organisation, phone),
      removeIdentity: (identity) => removeIdentity(senses, identity),
    };
  }

  /** All that goes on behind the product, until there is nothing left to do. */
  async #work(life: Life): Promise<void> {
    const senses = this.#fault(mortal(this.holding.archive.jobs, life));
    const sweep = {
      ...senses,
      deleteObjects: (recording: Parameters<typeof deleteSound>[1]) => deleteSound(senses, recording),
    };
    const isDoubted = (await senses.keys.time.doubt()) !== undefined;
    const byAge = isDoubted ? [] : [holdKeeper(senses), purger(sweep)];
    const all = [...byAge, eraser(this.#erasing(senses))];
    for (let did = 1; did > 0;) {
      did = 0;
      for (const one of all) did += await one.run();
      assertAlive(life);
    }
    if (isDoubted) return;
    for (const { organisation } of this.holding.businesses) {
      const { failed } = await purge(sweep, organisation);
      assertAlive(life);
      assert.deepEqual(failed, []);
    }
    await senses.keys.reap(this.clock.now());
  }

  async #settle(): Promise<void> {
    for (const erasure of this.model.erasures.filter(({ isOver }) => !isOver)) {
      const { organisation } = this.holding.businesses[erasure.who];
      const { state, waits } = await this.holding.archive.ctx.db.tenant(organisation, (tx) =>
        tx.one<{ state: string; waits: string | null }>(sql`
          select state, waits_for as waits from app.erasures
          where organisation_id = ${organisation} and id = ${erasure.id}`),
      );
      if (state === 'done') this.model.erased(erasure, this.clock.now());
      else
        assert.ok(waits === 'hold' && this.model.isWaiting(erasure, this.clock.now()), `${state}, waits for ${waits}`);
    }
    this.model.swept(this.clock.now());
  }

  /** Of everything whose time is not over by then the keys are there. */
  async #assertThere(at: number): Promise<void> {
    for (const known of this.model.known) {
      const keys = await this.holding.keysOf(known.left);
      const gone = this.model.keys(known, at).due.filter((kind) => !keys.includes(kind));
      assert.deepEqual(gone, [], `keys that are gone of ${said(known.left)}`);
    }
  }

  /** Reads everything as the product does, and counts the keys. */
  async check(): Promise<void> {
    const now = this.clock.now();
    await this.#assertThere(now);
    for (const known of this.model.known) {
      assert.deepEqual(await this.holding.readable(known.left), this.model.readable(known), said(known.left));
      const keys = await this.holding.keysOf(known.left);
      const { over } = this.model.keys(known, now);
      assert.deepEqual(
        over.filter((kind) => keys.includes(kind)),
        [],
        `keys that are left of ${said(known.left)}`,
      );
      this.model.remember(known, now, keys);
    }
  }
}

function said({ call }: Left): string {
  return `the call ${call}`;
}

/** A dead process does nothing any more, whoever caught that it is. */
function assertAlive(life: Life): void {
  if (life.left <= 0) throw new Gone();
}

async function unlessGone(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // Refused, as nobody may ask for a hold again that nobody approved of.
    if (!(error instanceof Gone) && !isProblem(error)) throw error;
  }
}
