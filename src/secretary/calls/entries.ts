import { cardMark, iso, Personal, sql, type Ctx, type Id, type Tx } from '#base';
import { record } from '#safeguards/audit';
import { sealer, type Place, type Sealer } from '#safeguards/vault';
import { endRecording } from '#secretary/recordings';
import { writeTurn } from '#secretary/turns';
import type { CallRef } from './call-ctx.ts';
import type { Conversation, ToDo } from './conversation.ts';
import { subject } from './store.ts';

type WriteCtx = Pick<Ctx, 'keys' | 'random' | 'clock'>;

/** Milliseconds that a stream token may be used after it was offered. */
export const tokenLifeMs = 60_000;

/** A step of a call: how it changed the conversation, and what it leaves to do. */
export type WrittenStep = {
  readonly before: Conversation;
  readonly after: Conversation;
  readonly todos: readonly ToDo[];
};

/** Writes what a step leaves behind: transcript entries, acknowledgements, the offered socket, the end of the call. */
export async function writeStep(ctx: WriteCtx, tx: Tx, ref: CallRef, step: WrittenStep): Promise<void> {
  await writeSealed({ ctx, tx, ref, seals: await sealer(ctx, subject(ref)) }, step);
}

/** `writeStep` with the key of the call at hand. Statements are issued in order, without waiting for each other. */
export async function writeSealed(to: Page, { before, after, todos }: WrittenStep): Promise<void> {
  const written = todos.map((todo) => writeToDo(to, todo));
  if (after.connected !== before.connected) written.push(offerSocket(to, after.connected));
  await Promise.all(written);
}

/** Where a step is written: the transaction, the call, and what seals for it. */
export type Page = { readonly ctx: WriteCtx; readonly tx: Tx; readonly ref: CallRef; readonly seals: Sealer };

async function writeToDo(page: Page, todo: ToDo): Promise<void> {
  const { ctx, tx, ref } = page;
  switch (todo.do) {
    case 'say':
      return writeEntry(page, { seq: todo.seq, speaker: 'agent', kind: todo.kind, meant: todo.text });
    case 'spoke':
      return writeEntry(page, { seq: todo.seq, speaker: 'agent', kind: 'speech', meant: todo.text });
    case 'press':
      return writeEntry(page, { seq: todo.seq, speaker: 'agent', kind: 'digits', meant: todo.digits });
    case 'note':
      return writeEntry(page, { seq: todo.seq, speaker: 'caller', kind: todo.kind, heard: todo.text });
    case 'mask':
      return writeHeard(page, { seq: todo.seq, heard: cardMark });
    case 'acknowledge':
      return writeHeard(page, todo);
    case 'disclosed':
      await tx.run(sql`
        update app.calls set disclosed_at = ${iso(ctx.clock.now())}
        where organisation_id = ${ref.organisation} and id = ${ref.id} and disclosed_at is null`);
      await record(ctx, tx, {
        organisation: ref.organisation,
        actor: 'system',
        action: 'disclosure.heard',
        object: `call:${ref.id}`,
      });
      return;
    case 'model-lost':
      await tx.run(sql`
        update app.calls set model_lost_at = ${iso(ctx.clock.now())}
        where organisation_id = ${ref.organisation} and id = ${ref.id}`);
      return;
    case 'keep':
      return keepFact(page, todo);
    case 'ended':
      return writeEnd(ctx, tx, ref, todo.reason);
    default:
  }
}

/** What the line measured and what the vendor bills. */
async function keepFact({ ctx, tx, ref }: Page, { stream, n, fact }: ToDo & { do: 'keep' }): Promise<void> {
  if (fact.what === 'turn') {
    const { organisation, id: callId } = ref;
    const { agentId } = await tx.one<{ agentId: Id }>(sql`
      select agent_id as "agentId" from app.calls where organisation_id = ${organisation} and id = ${callId}`);
    await writeTurn(tx, { organisation, callId, stream, n, agentId, at: ctx.clock.now(), times: fact.times });
  }
  if (fact.what === 'recorded') await endRecording(ctx, tx, { ...ref, turn: stream }, fact);
  if (fact.what === 'usage') {
    await tx.run(sql`
      update app.calls set input_tokens = input_tokens + ${fact.inputTokens},
        output_tokens = output_tokens + ${fact.outputTokens}, audio_seconds = audio_seconds + ${fact.audioSeconds}
      where organisation_id = ${ref.organisation} and id = ${ref.id}`);
  }
}

type Entry = {
  readonly seq: number;
  readonly speaker: 'agent' | 'caller';
  readonly kind: 'disclosure' | 'speech' | 'digits' | 'silence';
  readonly meant?: string;
  readonly heard?: string;
};

async function writeEntry({ ctx, tx, ref, seals }: Page, entry: Entry): Promise<void> {
  const now = iso(ctx.clock.now());
  const sealed = (column: 'meant' | 'heard') => {
    const text = entry[column];
    return text === undefined ? null : seals(entryPlace(ref, entry.seq, column), new Personal(text));
  };
  const heard = sealed('heard');
  await tx.run(sql`
    insert into app.call_entries (organisation_id, call_id, seq, at, speaker, kind, meant, heard, heard_at)
    values (${ref.organisation}, ${ref.id}, ${entry.seq}, ${now}, ${entry.speaker}, ${entry.kind}, ${sealed('meant')},
      ${heard}, ${heard ? now : null})`);
}

async function writeHeard(
  { ctx, tx, ref, seals }: Page,
  { seq, heard }: { seq: number; heard: string },
): Promise<void> {
  const sealed = seals(entryPlace(ref, seq, 'heard'), new Personal(heard));
  await tx.run(sql`
    update app.call_entries set heard = ${sealed}, heard_at = ${iso(ctx.clock.now())}
    where organisation_id = ${ref.organisation} and call_id = ${ref.id} and seq = ${seq}`);
}

async function writeEnd(ctx: WriteCtx, tx: Tx, ref: CallRef, reason: string): Promise<void> {
  const now = iso(ctx.clock.now());
  await tx.run(sql`
    update app.calls set state = 'ended', ended_at = ${now}, end_reason = ${reason}, next_try_at = ${now}
    where organisation_id = ${ref.organisation} and id = ${ref.id}`);
  await record(ctx, tx, {
    organisation: ref.organisation,
    actor: 'system',
    action: 'call.ended',
    object: `call:${ref.id}`,
    details: { reason },
  });
}

async function offerSocket({ ctx, tx, ref }: Page, turn: number): Promise<void> {
  await tx.run(sql`
    insert into app.stream_tokens (organisation_id, call_id, turn, expires_at)
    values (${ref.organisation}, ${ref.id}, ${turn}, ${iso(ctx.clock.now() + tokenLifeMs)})`);
}

/** Where the words of an entry stand; the row is named by call and number. */
export function entryPlace(ref: CallRef, seq: number, column: 'meant' | 'heard'): Place {
  return { table: 'call_entries', row: `${ref.id}/${seq}`, column };
}
