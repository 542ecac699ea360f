import type pg from 'pg';
import type { Id } from '#base';
import { makeBusiness, type Business } from '../../test/rows.ts';
import type { Installation } from '../installation.ts';

/** What a call of the benchmark leaves behind besides its row. */
export const entriesOfCall = 4;

/** Calls whose keys are made in one go. */
const keysAtOnce = 1_000;

const day = 86_400_000;

/**
 * A business with that many calls that ended a hundred days ago, one second after the other: row, four entries, a tool
 * run and two decisions each, a content key each where `hasKeys`, and as much again of other calls that are in their time.
 */
export async function madeCalls(
  { bare, ctx }: Pick<Installation, 'bare' | 'ctx'>,
  count: number,
  { hasKeys }: { readonly hasKeys: boolean },
): Promise<Business> {
  const business = await makeBusiness(ctx.db);
  const { organisation } = business;
  await insertCalls(bare, business, { count, endedBefore: ctx.clock.now() - 100 * day });
  await insertCalls(bare, business, { count: Math.min(count, 20_000), endedBefore: ctx.clock.now() - day });
  if (hasKeys) await makeKeys(ctx, organisation, bare);
  await bare.query('analyze app.calls, app.call_entries, app.tool_runs, app.call_decisions');
  return business;
}

type Made = { readonly count: number; readonly endedBefore: number };

async function insertCalls(bare: pg.Pool, { organisation, agentId, lineId }: Business, made: Made): Promise<void> {
  const { count, endedBefore } = made;
  const sealed = (bytes: number) => `decode(repeat('01', ${bytes}), 'hex')`;
  await bare.query(
    `with made as materialized (
       select uuidv7(at - now()) as id, n, at
       from (
         select n, to_timestamp($1::float8 / 1000) - n * interval '1 second' as at
         from generate_series($2::int, 1, -1) n) aged),
     calls as (
       insert into app.calls (organisation_id, id, carrier, carrier_call_id, line_id, agent_id, caller_number, caller_index,
         language, state, conversation, turn, started_at, watch_at, disclosed_at, ended_at, end_reason, outcome, summary,
         extraction, finished_at)
       select $3, id, 'twilio', 'CA' || id, $4, $5, ${sealed(60)}, sha256(id::text::bytea), 'en', 'ended', ${sealed(1_500)}, 6,
         at - interval '1 minute', at, at, at, 'completed', 'message-taken', ${sealed(300)}, ${sealed(200)}, at
       from made order by id),
     entries as (
       insert into app.call_entries (organisation_id, call_id, seq, at, speaker, kind, meant, heard)
       select $3, id, seq, at, 'agent', 'speech', ${sealed(120)}, ${sealed(120)}
       from made, generate_series(1, ${entriesOfCall}) seq order by id, seq),
     runs as (
       insert into app.tool_runs (organisation_id, call_id, key, tool, result, at)
       select $3, id, 'k', 'take-message', ${sealed(80)}, at from made order by id)
     insert into app.call_decisions (organisation_id, call_id, id, at, what, about, why)
     select $3, made.id, uuidv7(), at, what, null, 'needed'
     from made, unnest(array['disclosure', 'tool']) what order by made.id`,
    [endedBefore, count, organisation, lineId, agentId],
  );
}

async function makeKeys({ keys }: Installation['ctx'], organisation: Id, bare: pg.Pool): Promise<void> {
  const { rows } = await bare.query<{ id: Id }>(
    'select id from app.calls where organisation_id = $1 order by ended_at',
    [organisation],
  );
  for (let from = 0; from < rows.length; from += keysAtOnce) {
    const some = rows.slice(from, from + keysAtOnce);
    await Promise.all(some.map(({ id }) => keys.contentKey({ organisation, kind: 'call', id })));
  }
}

/** What the rule `calls` does to these rows, as one statement that protects, holds, proves and destroys nothing. */
export async function plainStatement(bare: pg.Pool, organisation: Id, until: number): Promise<number> {
  const { rows } = await bare.query<{ count: number }>(
    `with emptied as (
       update app.calls set conversation = null, caller_number = null, caller_index = null, contact_id = null,
         summary = null, extraction = null, next_try_at = null, emptied_at = now()
       where organisation_id = $1 and emptied_at is null and ended_at <= to_timestamp($2::float8 / 1000)
       returning id),
     entries as (delete from app.call_entries e using emptied where e.organisation_id = $1 and e.call_id = emptied.id),
     runs as (delete from app.tool_runs r using emptied where r.organisation_id = $1 and r.call_id = emptied.id),
     decisions as (
       delete from app.call_decisions d using emptied
       where d.organisation_id = $1 and d.call_id = emptied.id and d.what = 'tool')
     select count(*)::int as count from emptied`,
    [organisation, until],
  );
  return rows[0]?.count ?? 0;
}
