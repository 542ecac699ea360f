import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iso, sql, type Sql, type Tx } from '#base';
import { day, openEraserDesk, type EraserDesk } from '../../../test/eraser-desk.ts';
import { askProcessors } from './index.ts';

const many = 16_000;

/** So many calls of the business that ended long ago, every other one of which was deleted at the carrier. */
async function fill(desk: EraserDesk): Promise<void> {
  const { organisation, lineId, agentId } = desk.business;
  const at = iso(desk.ctx.clock.now() - 30 * day);
  await desk.office.db.tenant(organisation, async (tx) => {
    await tx.run(sql`
      insert into app.calls (organisation_id, id, carrier, carrier_call_id, line_id, agent_id, language, state, turn,
        started_at, watch_at, ended_at, emptied_at)
      select ${organisation}, gen_random_uuid(), 'twilio', 'CA' || n, ${lineId}, ${agentId}, 'en-US', 'ended', 0,
        ${at}, ${at}, ${at}, ${at}
      from generate_series(1, ${many}) n`);
    await tx.run(sql`
      insert into app.processor_erasures (organisation_id, id, processor, item, name, call_id, account_id, state, made_at,
        call_started_at, call_ended_at, due_at, settled_at)
      select c.organisation_id, gen_random_uuid(), 'twilio', 'call', c.carrier_call_id, c.id, ${desk.account}::uuid,
        case when is_done then 'confirmed' else 'asked' end, ${at}, ${at}, ${at},
        case when not is_done then ${at}::timestamptz end, case when is_done then ${at}::timestamptz end
      from app.calls c, lateral (select substr(c.carrier_call_id, 3)::integer % 2 = 0 as is_done) half
      where c.organisation_id = ${organisation} and c.emptied_at is not null`);
  });
}

/** How many pages PostgreSQL looks at for it. */
async function pages(rows: (query: Sql) => Promise<{ 'QUERY PLAN': readonly { Plan: Plan }[] }[]>, query: Sql) {
  const [said] = await rows(sql`explain (analyze, buffers, format json) ${query}`);
  const { Plan: plan } = said!['QUERY PLAN'][0]!;
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
}
type Plan = { readonly 'Shared Hit Blocks': number; readonly 'Shared Read Blocks': number };

test('what is asked and found costs the same, however many calls there are', async (t) => {
  const desk = await openEraserDesk(t);
  const { organisation } = desk.business;
  await fill(desk);
  const calls = await Promise.all(Array.from({ length: 10 }, () => desk.call()));
  const asking = await desk.office.db.tenant(organisation, async (tx) => {
    const counted: number[] = [];
    const run = async (query: Sql) => {
      counted.push(await pages((one) => tx.rows(one), query));
      return 0;
    };
    const watched: Tx = { ...tx, run };
    await askProcessors(desk.ctx, watched, { organisation, calls });
    return counted;
  });
  assert.equal(asking.length, 1, 'one statement');
  assert.ok(asking[0]! < 600, `${asking[0]} pages for ten of ${many} calls`);
  const now = iso(desk.ctx.clock.now());
  const finders = [
    sql`select * from sec.processor_erasures_due(${now}, 8, 20)`,
    sql`select * from sec.processor_erasures_untold(${now})`,
  ];
  for (const finder of finders) {
    const seen = await pages((query) => desk.ctx.db.find(query), finder);
    assert.ok(seen < 1_500, `${seen} pages with ${many} deletions`);
  }
});
