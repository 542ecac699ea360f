import { Personal, sql } from '#base';
import { saveAgent } from '#secretary/agent';
import { listCalls } from '#secretary/calls';
import { addCarrierAccount, addLine } from '#safeguards/accounts';
import type { Bench } from './bench.ts';
import { freshId, openInstallation, type Installation } from './installation.ts';

const calls = 1_000_000;
const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

/** The budget: a page of fifty calls in under 50 ms at a million calls, however deep. */
export default {
  say: `a page of 50 calls among ${calls.toLocaleString('en')}, first page against one far down`,
  atOnce: 4,
  operations: 2_000,
  async open() {
    const installation = await openInstallation(4);
    const { ctx, organisation, close } = installation;
    await fill(installation);
    const page = (before?: string) =>
      ctx.db.tenant(organisation, (tx) => listCalls(ctx, tx, organisation, { limit: 50, before, contents: 'all' }));
    const deep = cursor(Date.UTC(2026, 0, 1) - (calls - 1_000) * 60_000);
    return {
      variants: { 'first page': () => page(), [`page ${(calls / 50 - 20).toLocaleString('en')}`]: () => page(deep) },
      close,
    };
  },
} satisfies Bench;

/** A million ended calls, a minute apart, without words: what is measured is the way to them. */
async function fill({ ctx, organisation, bare }: Installation): Promise<void> {
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
      turn, started_at, watch_at, ended_at, end_reason, outcome, finished_at)
    select ${organisation}::uuid, gen_random_uuid(), 'twilio', 'CA' || n, ${lineId}::uuid, ${agentId}::uuid, 'en', 'ended',
      '\\x01'::bytea, 1, at, at, at, 'completed', 'nothing-needed', at
    from (select n, timestamptz '2026-01-01Z' - n * interval '1 minute' as at from generate_series(1, ${calls}::int) n) made`;
  await bare.query(text, [...values]);
  await bare.query('analyze app.calls');
}

/** A cursor as `pageOf` writes it: six bytes of milliseconds, sixteen of an id. */
function cursor(at: number): string {
  const bytes = Buffer.alloc(22, 0xff);
  bytes.writeUIntBE(at, 0, 6);
  return bytes.toString('base64url');
}
