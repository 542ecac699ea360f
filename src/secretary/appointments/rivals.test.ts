import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { isProblem, newId, Personal, sql } from '#base';
import { openOffice, type Office } from '../../../test/office.ts';
import { makeBusiness, type Business } from '../../../test/rows.ts';
import { book, moveAppointment } from './index.ts';

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const start = Date.parse('2026-02-02T08:00Z');
const phone = new Personal('+34600111222');

type Outcome = 'won' | 'taken';

function rival({ organisation, agentId }: Business, startsAt: number, minutes = 30): Promise<Outcome> {
  return outcome(
    office.db.tenant(organisation, (tx) => book(office.ctx, tx, { organisation, agentId, startsAt, minutes })),
  );
}

function outcome(attempt: Promise<unknown>): Promise<Outcome> {
  return attempt.then(
    () => 'won',
    (error: unknown) => {
      if (isProblem(error, 'slot-taken')) return 'taken';
      throw error;
    },
  );
}

/** Pairs of booked appointments of one calendar that overlap, as the database sees them. */
async function overlaps({ organisation }: Business): Promise<number> {
  const { count } = await office.db.tenant(organisation, (tx) =>
    tx.one<{ count: number }>(sql`
      select count(*) as count from app.appointments a join app.appointments b
        on a.agent_id = b.agent_id and a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at
      where a.organisation_id = ${organisation} and b.organisation_id = ${organisation}
        and a.status = 'booked' and b.status = 'booked'`),
  );
  return count;
}

test('of callers who want one time at once exactly one gets it, the others are told it is taken', async () => {
  const business = await makeBusiness(office.db);
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => rival(business, start)));
  assert.equal(outcomes.filter((one) => one === 'won').length, 1);
  assert.equal(await overlaps(business), 0);
});

test('whoever comes at once for whichever times, no two appointments overlap and nobody is refused a free time', async () => {
  const wish = fc.tuple(fc.integer({ min: 0, max: 11 }), fc.constantFrom(15, 30, 60));
  const wishes = fc.array(wish, { minLength: 2, maxLength: 12 });
  const run = fc.asyncProperty(wishes, async (wanted) => {
    const business = await makeBusiness(office.db);
    const spans = wanted.map(([quarter, minutes]) => ({ at: start + quarter * 900_000, minutes }));
    const outcomes = await Promise.all(spans.map(({ at, minutes }) => rival(business, at, minutes)));
    assert.equal(await overlaps(business), 0);
    const won = spans.filter((_, index) => outcomes[index] === 'won');
    for (const loser of spans.filter((_, index) => outcomes[index] === 'taken')) {
      const loserEnds = loser.at + loser.minutes * 60_000;
      assert.ok(won.some(({ at, minutes }) => at < loserEnds && loser.at < at + minutes * 60_000));
    }
  });
  await fc.assert(run, { numRuns: 12, seed: 11 });
});

test('rivals that move onto each other and onto one free time end without a deadlock or an overlap', async () => {
  const business = await makeBusiness(office.db);
  const { organisation, agentId } = business;
  const ids: string[] = [];
  for (let index = 0; index < 6; index++) {
    const wish = { organisation, agentId, startsAt: start + index * 3_600_000, minutes: 30, ownerNumber: phone };
    ids.push((await office.db.tenant(organisation, (tx) => book(office.ctx, tx, wish))).id);
  }
  const free = start + 10 * 3_600_000;
  const outcomes = await Promise.all([
    ...ids.map((id) =>
      outcome(
        office.db.tenant(organisation, (tx) =>
          moveAppointment(office.ctx, tx, { organisation, id, phone, startsAt: free }),
        ),
      ),
    ),
    rival(business, free),
    rival(business, free),
  ]);
  assert.equal(outcomes.filter((one) => one === 'won').length, 1);
  assert.equal(await overlaps(business), 0);
});

test('the database itself refuses an overlap, whoever writes it', async () => {
  const business = await makeBusiness(office.db);
  const { organisation, agentId } = business;
  await rival(business, start);
  const id = newId(office.ctx);
  const write = office.db.tenant(organisation, (tx) =>
    tx.run(sql`
      insert into app.appointments (organisation_id, id, agent_id, starts_at, ends_at, status, created_at, changed_at)
      select organisation_id, ${id}, agent_id, starts_at, ends_at, status, created_at, changed_at
      from app.appointments where organisation_id = ${organisation} and agent_id = ${agentId}`),
  );
  await assert.rejects(write, { code: '23P01' });
});
