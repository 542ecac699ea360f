import { newId, type Ctx, type Id } from '#base';
import { addLine, lineCandidates } from '#safeguards/accounts';
import { canaryWindows, setKeeping, setPurposes } from '#safeguards/retention';
import { saveAgent } from '#secretary/agent';

type LineCtx = Pick<Ctx, 'db' | 'clock' | 'random' | 'keys'>;
type Account = {
  readonly organisation: Id;
  readonly carrier: string;
  readonly accountId: Id;
  readonly accountSid: string;
};

/** Kept for tests by the North American Numbering Plan, as those of the other lines of the canaries. */
export const visitNumber = '+15005550102';

/**
 * Gives the canary the line that is visited, once: it is answered by text, takes messages and makes appointments at any
 * hour. What its callers leave may be used as by any business, and is kept for minutes where others keep it for days.
 */
export async function openVisitLine(ctx: LineCtx, account: Account): Promise<void> {
  const { organisation, carrier, accountId, accountSid } = account;
  await ctx.db.tenant(organisation, (tx) =>
    setKeeping(ctx, tx, { organisation, choice: { preset: 'custom', windows: canaryWindows }, by: 'system' }),
  );
  const there = await lineCandidates(ctx, carrier, { account: accountSid, dialled: visitNumber });
  if (there.length > 0) return;
  await ctx.db.tenant(organisation, async (tx) => {
    await setPurposes(ctx, tx, { organisation, agreed: ['leads', 'appointments'] });
    const agentId = newId(ctx);
    await saveAgent(ctx, tx, { ...receptionist, organisation, id: agentId });
    await addLine(ctx, tx, { organisation, carrier, accountId, e164: visitNumber, agentId });
  });
}

const always = [{ from: '00:00', to: '24:00' }];

const receptionist = {
  name: 'Canary',
  language: 'en-US',
  greeting: 'This line is visited by the product itself. How can I help you?',
  facts: [],
  hours: { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always },
  // What it books is soon over: only then does its time begin to run.
  visitMinutes: 5,
  transferTo: null,
  speech: 'relay',
  model: 'scripted',
  voice: null,
  record: false,
  discloseAi: true,
  tools: [],
} as const;
