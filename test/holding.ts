import type { TestContext } from 'node:test';
import { Personal, sql, type Id, type KeySubject } from '#base';
import { addPerson, type Asking } from '#safeguards/accounts';
import { approveHold, askHold, holdKeeper, type HoldTarget } from '#safeguards/holds';
import { day, openKeeping, type KeepingTest, type Left } from './keeping.ts';
import type { Business } from './rows.ts';

/** Two businesses as for keeping, with two people each who decide about holds. */
export type HoldingTest = KeepingTest & {
  readonly people: readonly [Asking, Asking];
  readonly strangers: readonly [Asking, Asking];
  ask(target: HoldTarget, plan?: { readonly by?: Asking; readonly ms?: number }): Promise<Id>;
  /** Asked for by the first and approved by the second of our people. */
  hold(target: HoldTarget, ms?: number): Promise<Id>;
  /** What goes on behind: until there is nothing left to do. */
  keepHolds(): Promise<void>;
  /** Which content keys are there of all that a call has left, by kind. */
  keysOf(left: Left): Promise<readonly string[]>;
};

export async function openHolding(t: TestContext): Promise<HoldingTest> {
  const keeping = await openKeeping(t);
  const { ctx, jobs } = keeping.archive;
  const peopleOf = async ({ organisation }: Business): Promise<[Asking, Asking]> => {
    const add = async (role: 'owner' | 'admin'): Promise<Asking> => {
      const email = new Personal(`${role}@${organisation}.example`);
      const given = { organisation, role, name: new Personal('Somebody'), email };
      const person = await ctx.db.tenant(organisation, (tx) => addPerson(ctx, tx, given));
      return { who: { organisation, actor: `person:${person}` }, sender: {} };
    };
    return [await add('owner'), await add('admin')];
  };
  const people = await peopleOf(keeping.businesses[0]);
  const ask: HoldingTest['ask'] = (target, { by = people[0], ms = 365 * day } = {}) =>
    askHold(ctx, by, { target, reason: new Personal('A claim at law.'), until: ctx.clock.now() + ms });
  return {
    ...keeping,
    people,
    strangers: await peopleOf(keeping.businesses[1]),
    ask,
    async hold(target, ms) {
      const id = await ask(target, ms === undefined ? {} : { ms });
      await approveHold(ctx, people[1], id);
      return id;
    },
    async keepHolds() {
      const keeper = holdKeeper(jobs);
      while ((await keeper.run()) > 0);
    },
    keysOf: (left) => keysOf(keeping, left),
  };
}

async function keysOf({ archive: { ctx } }: KeepingTest, left: Left): Promise<readonly string[]> {
  const { organisation } = left.business;
  const ids = {
    call: left.call,
    recording: left.recording,
    message: left.message,
    lead: left.lead,
    appointment: left.appointment,
    person: left.contact,
  };
  const found: string[] = [];
  for (const [kind, id] of Object.entries(ids)) {
    const subject = { organisation, kind, id } as KeySubject;
    if (id !== undefined && (await ctx.keys.count([subject])) > 0) found.push(kind);
  }
  return found;
}

/** How many content keys of each kind lie under the key of holds in that organisation, without those of holds themselves. */
export async function heldKeys({ archive: { ctx } }: KeepingTest, organisation: Id): Promise<Record<string, number>> {
  const lines = (await ctx.keys.epochs()).filter((one) => one.organisation === organisation && one.held > 0);
  return Object.fromEntries(lines.map(({ kind, held }) => [kind, held]));
}

/** The rows of a table that a hold has written down, as `kind:id`. */
export async function itemsOf(
  { archive: { ctx } }: KeepingTest,
  organisation: Id,
  hold: Id,
): Promise<readonly string[]> {
  const rows = await ctx.db.tenant(organisation, (tx) =>
    tx.rows<{ item: string }>(sql`
      select kind || ':' || item_id as item from app.held_items
      where organisation_id = ${organisation} and hold_id = ${hold} order by 1`),
  );
  return rows.map(({ item }) => item);
}
