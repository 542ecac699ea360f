import { iso, Personal, sql } from '#base';
import { record } from '#safeguards/audit';
import type { Place } from '#safeguards/vault';
import { endRecording } from '#secretary/recordings';
import { writeTurn } from '#secretary/turns';
import type { CallRef } from './call-ctx.ts';
import type { Conversation, ToDo } from './conversation.ts';
import type { Page, Usage } from './store.ts';
import { wordsOf, type Entry } from './words.ts';

/** Milliseconds that a stream token may be used after it was offered. */
export const tokenLifeMs = 60_000;

/** A step of a call: how it changed the conversation, and what it leaves to do. */
export type WrittenStep = {
  readonly before: Conversation;
  readonly after: Conversation;
  readonly todos: readonly ToDo[];
};

/**
 * Writes what a step leaves behind: transcript entries, acknowledgements, the offered socket, the end of the call.
 * Statements are issued in order, without waiting for each other.
 */
export async function writeStep(page: Page, { before, after, todos }: WrittenStep): Promise<void> {
  const { entries, known } = wordsOf(todos);
  const written = [
    writeEntries(page, entries),
    ...[...known].map(([seq, heard]) => writeHeard(page, seq, heard)),
    ...todos.map((todo) => writeToDo(page, todo)),
  ];
  if (after.connected !== before.connected) written.push(offerSocket(page, after.connected));
  await Promise.all(written);
}

/** What the speech model was used for in a step. */
export function usageOf(todos: readonly ToDo[]): Usage {
  const facts = todos.flatMap((todo) => (todo.do === 'keep' && todo.fact.what === 'usage' ? [todo.fact] : []));
  const sum = (what: keyof Usage) => facts.reduce((so, fact) => so + fact[what], 0);
  return { inputTokens: sum('inputTokens'), outputTokens: sum('outputTokens'), audioSeconds: sum('audioSeconds') };
}

async function writeToDo(page: Page, todo: ToDo): Promise<void> {
  const { ctx, tx, ref } = page;
  switch (todo.do) {
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
      return writeEnd(page, todo.reason);
    default:
  }
}

/** What the line measured. What the vendor bills is stored with the state. */
async function keepFact(page: Page, { stream, n, fact }: ToDo & { do: 'keep' }): Promise<void> {
  const { ctx, tx, ref, agentId } = page;
  const { organisation, id: callId } = ref;
  if (fact.what === 'turn')
    await writeTurn(tx, { organisation, callId, stream, n, agentId, at: ctx.clock.now(), times: fact.times });
  if (fact.what === 'recorded') await endRecording(ctx, tx, { ...ref, turn: stream }, fact);
}

async function writeEntries({ ctx, tx, ref, seals }: Page, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const now = iso(ctx.clock.now());
  const rows = entries.map((entry) => {
    const sealed = (column: 'meant' | 'heard') => {
      const text = entry[column];
      return text === undefined ? null : seals(entryPlace(ref, entry.seq, column), new Personal(text));
    };
    const heard = sealed('heard');
    return sql`(${ref.organisation}, ${ref.id}, ${entry.seq}, ${now}, ${entry.speaker}, ${entry.kind},
      ${sealed('meant')}, ${heard}, ${heard ? now : null})`;
  });
  await tx.run(sql`
    insert into app.call_entries (organisation_id, call_id, seq, at, speaker, kind, meant, heard, heard_at)
    values ${rows.reduce((all, row) => sql`${all}, ${row}`)}`);
}

async function writeHeard({ ctx, tx, ref, seals }: Page, seq: number, heard: string): Promise<void> {
  const sealed = seals(entryPlace(ref, seq, 'heard'), new Personal(heard));
  await tx.run(sql`
    update app.call_entries set heard = ${sealed}, heard_at = ${iso(ctx.clock.now())}
    where organisation_id = ${ref.organisation} and call_id = ${ref.id} and seq = ${seq}`);
}

async function writeEnd({ ctx, tx, ref }: Page, reason: string): Promise<void> {
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
