import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Personal, readConfig, sql, type Id, type Keystore } from '#base';
import { askErasure, proceed, type EraseCtx } from '#safeguards/erasure';
import { askHold } from '#safeguards/holds';
import { purge } from '#safeguards/retention';
import { phoneIndex } from '#secretary/contacts';
import { deleteSound } from '#secretary/recordings';
import { heldKeys, itemsOf, openHolding, type HoldingTest } from './holding.ts';
import { day, type Left } from './keeping.ts';

const month = { recordings: 30, calls: 30, messages: 30, people: 30, leads: 30, appointments: 30 };

/** A call that is past its time, with everything, and nobody has swept it yet. */
async function overdue(holding: HoldingTest): Promise<Left> {
  await holding.keep(holding.businesses[0], month);
  const left = await holding.leave(holding.businesses[0], { isRecorded: true });
  holding.archive.ctx.clock.advance(100 * day);
  return left;
}

function sweepWith({ archive: { jobs, business } }: HoldingTest, keys: Partial<Keystore> = {}) {
  const ctx = { ...jobs, keys: { ...jobs.keys, ...keys } };
  return purge({ ...ctx, deleteObjects: (recording) => deleteSound(ctx, recording) }, business.organisation);
}

function askWith({ archive: { ctx }, people }: HoldingTest, left: Left, keys: Partial<Keystore> = {}) {
  return askHold({ ...ctx, keys: { ...ctx.keys, ...keys } }, people[0], {
    target: { call: left.call },
    reason: new Personal('A claim at law.'),
    until: ctx.clock.now() + 365 * day,
  });
}

/** Whether something waits for a lock of a row at this moment. */
async function untilWaiting({ archive: { ctx } }: HoldingTest): Promise<void> {
  for (let waits = false; !waits;) {
    const row = await ctx.db.open((tx) =>
      tx.one<{ waits: boolean }>(sql`select exists (select from pg_locks where not granted) as waits`),
    );
    waits = row.waits;
  }
}

const everything = ['call', 'recording', 'message', 'lead', 'appointment', 'person'];

/** What a hold says it holds is there with its keys, and what is gone it does not say it holds. */
async function isWhole(holding: HoldingTest, left: Left, hold: Id): Promise<void> {
  const { organisation } = holding.businesses[0];
  const items = await itemsOf(holding, organisation, hold);
  const keys = await holding.keysOf(left);
  const kinds = items.map((item) => item.split(':')[0]!).map((kind) => (kind === 'contact' ? 'person' : kind));
  // A call stays when its words are gone, and so does its hold.
  const withKeys = kinds.filter((kind) => keys.includes(kind));
  const lost = kinds.filter((kind) => !keys.includes(kind) && kind !== 'call');
  assert.deepEqual(lost, [], 'what is written down as held has its key');
  const held = await heldKeys(holding, organisation);
  for (const kind of withKeys) assert.ok((held[kind] ?? 0) >= 1, `${kind} lies under the key of holds`);
}

test('a hold that is asked for while a sweep has taken rows waits for it, and holds what is left', async (t) => {
  const holding = await openHolding(t);
  const left = await overdue(holding);
  let asking: Promise<Id> | undefined;
  await sweepWith(holding, {
    async destroyAll(subjects) {
      const isCall = subjects.some(({ kind }) => kind === 'call');
      if (isCall && !asking) {
        asking = askWith(holding, left);
        asking.catch(() => {});
        await untilWaiting(holding);
      }
      return holding.archive.jobs.keys.destroyAll(subjects);
    },
  });
  assert.ok(asking, 'the hold came in between');
  const hold = await asking;
  await isWhole(holding, left, hold);
  assert.ok(!(await holding.keysOf(left)).includes('call'), 'its words had gone');
});

test('a sweep that comes while a hold is being placed leaves what it holds', async (t) => {
  const holding = await openHolding(t);
  const left = await overdue(holding);
  let swept = false;
  const hold = await askWith(holding, left, {
    async contentKey(subject) {
      // The entry of the audit log is the last thing before the commit.
      if (subject.kind === 'audit' && !swept) {
        swept = true;
        await sweepWith(holding);
      }
      return holding.archive.ctx.keys.contentKey(subject);
    },
  });
  assert.ok(swept);
  await sweepWith(holding);
  assert.deepEqual((await holding.keysOf(left)).toSorted(), everything.toSorted());
  await isWhole(holding, left, hold);
  assert.equal((await itemsOf(holding, holding.businesses[0].organisation, hold)).length, 6);
});

test('however sweeps, erasures and holds meet, nothing that is said to be held is lost', async (t) => {
  const holding = await openHolding(t);
  const { ctx, jobs } = holding.archive;
  const erasing: EraseCtx = {
    ...jobs,
    config: readConfig({}),
    phoneIndex: (organisation, phone) => phoneIndex(ctx, organisation, phone),
    removeIdentity: async () => false,
  };
  const { organisation } = holding.businesses[0];
  const outcomes = new Set<boolean>();
  for (let round = 0; round < 12; round += 1) {
    const left = await overdue(holding);
    const erase = async () => {
      const { erasure } = await askErasure({ ...erasing, db: ctx.db }, { organisation, what: { call: left.call } });
      await proceed(erasing, erasure);
    };
    const asks = async () => {
      for (let wait = round % 4; wait > 0; wait -= 1) await ctx.db.open((tx) => tx.one(sql`select 1 as one`));
      return askWith(holding, left).catch(() => undefined);
    };
    const work = round % 2 === 0 ? sweepWith(holding) : erase();
    const [hold] = await Promise.all([asks(), work]);
    outcomes.add((await holding.keysOf(left)).includes('call'));
    if (hold !== undefined) await isWhole(holding, left, hold);
  }
  assert.ok(outcomes.size > 0);
});

test('whatever step a hold is broken off at, what it has written down is made safe by the keeper', async (t) => {
  const holding = await openHolding(t);
  const { ctx } = holding.archive;
  const left = await holding.leave(holding.businesses[0], { isRecorded: true });
  const fails = async () => {
    throw new Error('the process is gone');
  };
  await assert.rejects(askWith(holding, left, { hold: fails }));
  const { organisation } = holding.businesses[0];
  assert.deepEqual(await heldKeys(holding, organisation), {}, 'asked for, and no key was moved');
  await holding.keepHolds();
  const held = { call: 1, recording: 1, message: 1, lead: 1, appointment: 1, person: 1 };
  assert.deepEqual(await heldKeys(holding, organisation), held);
  // A key that came to lie elsewhere, as one that was made since, is found again within the hour.
  await ctx.keys.release([{ subject: { organisation, kind: 'call', id: left.call }, day: '2026-11-23' }]);
  ctx.clock.advance(3_600_000);
  await holding.keepHolds();
  assert.deepEqual(await heldKeys(holding, organisation), held);
});
