import { iso, Personal, sql, type Ctx, type Id, type Sql, type Tx } from '#base';
import { envelope, type Sealer } from '#safeguards/vault';
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
  conversation: Buffer | null;
};

type Stored = { readonly conversation: Conversation; readonly answered: string };

/** A call under lock, and what seals for it under the key that opened it. */
export type OpenedCall = { readonly call: LockedCall; readonly seals: Sealer };

/** The call under lock: nobody else can take a step until this transaction ends. Undefined when there is none any more. */
export async function lockCall(
  ctx: Pick<Ctx, 'keys' | 'random'>,
  tx: Tx,
  ref: CallRef,
): Promise<LockedCall | undefined> {
  return (await openCall(ctx, tx, ref))?.call;
}

/** `lockCall` for whoever takes the next step: all of the call is under one key, which is looked up once. */
export async function openCall(
  ctx: Pick<Ctx, 'keys' | 'random'>,
  tx: Tx,
  ref: CallRef,
): Promise<OpenedCall | undefined> {
  const row = await tx.maybe<Row>(sql`
    select carrier, carrier_call_id, agent_id, line_id, contact_id, caller_number, conversation from app.calls
    where organisation_id = ${ref.organisation} and id = ${ref.id} for update`);
  if (!row?.conversation) return undefined;
  const number = row.caller_number;
  const sealed = await envelope(ctx, ref.organisation, place(ref, 'conversation'), row.conversation);
  const call = {
    ref,
    carrier: row.carrier,
    carrierCallId: row.carrier_call_id,
    agentId: row.agent_id,
    lineId: row.line_id,
    contactId: row.contact_id ?? undefined,
    callerNumber: number ? await sealed.open(place(ref, 'caller_number'), number) : undefined,
    ...(JSON.parse(sealed.opened.reveal()) as Stored),
  };
  return { call, seals: sealed.seals };
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

/** Where a step is written: the transaction, the call, and what seals for it. */
export type Page = {
  readonly ctx: Pick<Ctx, 'keys' | 'random' | 'clock'>;
  readonly tx: Tx;
  readonly ref: CallRef;
  readonly agentId: Id;
  readonly seals: Sealer;
};

/** What a new call row holds. */
export type NewCall = LockedCall & {
  /** The carrier account it came through: what lies there is deleted there. */
  readonly accountId: Id;
  readonly callerIndex: Buffer | undefined;
};

/** Writes a call that rings. */
export function callInsert({ ctx, seals }: Page, call: NewCall): Sql {
  const { ref, conversation, answered } = call;
  const now = iso(ctx.clock.now());
  const number = call.callerNumber ? seals(place(ref, 'caller_number'), call.callerNumber) : null;
  const state = seals(place(ref, 'conversation'), stateOf({ conversation, answered }));
  return sql`
    insert into app.calls (organisation_id, id, carrier, carrier_call_id, account_id, line_id, agent_id, contact_id, caller_number,
      caller_index, language, state, conversation, turn, started_at, watch_at)
    values (${ref.organisation}, ${ref.id}, ${call.carrier}, ${call.carrierCallId}, ${call.accountId}, ${call.lineId}, ${call.agentId},
      ${call.contactId ?? null}, ${number}, ${call.callerIndex ?? null}, ${conversation.language}, 'live', ${state}, ${conversation.turn}, ${now}, ${watchAt(ctx, conversation)})`;
}

/** What the speech model was used for, and is paid for. */
export type Usage = { readonly inputTokens: number; readonly outputTokens: number; readonly audioSeconds: number };

/** Stores where the conversation stands now, and adds what was used to come there. */
export function newState({ ctx, ref, seals }: Page, stored: Stored, used: Usage): Sql {
  const { conversation } = stored;
  const state = seals(place(ref, 'conversation'), stateOf(stored));
  return sql`
    update app.calls set conversation = ${state}, turn = ${conversation.turn}, language = ${conversation.language},
      watch_at = ${watchAt(ctx, conversation)}, input_tokens = input_tokens + ${used.inputTokens},
      output_tokens = output_tokens + ${used.outputTokens}, audio_seconds = audio_seconds + ${used.audioSeconds}
    where organisation_id = ${ref.organisation} and id = ${ref.id}`;
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
