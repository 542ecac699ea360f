import { iso, newId, sql, type Sql, type Tx } from '#base';
import type { TurnInput } from '#adapters/models';
import { isTool, type Agent } from '#secretary/agent';
import type { CallRef } from './call-ctx.ts';
import type { Conversation } from './conversation.ts';
import type { Page } from './store.ts';

/** Something a call decided, and why, in fixed words: nothing that anybody said gets in here. */
export type Decision = {
  readonly what: 'disclosure' | 'recording' | 'tool' | 'transfer' | 'model' | 'channel';
  /** Which one: file name of the rule, of the tool or of the model, or the channel. */
  readonly about: string | null;
  readonly why: string;
};

/** What is settled before a call is answered. `rule` is the file of the region that decided on the disclosure. */
export function decisionsAtRing(
  call: Pick<Conversation, 'channel' | 'standIn'>,
  agent: Pick<Agent, 'record' | 'discloseAi' | 'model'>,
  {
    rule,
    isDemanded,
    isRecorded,
  }: { readonly rule: string; readonly isDemanded: boolean; readonly isRecorded: boolean },
): readonly Decision[] {
  const chosen = agent.discloseAi ? 'chosen' : 'left-out';
  const wanted = call.channel === 'live' ? 'not-agreed' : 'not-live';
  const recorded = isRecorded ? 'on' : wanted;
  return [
    { what: 'channel', about: call.channel, why: 'begun' },
    ...(call.standIn ? [{ what: 'model', about: agent.model, why: 'not-reachable' } as const] : []),
    { what: 'disclosure', about: rule, why: isDemanded ? 'demanded' : chosen },
    { what: 'recording', about: null, why: agent.record ? recorded : 'off' },
  ];
}

/** What one event made of a call, as far as somebody will ask why. Pure. */
export function decisionsIn(before: Conversation, after: Conversation): readonly Decision[] {
  const isLost = !before.standIn && after.standIn;
  const isElsewhere = before.channel !== after.channel && !isLost;
  return [
    ...resultsIn(before, after),
    ...transferIn(before, after),
    ...(isLost ? [{ what: 'model', about: null, why: 'lost' } as const] : []),
    ...(isElsewhere ? [{ what: 'channel', about: after.channel, why: 'lost' } as const] : []),
  ];
}

function transferIn(before: Conversation, after: Conversation): readonly Decision[] {
  const about = { what: 'transfer', about: null } as const;
  const [was, is] = [before.phase === 'transferring', after.phase === 'transferring'];
  if (is && !was) return [{ ...about, why: 'put-through' }];
  if (was && after.phase === 'over')
    return [{ ...about, why: after.endReason === 'transferred' ? 'answered' : 'failed' }];
  return [];
}

/** What came of a tool: by text it is what the model is asked about next, over the line it is kept apart. */
function resultsIn(before: Conversation, after: Conversation): readonly Decision[] {
  const told: readonly TurnInput[] = [
    ...(after.asked !== before.asked && after.asked !== before.lastResult ? [after.asked] : []),
    ...(after.lastResult && after.lastResult !== before.lastResult ? [after.lastResult] : []),
  ];
  return told.flatMap((input): readonly Decision[] => {
    if (input.type !== 'result') return [];
    const why = input.result.ok ? 'done' : input.result.why;
    if (input.tool === 'transfer') return [{ what: 'transfer', about: null, why }];
    // A name that is no tool is the model's free text.
    return [{ what: 'tool', about: isTool(input.tool) ? input.tool : null, why }];
  });
}

/** Writes decisions down. */
export function decisionsInsert({ ctx, ref }: Page, decided: readonly Decision[]): readonly Sql[] {
  if (decided.length === 0) return [];
  const at = iso(ctx.clock.now());
  const rows = decided.map(
    ({ what, about, why }) => sql`(${ref.organisation}, ${ref.id}, ${newId(ctx)}, ${at}, ${what}, ${about}, ${why})`,
  );
  return [
    sql`insert into app.call_decisions (organisation_id, call_id, id, at, what, about, why)
      values ${rows.reduce((all, row) => sql`${all}, ${row}`)}`,
  ];
}

/** A decision as the API may show it. `at` in milliseconds since the epoch. */
export type DecisionView = Omit<Decision, 'what'> & { readonly at: number; readonly what: Decision['what'] | 'end' };

/** What a call row itself tells of its course. */
type Course = {
  readonly disclosedAt: number | null;
  readonly endedAt: number | null;
  readonly endReason: string | null;
};

/** What is decided in one moment is told in this order. */
const order = ['channel', 'model', 'disclosure', 'recording', 'tool', 'transfer', 'end'];

/** More than a call has; what would come after them is left out. */
const mostDecisions = 500;

/**
 * Why the call went as it went, in order. Which tools were used tells what the call was about: they are left out unless
 * `tools`. Everything else is about how the call was conducted and how it ended.
 */
export async function readDecisions(
  tx: Tx,
  { organisation, id }: CallRef,
  { disclosedAt, endedAt, endReason }: Course,
  { tools }: { readonly tools: boolean },
): Promise<DecisionView[]> {
  const shown = tools ? sql`` : sql`and what <> 'tool'`;
  const rows = await tx.rows<Omit<DecisionView, 'at'> & { at: Date }>(sql`
    select at, what, about, why from app.call_decisions
    where organisation_id = ${organisation} and call_id = ${id} ${shown}
    order by at, id limit ${mostDecisions}`);
  const told = rows.map(({ at, what, about, why }) => ({ at: at.getTime(), what, about, why }));
  return [
    ...told,
    ...(disclosedAt === null ? [] : [{ at: disclosedAt, what: 'disclosure', about: null, why: 'heard' } as const]),
    ...(endedAt === null ? [] : [{ at: endedAt, what: 'end', about: null, why: endReason ?? 'completed' } as const]),
  ].toSorted((a, b) => a.at - b.at || order.indexOf(a.what) - order.indexOf(b.what));
}
