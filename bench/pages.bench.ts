import { Personal, sql, type Id } from '#base';
import { saveAgent } from '#secretary/agent';
import { callsByDay, callsSince, dayStarts, listCalls, type CallFilter } from '#secretary/calls';
import { addCarrierAccount, addLine } from '#safeguards/accounts';
import type { Bench } from './bench.ts';
import { freshId, openInstallation, type Installation } from './installation.ts';

const calls = 1_000_000;
const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

/** The budget: a page of fifty calls in under 50 ms at a million calls, however deep and whatever is looked for. */
export default {
  say: `a page of 50 calls among ${calls.toLocaleString('en')}, first page against others, and the figures of the day`,
  atOnce: 4,
  operations: 2_000,
  async open() {
    const installation = await openInstallation(4);
    const { ctx, organisation, close } = installation;
    const agent = await fill(installation);
    const page = (asked: CallFilter & { readonly before?: string } = {}) => {
      const request = { limit: 50, ...asked, contents: 'all' } as const;
      return ctx.db.tenant(organisation, (tx) => listCalls(ctx, tx, organisation, request));
    };
    const deep = cursor(newest - (calls - 1_000) * 60_000);
    const until = newest - 600 * dayMs;
    return {
      variants: {
        'first page': () => page(),
        [`page ${(calls / 50 - 20).toLocaleString('en')}`]: () => page({ before: deep }),
        'under way': () => page({ state: 'live' }),
        'a rare outcome': () => page({ outcome: 'transferred' }),
        'an outcome there never was': () => page({ outcome: 'do-not-contact' }),
        'a person and a rare outcome': () => page({ assigned, outcome: 'transferred' }),
        'nobody, an agent and an outcome': () => page({ assigned: 'none', agent, outcome: 'message-taken' }),
        'another agent': () => page({ agent: freshId() }),
        'over, of an agent, between two days': () => page({ state: 'ended', agent, since: until - dayMs, until }),
        'figures of the day': () => figures(installation),
      },
      close,
    };
  },
} satisfies Bench;

const newest = Date.UTC(2026, 0, 1);
const dayMs = 24 * 60 * 60_000;
/** Whose every tenth call is. */
const assigned = freshId();

/** What the first screen counts. */
function figures({ ctx, organisation }: Installation) {
  const starts = dayStarts('America/New_York', newest, 14).map(({ startsAt }) => startsAt);
  return ctx.db.tenant(organisation, async (tx) => [
    await callsSince(tx, organisation, { since: starts.at(-1) ?? newest }),
    await callsByDay(tx, organisation, { starts }),
  ]);
}

/**
 * A million ended calls of one agent, a minute apart, without words: what is measured is the way to them. Every tenth is
 * somebody's, every hundred thousandth was put through. The id of the agent.
 */
async function fill({ ctx, organisation, bare }: Installation): Promise<Id> {
  const agentId = freshId();
  const lineId = await ctx.db.tenant(organisation, async (tx) => {
    const words = {
      name: 'Agent',
      language: 'en',
      greeting: 'Hello.',
      facts: [],
      hours: closed,
      visitMinutes: 30,
    } as const;
    const rest = {
      transferTo: null,
      speech: 'relay',
      model: 'scripted',
      voice: null,
      record: false,
      discloseAi: true,
      tools: [],
    } as const;
    await saveAgent(ctx, tx, { organisation, id: agentId, ...words, ...rest });
    const account = { organisation, carrier: 'twilio', accountSid: 'AC1', authToken: new Personal('none') };
    const accountId = await addCarrierAccount(ctx, tx, account);
    return addLine(ctx, tx, { organisation, carrier: 'twilio', accountId, e164: '+15005550006', agentId });
  });
  const { text, values } = sql`
    insert into app.calls (organisation_id, id, carrier, carrier_call_id, line_id, agent_id, language, state, conversation,
      turn, started_at, watch_at, ended_at, end_reason, outcome, finished_at, assigned_to)
    select ${organisation}::uuid, gen_random_uuid(), 'twilio', 'CA' || n, ${lineId}::uuid, ${agentId}::uuid, 'en', 'ended',
      '\\x01'::bytea, 1, at, at, at, 'completed',
      case when n % 100000 = 0 then 'transferred' when n % 3 = 0 then 'message-taken' else 'nothing-needed' end, at,
      case when n % 10 = 0 then ${assigned}::uuid end
    from (select n, timestamptz '2026-01-01Z' - n * interval '1 minute' as at from generate_series(1, ${calls}::int) n) made`;
  await bare.query(text, [...values]);
  await bare.query('analyze app.calls');
  return agentId;
}

/** A cursor as `pageOf` writes it: six bytes of milliseconds, sixteen of an id. */
function cursor(at: number): string {
  const bytes = Buffer.alloc(22, 0xff);
  bytes.writeUIntBE(at, 0, 6);
  return bytes.toString('base64url');
}
