import { iso, newId, sql, type Id, type Tx } from '#base';
import { canaryIds } from '#safeguards/accounts';
import type { Reach } from './claim.ts';

/** The organisation that counterexamples are planted in. */
export const canary: Id = canaryIds[0];
/** The one that must stay invisible to it. */
export const otherCanary: Id = canaryIds[1];

type Planting = Pick<Reach, 'clock' | 'random'>;

export type PlantedCall = {
  readonly state: 'live' | 'ended';
  readonly startedAt: number;
  readonly disclosedAt?: number;
  readonly callerNumber?: Buffer;
  readonly modelLostAt?: number;
  /** A call that has ended has done so as it started, unless this says otherwise. */
  readonly endedAt?: number;
  readonly endReason?: string;
};

/** Bytes of the form that the vault writes (version 1, key id, nonce, content, tag), made without the vault. */
export function asIfSealed(reach: Pick<Reach, 'random'>, contentBytes = 19): Buffer {
  return Buffer.concat([Buffer.of(1), reach.random.bytes(44 + contentBytes)]);
}

/** Plants a call of the canary organisation with everything it refers to; the caller's transaction is rolled back. */
export async function plantCall(tx: Tx, reach: Planting, call: PlantedCall): Promise<Id> {
  const id = newId(reach);
  const { lineId, agentId } = await plantLine(tx, reach);
  const startedAt = iso(call.startedAt);
  const maybe = (at: number | undefined) => (at === undefined ? null : iso(at));
  const endedAt = call.state === 'ended' ? iso(call.endedAt ?? call.startedAt) : null;
  await tx.run(sql`
    insert into app.calls (organisation_id, id, carrier, carrier_call_id, line_id, agent_id, caller_number, language, state,
      conversation, turn, started_at, watch_at, disclosed_at, ended_at, end_reason, model_lost_at)
    values (${canary}, ${id}, 'emulator', ${id}, ${lineId}, ${agentId}, ${call.callerNumber ?? null}, 'en-US', ${call.state},
      ${asIfSealed(reach)}, 0, ${startedAt}, ${startedAt}, ${maybe(call.disclosedAt)}, ${endedAt}, ${call.endReason ?? null},
      ${maybe(call.modelLostAt)})`);
  return id;
}

export type PlantedEntry = {
  readonly seq: number;
  readonly at: number;
  readonly speaker: 'caller' | 'agent';
  readonly kind: 'speech' | 'disclosure';
  /** Lengths of the words in bytes; without them, words of some length as heard, and as meant when they are the agent's. */
  readonly meantBytes?: number;
  readonly heardBytes?: number;
};

/** Plants one entry of a planted call's transcript. */
export async function plantEntry(tx: Tx, reach: Planting, callId: Id, entry: PlantedEntry): Promise<void> {
  await tx.run(sql`
    insert into app.call_entries (organisation_id, call_id, seq, at, speaker, kind, meant, heard)
    values (${canary}, ${callId}, ${entry.seq}, ${iso(entry.at)}, ${entry.speaker}, ${entry.kind},
      ${entry.speaker === 'agent' ? asIfSealed(reach, entry.meantBytes) : null}, ${asIfSealed(reach, entry.heardBytes)})`);
}

async function plantLine(tx: Tx, reach: Planting): Promise<{ lineId: Id; agentId: Id }> {
  const [accountId, agentId, lineId] = [newId(reach), newId(reach), newId(reach)];
  const now = iso(reach.clock.now());
  await tx.run(sql`
    insert into app.carrier_accounts (organisation_id, id, carrier, account_sid, auth_token, created_at)
    values (${canary}, ${accountId}, 'emulator', ${accountId}, ${asIfSealed(reach)}, ${now})`);
  await tx.run(sql`
    insert into app.agents (organisation_id, id, name, language, greeting, facts, hours, visit_minutes, speech, model,
      disclose_ai, created_at)
    values (${canary}, ${agentId}, 'Canary', 'en-US', '', '[]', '{}', 30, 'relay', 'scripted', true, ${now})`);
  await tx.run(sql`
    insert into app.lines (organisation_id, id, carrier, account_id, e164, agent_id, created_at)
    values (${canary}, ${lineId}, 'emulator', ${accountId}, ${lineId}, ${agentId}, ${now})`);
  return { lineId, agentId };
}
