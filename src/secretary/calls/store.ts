import { iso, Personal, sql, type Ctx, type Id, type Tx } from '#base';
import { seal, unseal, type Sealer } from '#safeguards/vault';
import type { CallRef } from './call-ctx.ts';
import type { Conversation } from './conversation.ts';
import { watchedMs } from './limits.ts';

/** A call row under lock: who it concerns and where the conversation stands. */
export type LockedCall = {
  readonly ref: CallRef;
  readonly carrier: string;
  readonly carrierCallId: string;
  readonly agentId: Id;
  readonly lineId: Id;
  readonly contactId: Id | undefined;
  readonly callerNumber: Personal | undefined;
  readonly conversation: Conversation;
  /** Key of the webhook that was answered last; its repetition gets the same answer. */
  readonly answered: string;
};

type Row = {
  carrier: string;
  carrier_call_id: string;
  agent_id: Id;
  line_id: Id;
  contact_id: Id | null;
  caller_number: Buffer | null;
  conversation: Buffer;
};

type Stored = { readonly conversation: Conversation; readonly answered: string };

/** The call for one step; nobody else can take a step until this transaction ends. Undefined when there is none. */
export async function lockCall(ctx: Pick<Ctx, 'keys'>, tx: Tx, ref: CallRef): Promise<LockedCall | undefined> {
  const row = await tx.maybe<Row>(sql`
    select carrier, carrier_call_id, agent_id, line_id, contact_id, caller_number, conversation from app.calls
    where organisation_id = ${ref.organisation} and id = ${ref.id} for update`);
  if (!row) return undefined;
  const number = row.caller_number;
  const stored = await unseal(ctx, ref.organisation, place(ref, 'conversation'), row.conversation);
  return {
    ref,
    carrier: row.carrier,
    carrierCallId: row.carrier_call_id,
    agentId: row.agent_id,
    lineId: row.line_id,
    contactId: row.contact_id ?? undefined,
    callerNumber: number ? await unseal(ctx, ref.organisation, place(ref, 'caller_number'), number) : undefined,
    ...(JSON.parse(stored.reveal()) as Stored),
  };
}

/** The call that the carrier names so; undefined when we never answered it. */
export async function findCall(
  tx: Tx,
  organisation: Id,
  carrier: string,
  carrierCallId: string,
): Promise<CallRef | undefined> {
  const row = await tx.maybe<{ id: Id }>(sql`
    select id from app.calls
    where organisation_id = ${organisation} and carrier = ${carrier} and carrier_call_id = ${carrierCallId}`);
  return row && { organisation, id: row.id };
}

/** What a new call row holds. */
export type NewCall = LockedCall & { readonly callerIndex: Buffer | undefined };

/** Writes a call that rings. */
export async function insertCall(ctx: Pick<Ctx, 'clock'>, tx: Tx, call: NewCall, seals: Sealer): Promise<void> {
  const { ref, conversation, answered } = call;
  const now = iso(ctx.clock.now());
  const number = call.callerNumber ? seals(place(ref, 'caller_number'), call.callerNumber) : null;
  const state = seals(place(ref, 'conversation'), stateOf({ conversation, answered }));
  await tx.run(sql`
    insert into app.calls (organisation_id, id, carrier, carrier_call_id, line_id, agent_id, contact_id, caller_number,
      caller_index, language, state, conversation, turn, started_at, watch_at)
    values (${ref.organisation}, ${ref.id}, ${call.carrier}, ${call.carrierCallId}, ${call.lineId}, ${call.agentId},
      ${call.contactId ?? null}, ${number}, ${call.callerIndex ?? null}, ${conversation.language}, 'live', ${state}, ${conversation.turn}, ${now}, ${watchAt(ctx, conversation)})`);
}

/** Stores where the conversation stands now. */
export async function saveState(
  ctx: Pick<Ctx, 'keys' | 'random' | 'clock'>,
  tx: Tx,
  ref: CallRef,
  stored: Stored,
): Promise<void> {
  const { conversation } = stored;
  const state = await seal(ctx, subject(ref), place(ref, 'conversation'), stateOf(stored));
  await tx.run(sql`
    update app.calls set conversation = ${state}, turn = ${conversation.turn}, language = ${conversation.language},
      watch_at = ${watchAt(ctx, conversation)}
    where organisation_id = ${ref.organisation} and id = ${ref.id}`);
}

/** The subject under whose key everything said in a call is sealed. */
export function subject(ref: CallRef) {
  return { organisation: ref.organisation, kind: 'call', id: ref.id } as const;
}

/** Where a sealed column of the call row stands. */
export function place(ref: CallRef, column: string) {
  return { table: 'calls', row: ref.id, column };
}

function watchAt({ clock }: Pick<Ctx, 'clock'>, { phase }: Conversation): string {
  return iso(clock.now() + watchedMs(phase));
}

function stateOf(stored: Stored): Personal {
  return new Personal(JSON.stringify(stored));
}
