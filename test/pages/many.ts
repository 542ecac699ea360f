import pg from 'pg';
import { sql, type Ctx, type Id, type Sql } from '#base';
import type { TestDatabase } from '../cluster.ts';
import { sealer } from '#safeguards/vault';
import { callsOfAWeek } from './calls-of-a-week.ts';
import { seedCall, type Place } from './seed.ts';

/** How many rows a large business has in each of its lists. */
export const manyRows = 100_000;

const atOnce = 10_000;

/**
 * Fills a business with more than anybody reads: a page or two of what people said, and before that rows that the database
 * makes up itself.
 */
export async function fillWithMany(
  ctx: Ctx,
  database: TestDatabase,
  { mine, ...place }: Place & { readonly mine: Id },
): Promise<readonly Id[]> {
  const now = ctx.clock.now();
  const calls: Id[] = [];
  const ended = callsOfAWeek.filter(({ end }) => end !== 'now');
  for (let at = 0; at < 60; at += 1) {
    // What was booked or asked for stays single.
    const { books: _, ...call } = ended[at % ended.length]!;
    calls.push(await seedCall(ctx, place, { call: { ...call, ago: 5 + at * 7 }, of: call.mine && mine, now }));
  }
  await writeDown(database, generated(place, new Date(now - 24 * 3_600_000)));
  await writeDown(database, await messages(ctx, place, new Date(now - 24 * 3_600_000)));
  return calls;
}

/** As the superuser, without triggers: looking up every reference of every row would take minutes. */
async function writeDown(database: TestDatabase, statements: readonly Sql[]): Promise<void> {
  const client = new pg.Client(database.admin());
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    for (const { text, values } of statements) await client.query(text, [...values]);
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

const numbers = sql`generate_series(1, ${manyRows}::integer) as n`;

/** The id of the nth row. */
const id = sql`('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;

function generated({ organisation, agent, line }: Place, before: Date): readonly Sql[] {
  // All of it within the time for which such a business keeps things.
  const rang = sql`(${before}::timestamptz - n * interval '1 minute')`;
  // Nobody opens the conversation of a call that is over.
  const conversation = Buffer.alloc(64, 1);
  return [
    sql`
      insert into app.calls (organisation_id, id, carrier, carrier_call_id, line_id, agent_id, language, state,
        conversation, turn, started_at, watch_at, disclosed_at, ended_at, end_reason, outcome, finished_at)
      select ${organisation}, ${id}, 'twilio', 'CA' || n, ${line}, ${agent}, 'en-US', 'ended', ${conversation}, 4,
        ${rang}, ${rang}, ${rang} + interval '3 seconds', ${rang} + interval '2 minutes',
        (array['completed', 'caller-hung-up', 'transferred'])[1 + n % 3],
        (array['question-answered', 'message-taken', 'appointment-booked', 'abandoned', 'transferred'])[1 + n % 5],
        ${rang} + interval '2 minutes'
      from ${numbers}`,
    sql`
      insert into app.leads (organisation_id, id, call_id, status, created_at)
      select ${organisation}, ${id}, ${id}, (array['new', 'contacted', 'won', 'lost'])[1 + n % 4], ${rang} from ${numbers}`,
    sql`
      insert into app.appointments (organisation_id, id, agent_id, call_id, starts_at, ends_at, status, created_at, changed_at)
      select ${organisation}, ${id}, ${agent}, ${id}, ${rang}, ${rang} + interval '5 minutes',
        case when n % 10 = 0 then 'booked' else 'cancelled' end, ${rang}, ${rang}
      from ${numbers}`,
    sql`
      insert into app.audit_entries (organisation_id, id, at, action, leaf)
      select ${organisation}, ${id}, ${rang}, 'call.ended', convert_to(
        '{"action":"call.ended","actor":"system","at":"' || to_char(${rang} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
        || '","commitment":null,"id":"' || ${id} || '","object":"call:' || ${id} || '","organisation":"'
        || ${organisation}::text || '","v":1}', 'UTF8')
      from ${numbers}`,
  ];
}

/** Every message has words, so they are sealed here. */
async function messages(ctx: Ctx, { organisation }: Place, before: Date): Promise<Sql[]> {
  const idOf = (n: number) => `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
  const seals = await sealer(ctx, { organisation, kind: 'call', id: idOf(1) });
  return Array.from({ length: manyRows / atOnce }, (_, block) => {
    const first = 1 + block * atOnce;
    const ids = Array.from({ length: atOnce }, (_, at) => idOf(first + at));
    const words = 'Please call me back about my bill.';
    const bodies = ids.map((row) => seals({ table: 'messages', row, column: 'body' }, words));
    return sql`
      insert into app.messages (organisation_id, id, call_id, channel, body, urgent, created_at)
      select ${organisation}, row.id, row.id, 'voice', row.body, false,
        ${before}::timestamptz - (${first}::integer + row.at) * interval '1 minute'
      from unnest(${ids}::uuid[], ${bodies}::bytea[]) with ordinality as row (id, body, at)`;
  });
}
