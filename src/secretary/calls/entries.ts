import { iso, Personal, sql, type Ctx, type Tx } from '#base';
import { record } from '#safeguards/audit';
import { seal, type Place } from '#safeguards/vault';
import type { CallRef } from './call-ctx.ts';
import type { Conversation, ToDo } from './conversation.ts';
import { subject } from './store.ts';

type WriteCtx = Pick<Ctx, 'keys' | 'random' | 'clock'>;

/** Milliseconds that a stream token may be used after it was offered. */
export const tokenLifeMs = 60_000;

/** Writes what a step leaves behind: transcript entries, acknowledgements, the offered socket, the end of the call. */
export async function writeStep(
  ctx: WriteCtx,
  tx: Tx,
  ref: CallRef,
  step: { readonly before: Conversation; readonly after: Conversation; readonly todos: readonly ToDo[] },
): Promise<void> {
  for (const todo of step.todos) await writeToDo(ctx, tx, ref, todo);
  if (step.after.connected !== step.before.connected) await offerSocket(ctx, tx, ref, step.after.connected);
}

async function writeToDo(ctx: WriteCtx, tx: Tx, ref: CallRef, todo: ToDo): Promise<void> {
  switch (todo.do) {
    case 'say':
      return writeEntry(ctx, tx, ref, { seq: todo.seq, speaker: 'agent', kind: todo.kind, meant: todo.text });
    case 'note':
      return writeEntry(ctx, tx, ref, { seq: todo.seq, speaker: 'caller', kind: todo.kind, heard: todo.text });
    case 'acknowledge':
      return writeHeard(ctx, tx, ref, todo);
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
    case 'ended':
      return writeEnd(ctx, tx, ref, todo.reason);
    default:
  }
}

type Entry = {
  readonly seq: number;
  readonly speaker: 'agent' | 'caller';
  readonly kind: 'disclosure' | 'speech' | 'digits' | 'silence';
  readonly meant?: string;
  readonly heard?: string;
};

async function writeEntry(ctx: WriteCtx, tx: Tx, ref: CallRef, entry: Entry): Promise<void> {
  const now = iso(ctx.clock.now());
  const meant =
    entry.meant === undefined ? null : await sealEntry(ctx, ref, entryPlace(ref, entry.seq, 'meant'), entry.meant);
  const heard =
    entry.heard === undefined ? null : await sealEntry(ctx, ref, entryPlace(ref, entry.seq, 'heard'), entry.heard);
  await tx.run(sql`
    insert into app.call_entries (organisation_id, call_id, seq, at, speaker, kind, meant, heard, heard_at)
    values (${ref.organisation}, ${ref.id}, ${entry.seq}, ${now}, ${entry.speaker}, ${entry.kind}, ${meant}, ${heard},
      ${heard ? now : null})`);
}

async function writeHeard(
  ctx: WriteCtx,
  tx: Tx,
  ref: CallRef,
  { seq, heard }: { seq: number; heard: string },
): Promise<void> {
  const sealed = await sealEntry(ctx, ref, entryPlace(ref, seq, 'heard'), heard);
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

async function offerSocket(ctx: Pick<Ctx, 'clock'>, tx: Tx, ref: CallRef, turn: number): Promise<void> {
  await tx.run(sql`
    insert into app.stream_tokens (organisation_id, call_id, turn, expires_at)
    values (${ref.organisation}, ${ref.id}, ${turn}, ${iso(ctx.clock.now() + tokenLifeMs)})`);
}

/** Where the words of an entry stand; the row is named by call and number. */
export function entryPlace(ref: CallRef, seq: number, column: 'meant' | 'heard'): Place {
  return { table: 'call_entries', row: `${ref.id}/${seq}`, column };
}

function sealEntry(ctx: Pick<Ctx, 'keys' | 'random'>, ref: CallRef, place: Place, text: string): Promise<Buffer> {
  return seal(ctx, subject(ref), place, new Personal(text));
}
