import { iso, problem, sql, type Ctx, type Id, type Tx } from '#base';
import type { Briefing, Hours } from '#adapters/models';
import type { By, Organisation } from '#safeguards/accounts';
import { record } from '#safeguards/audit';
import { agentMistakes } from './agent-mistakes.ts';

/** A secretary as its business set it up. All of it is the business's own; nothing is a caller's. */
export type Agent = {
  readonly organisation: Id;
  readonly id: Id;
  /** What it calls itself. */
  readonly name: string;
  /** BCP 47 tag of the language it opens with. */
  readonly language: string;
  /** Said after the disclosure. */
  readonly greeting: string;
  readonly facts: Briefing['facts'];
  readonly hours: Hours;
  /** Length of an appointment. */
  readonly visitMinutes: number;
  /** E.164 number of a person on duty; null when callers cannot be put through. */
  readonly transferTo: string | null;
  /** Who speaks for it: a speech model (`live`), or the carrier. */
  readonly speech: 'live' | 'relay' | 'gather';
  /** File name of the model. */
  readonly model: string;
  /** The vendor's name of the voice of a speech model; null = the vendor's usual one. */
  readonly voice: string | null;
  /** Whether calls are recorded. Only a live call can be. */
  readonly record: boolean;
  /** Whether the AI disclosure is spoken where the law leaves the choice. */
  readonly discloseAi: boolean;
  /** Tools it has besides those that every agent has. */
  readonly tools: readonly string[];
};

/** The agent; `hold` keeps others from changing it until this transaction is over. Throws `not-found`. */
export async function loadAgent(tx: Tx, organisation: Id, agentId: Id, { hold = false } = {}): Promise<Agent> {
  const row = await tx.maybe<Row>(sql`
    select ${columns} from app.agents where organisation_id = ${organisation} and id = ${agentId}
    ${hold ? sql`for no key update` : sql``}`);
  if (!row) throw problem('not-found', 'No agent has this id.');
  return agentIn(organisation, row);
}

/** All agents of the organisation, the oldest first; at most 1,000. */
export async function listAgents(tx: Tx, organisation: Id): Promise<Agent[]> {
  const rows = await tx.rows<Row>(sql`
    select ${columns} from app.agents where organisation_id = ${organisation} order by created_at, id limit 1000`);
  return rows.map((row) => agentIn(organisation, row));
}

const columns = sql`id, name, language, greeting, facts, hours, visit_minutes, transfer_to, speech, model, voice, record,
  disclose_ai, tools`;

function agentIn(organisation: Id, row: Row): Agent {
  return {
    organisation,
    id: row.id,
    name: row.name,
    language: row.language,
    greeting: row.greeting,
    facts: row.facts,
    hours: row.hours,
    visitMinutes: row.visit_minutes,
    transferTo: row.transfer_to,
    speech: row.speech,
    model: row.model,
    voice: row.voice,
    record: row.record,
    discloseAi: row.disclose_ai,
    tools: row.tools,
  };
}

/** Makes the agent, or changes all of it. Throws `input-invalid` with every mistake and where it is. */
export async function saveAgent(
  ctx: Pick<Ctx, 'clock' | 'random' | 'keys'>,
  tx: Tx,
  agent: Agent,
  { by: actor = 'system', sender }: By = {},
): Promise<void> {
  const mistakes = agentMistakes(agent);
  if (mistakes.length > 0) throw problem('input-invalid', 'The agent has mistakes.', { mistakes });
  const { organisation, id } = agent;
  await tx.run(sql`
    insert into app.agents (organisation_id, id, name, language, greeting, facts, hours, visit_minutes, transfer_to,
      speech, model, voice, record, disclose_ai, tools, created_at)
    values (${organisation}, ${id}, ${agent.name}, ${agent.language}, ${agent.greeting}, ${JSON.stringify(agent.facts)},
      ${JSON.stringify(agent.hours)}, ${agent.visitMinutes}, ${agent.transferTo}, ${agent.speech}, ${agent.model},
      ${agent.voice}, ${agent.record}, ${agent.discloseAi}, ${JSON.stringify(agent.tools)}, ${iso(ctx.clock.now())})
    on conflict (organisation_id, id) do update set name = excluded.name, language = excluded.language,
      greeting = excluded.greeting, facts = excluded.facts, hours = excluded.hours,
      visit_minutes = excluded.visit_minutes, transfer_to = excluded.transfer_to, speech = excluded.speech,
      model = excluded.model, voice = excluded.voice, record = excluded.record,
      disclose_ai = excluded.disclose_ai, tools = excluded.tools`);
  await record(ctx, tx, { organisation, actor, action: 'agent.saved', object: `agent:${id}`, details: sender });
}

/** What a model is told of the business it speaks for. */
export function briefingOf(agent: Agent, organisation: Pick<Organisation, 'name' | 'timeZone'>): Briefing {
  return {
    business: organisation.name,
    agent: agent.name,
    greeting: agent.greeting,
    timeZone: organisation.timeZone,
    hours: agent.hours,
    facts: agent.facts,
    visitMinutes: agent.visitMinutes,
    canTransfer: agent.transferTo !== null,
    language: agent.language,
  };
}

type Row = {
  readonly id: Id;
  readonly name: string;
  readonly language: string;
  readonly greeting: string;
  readonly facts: Briefing['facts'];
  readonly hours: Hours;
  readonly visit_minutes: number;
  readonly transfer_to: string | null;
  readonly speech: Agent['speech'];
  readonly model: string;
  readonly voice: string | null;
  readonly record: boolean;
  readonly disclose_ai: boolean;
  readonly tools: readonly string[];
};
